"""The API shows what the pages show, and refuses by name what a source does not allow."""

import pytest
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.accounts.choices import Role
from lianshang.core.audit.models import AccessLog

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Enterprise:
    factories.zone()
    return factories.firm("示例光芯科技有限公司")


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(factories.office())
    return client


def test_nobody_asks_without_signing_in(firm: Enterprise) -> None:
    assert Client().get("/api/v1/enterprises").status_code == 401


def test_the_value_in_use_comes_with_its_source(firm: Enterprise, office: Client) -> None:
    factories.fact(firm, "revenue", 1_000_000, year=2025, source="annual_report")
    (fact,) = office.get(f"/api/v1/enterprises/{firm.pk}/facts").json()
    assert (fact["value"], fact["source"]) == ("1000000.000000", "annual_report")
    assert AccessLog.objects.get().purpose == "API · 服务企业"


def test_a_survey_value_is_refused_naming_source_and_ground(
    firm: Enterprise, office: Client
) -> None:
    factories.fact(firm, "revenue", 900_000, year=2025, source="statistics")
    answer = office.get(f"/api/v1/enterprises/{firm.pk}/facts?quantity=revenue")
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("来源“统计调查”只可用于：仅限统计（统计法")


def test_a_value_for_service_is_refused_for_publication(firm: Enterprise, office: Client) -> None:
    factories.fact(firm, "revenue", 900_000, year=2025, source="firm")
    path = f"/api/v1/enterprises/{firm.pk}/facts?quantity=revenue&purpose=public"
    answer = office.get(path)
    assert answer.status_code == 403
    assert "企业自报" in answer.json()["detail"]


def test_what_one_may_not_see_does_not_exist(firm: Enterprise) -> None:
    client = Client()
    client.force_login(factories.user(Role.SERVICE_OFFICER))
    assert client.get(f"/api/v1/enterprises/{firm.pk}/facts").status_code == 404
    assert client.get("/api/v1/enterprises").json() == {"items": [], "next": None}
