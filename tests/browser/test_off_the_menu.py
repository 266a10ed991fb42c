"""Pages that no menu leads to: each opened once, on a phone, by who works with it."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.test_walk import look

OFFICE, FIRM, VISITOR = "demo.office", "demo.firm", ""
ROUND, CASE = r"/policies/delivery/\d+/", r"/policies/cases/\d+/"
POLICY = r"/policies/\d+/"


def found(page: Page, start: str, *patterns: str) -> list[str]:
    """From a page on, the first link of such an address, then from there the next one."""
    way = [start]
    for pattern in patterns:
        page.goto(way[-1])
        links = [str(one.get_attribute("href")) for one in page.locator("main a").all()]
        way.append(next(one for one in links if re.fullmatch(pattern, one)))
    return way[1:]


def office_pages(page: Page) -> list[str]:
    """A round and a case of it, drafts with their editor, what a policy would be otherwise."""
    delivery, case = found(page, "/policies/delivery/?q=奖励", ROUND, CASE)
    (draft,) = found(page, "/policies/drafts/?q=反面", r"/policies/drafts/\d+/")
    (policy,) = found(page, delivery, POLICY)
    (old,) = found(page, "/policies/?q=专精特新中小企业", POLICY)
    deeds = ("send/", "opinions/", "decision/", "notice/", "letter/", "receipts/")
    rest = ("simulation/", "what-if/", "guide/", "rounds/new/")
    return [
        *(delivery, case, draft, f"{draft}edit/", f"{draft}review/", f"{draft}simulation/"),
        *(f"{delivery}{one}" for one in deeds),
        *(f"{policy}{one}" for one in rest),
        *(f"{old}versions/", "/policies/procedures/", "/policies/one-step/tell/"),
        "/notices/webhooks/",
    ]


def firm_pages(page: Page) -> list[str]:
    """What it was asked for, the page on which it applies."""
    (case,) = found(page, "/", CASE)
    (apply,) = found(page, "/", r"/policies/delivery/\d+/apply/")
    return ["/policies/mine/", case, f"{case}supply/", apply, "/notices/settings/"]


def visitor_pages(page: Page) -> list[str]:
    """A public notice, without signing in."""
    return found(page, "/policies/notices/", r"/policies/notices/\d+/")


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


def test_on_paper_a_report_is_whole(open_page: OpenPage) -> None:
    """What a screen folds away is printed."""
    page = open_page(FIRM, width=390)
    page.goto("/policies/mine/")
    folded = page.locator(".fold > :not(summary)")
    assert folded.count() > 5
    assert not folded.first.is_visible()
    page.emulate_media(media="print")
    assert all(one.is_visible() for one in folded.all())
