"""The frame of every page: menu, language, theme, and what is said when something is wrong."""

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import reverse
from tests import factories

from lianshang.core.accounts.choices import Role
from lianshang.core.ui.context import lies_under, menu_items

pytestmark = pytest.mark.django_db


def test_every_menu_entry_leads_somewhere() -> None:
    for item in menu_items():
        assert reverse(item.url_name).startswith("/")


@pytest.mark.parametrize("role", Role.values)
def test_everybody_opens_every_page_of_their_menu(client: Client, role: str) -> None:
    client.force_login(factories.user(role))
    menu = client.get("/").context["menu"]
    for entry in menu:
        assert client.get(entry.url).status_code == 200, entry.url


def test_a_page_lies_under_the_nearest_entry() -> None:
    assert lies_under("/account/users/7/", "/account/users/")
    assert lies_under("/", "/")
    assert not lies_under("/account/users/", "/")


def test_the_current_page_is_marked_once(client: Client) -> None:
    client.force_login(factories.user(Role.SECURITY_ADMIN))
    page = client.get("/account/users/")
    assert [str(entry.label) for entry in page.context["menu"] if entry.is_current] == ["用户"]


def test_a_page_elsewhere_belongs_to_the_entry_that_covers_it(client: Client) -> None:
    client.force_login(factories.user(Role.OFFICE_STAFF))
    for address in ("/policies/delivery/", "/policies/procedures/"):
        menu = client.get(address).context["menu"]
        assert [str(entry.label) for entry in menu if entry.is_current] == ["兑现"], address
    menu = client.get("/policies/").context["menu"]
    assert [str(entry.label) for entry in menu if entry.is_current] == ["政策"]


def test_a_visitor_is_offered_what_is_public_and_to_sign_in(client: Client) -> None:
    page = client.get("/")
    public = [item.label for item in menu_items() if item.permission is None]
    assert [entry.label for entry in page.context["menu"]] == public
    assert 'href="/account/login/"' in page.content.decode()


def test_the_language_is_switched_and_stays(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in client.get("/").content.decode()
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/"})
    assert '<html lang="zh-hans"' in client.get("/").content.decode()


def test_the_theme_is_switched_and_stays(client: Client) -> None:
    client.post("/ui/theme/", {"theme": "dark", "next": "/account/login/"})
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post("/ui/theme/", {"theme": ""})
    assert "data-theme" not in client.get("/").content.decode()


def test_a_theme_switch_leads_to_no_other_site(client: Client) -> None:
    response = client.post("/ui/theme/", {"theme": "dark", "next": "https://example.org/"})
    assert response["Location"] == "/"


def test_pages_that_are_not_there_or_not_for_me_say_so(client: Client) -> None:
    assert "没有这一页" in client.get("/nowhere/").content.decode()
    client.force_login(factories.user(Role.BANK))
    refused = client.get("/account/users/")
    assert refused.status_code == 403
    assert "您的角色没有打开此页的权限，请联系安全管理员。" in refused.content.decode()


def test_a_stale_form_says_what_to_do() -> None:
    strict = Client(enforce_csrf_checks=True)
    page = strict.post("/ui/theme/", {"theme": "dark"})
    assert page.status_code == 403
    assert "页面已过期" in page.content.decode()


def test_a_crash_is_admitted_calmly(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_request: HttpRequest) -> None:
        raise RuntimeError

    monkeypatch.setattr("lianshang.apps.home.views.page_of", crash)
    client.raise_request_exception = False
    page = client.get("/")
    assert page.status_code == 500
    assert "系统出错了" in page.content.decode()


def test_too_many_tries_are_answered_in_words(rf: RequestFactory) -> None:
    from lianshang.core.ui.views import too_often

    page = too_often(rf.get("/account/login/"))
    assert page.status_code == 429
    assert "5 分钟后再试" in page.content.decode()


def test_the_policy_forbids_inline_code(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
