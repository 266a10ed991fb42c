"""The door: signing in, being locked out, the second factor, and the door of a demo."""

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from tests import factories

from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def no_earlier_failures() -> None:
    cache.clear()


def test_a_wrong_password_says_what_to_do(client: Client) -> None:
    factories.user(Role.SERVICE_OFFICER)
    page = client.post(LOGIN, {"login": "nobody", "password": "wrong"})
    assert "用户名或密码不对。请核对后再试" in page.content.decode()


def test_after_five_failures_the_account_rests(client: Client) -> None:
    person = factories.user(Role.SERVICE_OFFICER)
    wrong = {"login": person.username, "password": "wrong"}
    for _attempt in range(5):
        client.post(LOGIN, wrong)
    right = {"login": person.username, "password": "示例-passphrase-9"}
    page = client.post(LOGIN, right)
    assert "此账号暂停登录 5 分钟" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client: Client) -> None:
    assert client.get("/account/signup/").status_code == 404


def test_signing_in_leads_back_to_the_page_one_wanted(client: Client) -> None:
    person = factories.user(Role.SECURITY_ADMIN)
    asked = client.get("/account/users/")
    assert asked["Location"] == "/account/login/?next=/account/users/"
    form = {"login": person.username, "password": "示例-passphrase-9", "next": "/account/users/"}
    assert client.post(LOGIN, form)["Location"] == "/account/users/"


def test_my_page_shows_roles_and_leads_to_security(client: Client) -> None:
    client.force_login(factories.user(Role.SERVICE_OFFICER))
    page = client.get("/account/me/").content.decode()
    for text in ("企服专员", "修改密码", "两步验证", "未开启", "退出登录", "English", "深色"):
        assert text in page


@pytest.mark.parametrize(
    "path",
    [
        "/account/password/change/",
        "/account/2fa/",
        "/account/logout/",
        "/account/inactive/",
    ],
)
def test_the_pages_of_the_door_open_in_the_look_of_the_product(client: Client, path: str) -> None:
    client.force_login(factories.user(Role.SERVICE_OFFICER))
    page = client.get(path)
    assert page.status_code == 200
    assert 'class="topbar"' in page.content.decode()


def test_a_second_factor_asks_for_the_password_again_first(client: Client) -> None:
    person = factories.user(Role.SECURITY_ADMIN)
    client.post(LOGIN, {"login": person.username, "password": "示例-passphrase-9"})
    activate = "/account/2fa/totp/activate/"
    assert "请再确认一次" in client.get(activate, follow=True).content.decode()
    form = {"password": "示例-passphrase-9", "next": activate}
    page = client.post("/account/reauthenticate/", form, follow=True).content.decode()
    assert "data:image/svg+xml" in page
    assert "6 位数字" in page


def test_a_demo_lets_anybody_in_by_one_press(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    person = factories.user(Role.SERVICE_OFFICER, name="演示专员")
    User.objects.filter(pk=person.pk).update(username="demo.officer")
    assert "demo.officer" in client.get(LOGIN).content.decode()
    client.post("/account/demo/", {"username": "demo.officer"})
    assert client.get("/account/me/").status_code == 200


@pytest.mark.parametrize(("is_demo", "username"), [(False, "demo.officer"), (True, "officer")])
def test_no_other_account_and_no_other_place_has_such_a_door(
    client: Client, settings: Settings, is_demo: bool, username: str
) -> None:
    settings.DEMO = is_demo
    person = factories.user(Role.SERVICE_OFFICER)
    User.objects.filter(pk=person.pk).update(username=username)
    assert client.post("/account/demo/", {"username": username}).status_code == 404
    assert f'value="{username}"' not in client.get(LOGIN).content.decode()
