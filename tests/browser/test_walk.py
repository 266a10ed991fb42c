"""Everybody opens every page of their menu, on a phone and a desk, in Chinese and English."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page

from lianshang.cli.demo.accounts import ACCOUNTS
from tests.browser.conftest import OpenPage
from tests.browser.looking import faults, take_picture

VISITOR = ""
ONE_PER_ROLE = {account.role: account.username for account in reversed(ACCOUNTS)}
EVERYBODY = [VISITOR, *ONE_PER_ROLE.values()]


def menu(page: Page) -> list[str]:
    """The addresses of the menu, first page first, and everybody's own page."""
    page.goto("/")
    links = page.locator(".bottombar a")
    addresses = [str(link.get_attribute("href")) for link in links.all()]
    own = ["/account/me/"] if page.locator("a[href='/account/me/']").count() else []
    return list(dict.fromkeys(["/", *addresses, *own]))


def first_row(page: Page) -> str | None:
    """The address of the first thing in a register, if there is one."""
    links = page.locator("[data-register] .main a")
    return links.first.get_attribute("href") if links.count() else None


def tabs(page: Page) -> list[str]:
    return [str(one.get_attribute("href")) for one in page.locator(".tabs a").all()][1:]


def look(page: Page, address: str, name: str, *, keep: bool) -> list[str]:
    """Open an address; what is wrong with it."""
    response = page.goto(address)
    page.wait_for_function("!document.querySelector('[aria-busy=true]')")
    if keep:
        take_picture(page, f"{name}-{re.sub(r'[^a-z0-9]+', '-', address).strip('-') or 'first'}")
    wrong = faults(page)
    if response is None or response.status != 200:
        wrong.append(f"status {response and response.status}")
    return [f"{address}: {one}" for one in wrong]


def test_each_page_opens_once(open_page: OpenPage) -> None:
    """The quick walk: every page once, on a phone, by the first who may."""
    seen: set[str] = set()
    wrong: list[str] = []
    for username in EVERYBODY:
        page = open_page(username, width=390)
        for address in menu(page):
            if address != "/" and address in seen:
                continue
            seen.add(address)
            wrong += look(page, address, username, keep=False)
    assert not wrong, "\n".join(wrong)


@pytest.mark.walk
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("username", EVERYBODY)
def test_everybody_walks_everywhere(
    open_page: OpenPage, username: str, language: str, width: int
) -> None:
    page = open_page(username, width=width, language=language)
    name = f"{username or 'visitor'}-{language}-{width}"
    wrong: list[str] = []
    for address in menu(page):
        wrong += look(page, address, name, keep=True)
        if not (row := first_row(page)):
            continue
        wrong += look(page, row, name, keep=True)
        for tab in tabs(page):
            wrong += look(page, urljoin(row, tab), name, keep=True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.walk
@pytest.mark.parametrize("username", ["demo.officer", "demo.firm"])
def test_the_dark_theme_is_as_readable(open_page: OpenPage, username: str) -> None:
    page = open_page(username, theme="dark")
    wrong: list[str] = []
    for address in menu(page):
        wrong += look(page, address, f"{username}-dark", keep=True)
    assert not wrong, "\n".join(wrong)
