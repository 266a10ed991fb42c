"""The security administrator gives an account, a role, a new password, and takes them back."""

import re

import pytest
from django.test import Client
from tests import factories

from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def security(client: Client) -> User:
    user = factories.user(Role.SECURITY_ADMIN, name="示例安全员")
    client.force_login(user)
    return user


def test_a_new_user_signs_in_with_the_password_shown_once(client: Client, security: User) -> None:
    form = {"username": "shili.xin", "name": "示例新人", "email": "", "reason": "新入职"}
    page = client.post("/account/users/new/", form)
    password = re.search(r'class="secret">([^<]+)<', page.content.decode())
    assert page["Cache-Control"] == "no-store"
    assert password
    newcomer = Client()
    entered = newcomer.post("/account/login/", {"login": "shili.xin", "password": password[1]})
    assert (entered.status_code, entered["Location"]) == (302, "/")
    assert "您还没有角色" in newcomer.get("/").content.decode()


def test_a_role_is_given_by_the_name_of_the_unit(client: Client, security: User) -> None:
    Unit.objects.create(kind=UnitKind.DEPARTMENT, name="示例企业服务局")
    person = User.objects.create_user("shili.a", None, name="示例甲")
    url = f"/account/users/{person.pk}/roles/new/"
    form = {"role": Role.SERVICE_OFFICER, "unit": "示例企业服务", "reason": "分工"}
    refused = client.post(url, form)
    assert refused.status_code == 422
    assert "相近的有：示例企业服务局。" in refused.content.decode()
    client.post(url, {**form, "unit": "示例企业服务局"})
    assert User.objects.get(pk=person.pk).may("enterprises.view")
    page = client.get(f"/account/users/{person.pk}/").content.decode()
    assert "示例企业服务局" in page
    assert "在任" in page


def test_two_administrators_in_one_hand_are_refused_with_the_rule(
    client: Client, security: User
) -> None:
    zone = Unit.objects.create(kind=UnitKind.ZONE, name="示例管委会")
    form = {"role": Role.AUDIT_ADMIN, "unit": zone.name, "reason": "兼任"}
    page = client.post(f"/account/users/{security.pk}/roles/new/", form)
    assert page.status_code == 422
    assert "GB/T 22239-2019 8.1.4.2" in page.content.decode()


def test_a_reset_ends_the_sessions_of_the_user(client: Client, security: User) -> None:
    person = factories.user(Role.SERVICE_OFFICER)
    theirs = Client()
    theirs.force_login(person)
    assert theirs.get("/account/me/").status_code == 200
    client.post(f"/account/users/{person.pk}/password/", {"reason": "忘记密码"})
    assert theirs.get("/account/me/").status_code == 302


def test_a_disabled_user_is_out_at_once_and_can_be_let_in_again(
    client: Client, security: User
) -> None:
    person = factories.user(Role.SERVICE_OFFICER)
    theirs = Client()
    theirs.force_login(person)
    client.post(f"/account/users/{person.pk}/disable/", {"reason": "离职"})
    assert theirs.get("/account/me/").status_code == 302
    client.post(f"/account/users/{person.pk}/enable/", {"reason": "返聘"})
    assert User.objects.get(pk=person.pk).is_active


def test_a_deed_without_a_reason_is_not_done(client: Client, security: User) -> None:
    person = factories.user(Role.SERVICE_OFFICER)
    page = client.post(f"/account/users/{person.pk}/disable/", {"reason": ""})
    assert page.status_code == 422
    assert User.objects.get(pk=person.pk).is_active


def test_a_role_is_taken_back_from_the_page(client: Client, security: User) -> None:
    person = factories.user(Role.SERVICE_OFFICER)
    membership = person.memberships.get()
    url = f"/account/users/{person.pk}/roles/{membership.pk}/"
    assert "企服专员" in client.get(url).content.decode()
    page = client.post(url, {"reason": "转岗"}, follow=True)
    assert "角色已收回。" in page.content.decode()
    assert not User.objects.get(pk=person.pk).permissions


def test_units_are_added_and_changed(client: Client, security: User) -> None:
    form = {"kind": UnitKind.BANK, "name": "示例银行", "parent": "", "reason": "合作"}
    assert client.post("/account/units/new/", form).status_code == 302
    bank = Unit.objects.get(name="示例银行")
    assert client.post("/account/units/new/", form).status_code == 422
    form = {"name": "示例银行高新支行", "parent": "", "is_active": "on", "reason": "更名"}
    assert client.post(f"/account/units/{bank.pk}/", form).status_code == 302
    assert Unit.objects.get(pk=bank.pk).name == "示例银行高新支行"


def test_enterprises_are_not_changed_as_units(client: Client, security: User) -> None:
    firm = factories.firm("示例有限公司")
    assert client.get(f"/account/units/{firm.unit.pk}/").status_code == 404


def test_the_audit_administrator_reads_users_and_changes_none(client: Client) -> None:
    client.force_login(factories.user(Role.AUDIT_ADMIN))
    person = factories.user(Role.SERVICE_OFFICER)
    page = client.get(f"/account/users/{person.pk}/").content.decode()
    assert "授予角色" not in page
    assert client.get(f"/account/users/{person.pk}/disable/").status_code == 403
