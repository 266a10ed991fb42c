"""The first page: for each kind of reader another one."""

from datetime import date

import pytest
from django.test import Client
from tests import factories

from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit, User

pytestmark = pytest.mark.django_db


def heading(client: Client) -> str:
    page = client.get("/").content.decode()
    return page.partition("<h1>")[2].partition("</h1>")[0]


def test_a_visitor_reads_what_this_is(client: Client) -> None:
    assert heading(client) == "支部建在链上"


@pytest.mark.parametrize("role", [Role.OFFICE_STAFF, Role.SERVICE_OFFICER])
def test_staff_begin_with_the_day(client: Client, role: str) -> None:
    with clock.moved_to(date(2026, 11, 23)):
        client.force_login(factories.user(role))
        assert heading(client) == "周一，11 月 23 日"


def test_an_enterprise_begins_with_itself(client: Client) -> None:
    unit = Unit.objects.create(kind=UnitKind.ENTERPRISE, name="示例光芯科技有限公司")
    client.force_login(factories.user(Role.ENTERPRISE, unit=unit))
    assert heading(client) == "示例光芯科技有限公司"


@pytest.mark.parametrize(
    "role", [Role.ZONE_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN, Role.BANK]
)
def test_others_see_where_they_can_go(client: Client, role: str) -> None:
    client.force_login(factories.user(role))
    page = client.get("/")
    assert heading(client) == "首页"
    assert str(Role(role).label) in page.content.decode()


def test_somebody_without_a_role_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(User.objects.create_user("shili", None, name="示例人"))
    assert "请联系安全管理员授予角色" in client.get("/").content.decode()
