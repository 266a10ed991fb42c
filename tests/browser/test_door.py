"""At the door: a visitor, a wrong password, pages that are not there."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import assert_page_is_good, faults


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("address", ["/", "/account/login/", "/ui/offline/"])
def test_the_public_pages_are_good(open_page: OpenPage, address: str, width: int) -> None:
    page = open_page(width=width)
    page.goto(address)
    assert_page_is_good(page)


def test_a_wrong_password_is_said_on_the_page(open_page: OpenPage) -> None:
    page = open_page(width=390)
    page.goto("/account/login/")
    page.get_by_label("用户名").fill("nobody")
    page.get_by_label("密码").fill("wrong")
    page.get_by_role("main").get_by_role("button", name="登录", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("用户名或密码不对")
    assert_page_is_good(page)


def test_a_page_that_is_not_there_leads_home(open_page: OpenPage) -> None:
    page = open_page(width=390)
    page.goto("/nowhere/")
    assert [fault for fault in faults(page) if "404" not in fault] == []
    page.get_by_role("link", name="回到首页").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("支部建在链上")
