"""Pages that no menu leads to: each opened once, on a phone, by who works with it."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.test_walk import look

OFFICE, FIRM, VISITOR = "demo.office", "demo.firm", ""


def found(page: Page, start: str, *patterns: str) -> list[str]:
    """From a page on, the first link that begins and ends so, then from there the next one."""
    way = [start]
    for pattern in patterns:
        page.goto(way[-1])
        before, after = pattern.split("*")
        link = page.locator(f"main a[href^='{before}'][href$='{after}']").first
        way.append(str(link.get_attribute("href")))
    return way[1:]


def office_pages(page: Page) -> list[str]:
    """A round and a case of it, drafts with their editor, what a policy would be otherwise."""
    delivery, case = found(
        page, "/policies/delivery/?q=奖励", "/policies/delivery/*/", "/policies/cases/*/"
    )
    (draft,) = found(page, "/policies/drafts/?q=反面", "/policies/drafts/*/")
    (policy,) = found(page, delivery, "/policies/*/")
    (old,) = found(page, "/policies/?q=专精特新中小企业", "/policies/*/")
    rest = ("simulation/", "what-if/", "guide/", "rounds/new/")
    return [
        *(delivery, case, draft, f"{draft}edit/", f"{draft}review/", f"{draft}simulation/"),
        *(f"{policy}{one}" for one in rest),
        *(f"{old}versions/", "/policies/procedures/", "/notices/webhooks/"),
    ]


def firm_pages(page: Page) -> list[str]:
    """What it was asked for, the page on which it applies."""
    (case,) = found(page, "/", "/policies/cases/*/")
    (apply,) = found(page, "/", "/policies/delivery/*/apply/")
    return ["/policies/mine/", case, f"{case}supply/", apply, "/notices/settings/"]


def visitor_pages(page: Page) -> list[str]:
    """A public notice, without signing in."""
    return found(page, "/policies/notices/", "/policies/notices/*/")


@pytest.mark.parametrize(
    ("username", "pages"),
    [(OFFICE, office_pages), (FIRM, firm_pages), (VISITOR, visitor_pages)],
    ids=["office", "firm", "visitor"],
)
def test_pages_off_the_menu_are_good(open_page: OpenPage, username: str, pages: object) -> None:
    page = open_page(username, width=390)
    assert callable(pages)
    wrong: list[str] = []
    for address in pages(page):
        wrong += look(page, address, username, keep=False)
    assert not wrong, "\n".join(wrong)
