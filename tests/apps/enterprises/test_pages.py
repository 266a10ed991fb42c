"""What one person enters, another sees: the firm's page for officer, firm, operator, bank."""

from datetime import date

import pytest
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.models import Enterprise, Fact, ServiceOfficer
from lianshang.apps.places.models import Park, Zone
from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit, User
from lianshang.core.audit.models import AccessLog
from lianshang.core.consent.models import Consent
from lianshang.core.search.actions import index

pytestmark = pytest.mark.django_db


def enter(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


@pytest.fixture
def firm() -> Enterprise:
    factories.zone()
    return factories.firm(
        "示例光芯科技有限公司", credit_code="91610131MA6TG1J056", industry_code="C3976",
        contact_name="示例联系人", contact_phone="13800000001",
    )  # fmt: skip


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:400]
    return answer.content.decode()


def test_a_recorded_value_reaches_the_firms_own_page(firm: Enterprise) -> None:
    """The officer writes 1,023 万元; the firm sees it, its source and who looked."""
    officer = factories.user(Role.SERVICE_OFFICER, name="周专员")
    ServiceOfficer.objects.create(user=officer, enterprise=firm)
    form = {"value": "1,023", "money_unit": "万元", "year": clock.today().year - 1}
    source = factories.fact(firm, "staff_end", 40, year=2020, source="officer").source
    form |= {"source": source.pk, "observed_on": "2026-03-01"}

    answer = enter(officer).post(f"/enterprises/{firm.pk}/record/revenue/", form)
    assert answer.status_code == 302
    page(enter(officer), f"/enterprises/{firm.pk}/")

    own = factories.user(Role.ENTERPRISE, unit=firm.unit)
    assert "查看详情" in page(enter(own), "/")
    held = page(enter(own), f"/enterprises/{firm.pk}/held/")
    assert "1,023 万元" in held
    assert "工作人员核实" in held


def test_a_wrong_value_says_what_to_do_and_records_nothing(firm: Enterprise) -> None:
    office = factories.office()
    path = f"/enterprises/{firm.pk}/record/revenue/"
    form = {"value": "很多", "money_unit": "万元", "year": clock.today().year - 1}
    form |= {"source": "1", "observed_on": "2999-01-01"}
    answer = enter(office).post(path, form)
    assert answer.status_code == 422
    assert "“很多”不是数，请填写如 1234.5。" in answer.content.decode()
    assert "数据日期 2999-01-01 在今天之后，请核对。" in answer.content.decode()
    assert not Fact.objects.exists()


def test_only_those_in_charge_see_the_firm(firm: Enterprise) -> None:
    path = f"/enterprises/{firm.pk}/"
    assert enter(factories.user(Role.SERVICE_OFFICER)).get(path).status_code == 404
    assert enter(factories.user(Role.ZONE_ADMIN)).get(path).status_code == 403
    assert enter(factories.office()).get(path).status_code == 200
    assert Client().get(path).status_code == 302


def test_the_operator_of_its_park_reads_public_values_only(firm: Enterprise) -> None:
    operator = Unit.objects.create(kind=UnitKind.OPERATOR, name="示例园区运营公司")
    park = Park.objects.create(zone=Zone.objects.get(), name="示范园", operator=operator)
    Enterprise.objects.filter(pk=firm.pk).update(park=park)
    factories.fact(firm, "revenue", 7_654_321, year=2025)
    seen = page(
        enter(factories.user(Role.BUILDING_OPERATOR, unit=operator)),
        f"/enterprises/{firm.pk}/?tab=facts",
    )
    assert "765.4 万元" not in seen
    assert "来源“企业自报”只可用于" in seen


def test_a_bank_sees_the_firm_only_while_the_firm_consents(firm: Enterprise) -> None:
    bank = Unit.objects.create(kind=UnitKind.BANK, name="示例银行")
    banker = factories.user(Role.BANK, unit=bank)
    path = f"/enterprises/{firm.pk}/"
    assert enter(banker).get(path).status_code == 404

    own = enter(factories.user(Role.ENTERPRISE, unit=firm.unit))
    until = clock.today().replace(year=clock.today().year + 1, day=1)
    own.post(f"/enterprises/{firm.pk}/consents/new/", {"grantee": bank.pk, "until": until})
    assert enter(banker).get(path).status_code == 200

    consent = Consent.objects.get()
    withdraw = f"/enterprises/{firm.pk}/consents/{consent.pk}/withdraw/"
    own.post(withdraw, {"reason": "不再贷款"})
    assert enter(banker).get(path).status_code == 404


def test_the_contact_is_masked_until_revealed_and_the_look_is_logged(firm: Enterprise) -> None:
    office = factories.office()
    masked = page(enter(office), f"/enterprises/{firm.pk}/")
    assert "13800000001" not in masked
    assert "138****0001" in masked

    assert "13800000001" in page(enter(office), f"/enterprises/{firm.pk}/contact/")
    assert AccessLog.objects.filter(kind="reveal", subject_pk=firm.pk, user=office).count() == 1


def test_a_correction_keeps_who_why_and_the_value_before(firm: Enterprise) -> None:
    office = factories.office()
    form = {
        "kind": "firm", "status": "operating", "registered_on": "2021-04-16",
        "industry_code": "3979", "reason": "企业来函更正",
    }  # fmt: skip
    answer = enter(office).post(f"/enterprises/{firm.pk}/correct/", form)
    assert answer.status_code == 302
    firm.refresh_from_db()
    assert (firm.industry_code, firm.registered_on) == ("C3979", date(2021, 4, 16))

    history = page(enter(office), f"/enterprises/{firm.pk}/?tab=history")
    assert "企业来函更正" in history
    assert "C3976 → C3979" in history


def test_an_unknown_industry_code_is_refused_with_the_nearest(firm: Enterprise) -> None:
    form = {"kind": "firm", "status": "operating", "industry_code": "3999", "reason": "试"}
    answer = enter(factories.office()).post(f"/enterprises/{firm.pk}/correct/", form)
    assert answer.status_code == 422
    assert "GB/T 4754-2017 没有代码“3999”" in answer.content.decode()


def test_the_list_finds_by_pieces_of_the_name(firm: Enterprise) -> None:
    factories.firm("示例云数据有限公司")
    index(actor=None, label="enterprises.enterprise")
    found = page(enter(factories.office()), "/enterprises/?q=光芯")
    assert "示例光芯科技有限公司" in found
    assert "示例云数据有限公司" not in found


def test_two_sources_that_disagree_are_listed(firm: Enterprise) -> None:
    factories.fact(firm, "revenue", 1_000_000, year=2025, source="annual_report")
    factories.fact(firm, "revenue", 1_200_000, year=2025, source="firm")
    listed = page(enter(factories.office()), "/enterprises/conflicts/")
    assert "100 万元" in listed
    assert "120 万元" in listed
