"""The frame of the page answers to thumbs, keys and tastes."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import assert_page_is_good


def test_on_a_phone_the_rest_of_the_menu_is_in_a_sheet(open_page: OpenPage) -> None:
    page = open_page("demo.office", width=390)
    page.goto("/")
    sheet = page.locator(".bottombar .dropdown-body")
    expect(sheet).to_be_hidden()
    page.locator(".bottombar summary").click()
    expect(sheet).to_be_visible()
    assert_page_is_good(page)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_the_user_menu_closes_by_a_press_elsewhere(open_page: OpenPage) -> None:
    page = open_page("demo.office")
    page.goto("/")
    page.locator(".topbar-end .dropdown > summary").last.click()
    expect(page.get_by_role("link", name="我的账号")).to_be_visible()
    assert_page_is_good(page)
    page.get_by_role("heading", level=1).click()
    expect(page.get_by_role("link", name="我的账号")).to_be_hidden()


def test_dark_is_dark_and_english_is_english(open_page: OpenPage) -> None:
    page = open_page("demo.office")
    page.goto("/account/me/")
    preferences = page.get_by_role("main")
    preferences.get_by_role("button", name="深色").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 18, 22)"
    preferences.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My account")


def test_a_reader_of_keys_can_skip_the_menu(open_page: OpenPage) -> None:
    page = open_page("demo.office")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_text("跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
