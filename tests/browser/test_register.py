"""The register of users in a browser: it narrows while one types, and the address keeps up."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import assert_page_is_good

USERS = "/account/users/"


def test_typing_narrows_without_leaving_the_page(open_page: OpenPage) -> None:
    page = open_page("demo.security")
    page.goto(USERS)
    page.keyboard.press("/")
    page.get_by_placeholder("搜姓名、用户名…").fill("demo.audit")
    expect(page.locator(".table-total strong")).to_have_text("1")
    expect(page).to_have_url(re.compile(r"\?q=demo\.audit$"))
    assert_page_is_good(page)
    page.get_by_role("link", name="全部清除").click()
    expect(page).to_have_url(re.compile(rf"{USERS}$"))


def test_a_heading_sorts_and_back_undoes_it(open_page: OpenPage) -> None:
    page = open_page("demo.security")
    page.goto(USERS)
    page.get_by_role("link", name="姓名").click()
    expect(page).to_have_url(re.compile(r"\?sort=name$"))
    expect(page.get_by_role("columnheader", name="姓名")).to_have_attribute(
        "aria-sort", "ascending"
    )
    page.go_back()
    expect(page.get_by_role("columnheader", name="用户名")).to_have_attribute(
        "aria-sort", "ascending"
    )


def test_j_and_k_walk_the_rows_and_enter_opens(open_page: OpenPage) -> None:
    page = open_page("demo.security")
    page.goto(USERS)
    names = page.locator("[data-register] .main a")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(names.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(names.first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"{USERS}\d+/$"))


def test_on_a_phone_filters_open_and_a_row_is_a_card(open_page: OpenPage) -> None:
    page = open_page("demo.security", width=390)
    page.goto(USERS)
    role = page.get_by_label("角色", exact=True)
    expect(role).to_be_hidden()
    page.get_by_role("button", name="筛选").click()
    role.select_option("bank")
    expect(page.locator(".table-total strong")).to_have_text("1")
    assert (
        page.locator("[data-register] tbody tr").first.evaluate(
            "row => getComputedStyle(row).display"
        )
        == "block"
    )
    assert_page_is_good(page)


def test_a_refused_form_says_why_and_keeps_what_was_written(open_page: OpenPage) -> None:
    page = open_page("demo.security", width=390)
    page.goto(f"{USERS}new/")
    page.get_by_label("用户名").fill("示例")
    page.get_by_label("姓名").fill("示例人")
    page.get_by_role("button", name="建立").click()
    expect(page.get_by_role("alert").filter(has_text="还不能提交")).to_be_visible()
    expect(page.get_by_label("姓名")).to_have_value("示例人")
