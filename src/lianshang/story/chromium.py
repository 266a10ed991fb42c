"""Walking a story in Chromium: the same words, found by the same eyes, done by a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from lianshang.story import controls
from lianshang.story.answers import Answer, Download
from lianshang.story.controls import Edit
from lianshang.story.grammar import ApiCall
from lianshang.story.page import Page
from lianshang.story.problems import StepFailed

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from playwright.sync_api import BrowserContext, Locator, Response
    from playwright.sync_api import Download as BrowserDownload
    from playwright.sync_api import Page as Tab

LOGIN, LOGOUT = "/account/login/", "/account/logout/"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
TRIES, PAUSE = 100, 100  # times, milliseconds: how long a page may take
WIDTH, HEIGHT = 1440, 900
# Number what can be acted on, mark what cannot be seen, and write values where they can be read.
LOOK = """() => {
  let number = 0;
  for (const one of document.body.querySelectorAll('*')) {
    const closed = one.closest('details:not([open])');
    const seen = one.checkVisibility() || (closed && closed.checkVisibility());
    one.toggleAttribute('data-story-hidden', !seen && !one.closest('option,datalist,svg'));
    if (one.matches('a,button,input,select,textarea,summary,[role=button]'))
      one.setAttribute('data-story', number++);
    if (one.matches('input:not([type=file])')) {
      one.setAttribute('value', one.value);
      one.toggleAttribute('checked', one.checked);
    } else if (one.matches('option')) one.toggleAttribute('selected', one.selected);
  }
}"""
OPEN_MENUS = """one => {
  for (let at = one.closest('details:not([open])'); at; at = at.closest('details:not([open])'))
    at.open = true;
}"""
T = TypeVar("T")


def chromium() -> str | None:
    """The browser on this computer, if there is one."""
    return os.environ.get("LIANSHANG_CHROMIUM") or shutil.which("chromium")


class ChromiumDriver:
    """See `answers.Driver`. Each person has a browser of their own."""

    is_browser = True

    def __init__(self, folder: Path, site: str, now: Callable[[], Any]) -> None:
        from playwright.sync_api import sync_playwright

        self._folder, self._site, self._now = folder, site, now
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        self._contexts: dict[str, BrowserContext] = {}
        self._who = ""
        self._status, self._aside, self._file = 0, None, None
        self._arrive("")

    def _arrive(self, user: str) -> None:
        context = self._browser.new_context(
            base_url=self._site,
            locale="zh-CN",
            viewport={"width": WIDTH, "height": HEIGHT},
            service_workers="block",
        )
        context.clock.set_fixed_time(self._now())
        tab = context.new_page()
        tab.on("response", self._note)
        tab.on("download", self._keep)
        tab.on("dialog", lambda dialog: dialog.accept())
        self._contexts[user], self._who = context, user

    _aside: Answer | None  # the answer of a call, until a page is looked at again
    _file: BrowserDownload | None

    @property
    def _tab(self) -> Tab:
        return self._contexts[self._who].pages[0]

    def sign_in(self, user: str, password: str) -> None:
        self._arrive(user)
        self.open(LOGIN)
        self.fill("用户名", user, "")
        self.fill("密码", password, "")
        self._act(lambda: self._tab.locator("form:has([type=password]) [type=submit]").click())
        page = self._look()
        if page.url.startswith(LOGIN):
            raise StepFailed(f"{user} is signed in", *page.shown())

    def sign_out(self) -> None:
        self.open(LOGOUT)
        self.press("退出", "")
        self._contexts[""].close()
        self._contexts[""] = self._contexts.pop(self._who)  # a visitor, where signing out led
        self._who = ""

    def act_as(self, user: str) -> None:
        if user not in self._contexts:
            raise StepFailed(f"{user} is signed in", "nobody has signed in under this name")
        self._who = user

    def open(self, place: str) -> None:
        if not place.startswith("/"):
            if self._tab.url == "about:blank":
                self.open("/")
            self.follow(place, "")
            return
        self._act(lambda: self._go(place))

    def _go(self, place: str) -> None:
        """Go there. What an earlier click was still bringing from a slow server may come in
        between, or break this off; then once more.
        """
        from playwright.sync_api import Error

        with suppress(Error):
            response = self._tab.goto(place)
            self._tab.wait_for_load_state("networkidle")
            if response is None or self._tab.url == response.url:
                return
        self._tab.wait_for_load_state("networkidle")
        self._tab.goto(place)

    def follow(self, name: str, region: str) -> None:
        link = self._found(lambda page: page.link(name, region))
        self._act(lambda: self._at(link).click())

    def press(self, name: str, region: str) -> None:
        button = self._found(lambda page: page.button(name, region))
        self._act(lambda: self._at(button).click())

    def fill(self, label: str, value: str | tuple[str, ...], region: str) -> None:
        edits = self._found(lambda page: controls.edits(page, label, value, region, self._folder))
        for edit in edits:
            self._do(edit)

    def call(self, call: ApiCall) -> None:
        context = self._contexts[self._who]
        token = next((c["value"] for c in context.cookies() if c["name"] == "csrftoken"), "")
        response = context.request.fetch(
            call.path,
            method=call.method,
            headers={"X-CSRFToken": token, "Accept": "application/json", **call.headers},
            data=call.json,
        )
        self._status = response.status
        self._aside = Answer(response.status, response.text())

    def told(self, answer: Answer) -> None:
        self._aside = answer

    def go(self, *, online: bool) -> None:
        self._contexts[self._who].set_offline(not online)

    def answers(self) -> Iterator[Answer]:
        """What there is, again and again: a page may need a moment."""
        if self._aside is not None:
            yield self._aside
            return
        for turn in range(TRIES):
            if turn:
                self._tab.wait_for_timeout(PAUSE)
            page = self._look()
            yield Answer(self._status, "", page, self._downloaded())

    def clock_moved(self) -> None:
        for context in self._contexts.values():
            context.clock.set_fixed_time(self._now())

    def close(self) -> None:
        self._browser.close()
        self._playwright.stop()

    def _act(self, deed: Callable[[], object]) -> None:
        """Do it, and wait until what follows from it is there."""
        from playwright.sync_api import Error

        self._aside = self._file = None
        try:
            deed()
            self._tab.wait_for_load_state("networkidle")
        except Error as error:
            if self._file is None:  # a click that brings a file looks like a page that breaks off
                raise StepFailed("the browser does it", error.message.splitlines()[0]) from error

    def _do(self, edit: Edit) -> None:
        field = self._at(edit.control)
        if edit.kind == "select":
            self._act(lambda: field.select_option(list(edit.values)))
        elif edit.kind == "tick":
            self._act(lambda: field.set_checked(edit.is_on))
        elif edit.kind == "file":
            self._act(lambda: field.set_input_files(edit.values[0]))
        else:
            self._act(lambda: self._write(field, edit.values[0]))

    def _write(self, field: Locator, text: str) -> None:
        if field.is_visible():
            field.fill(text)
            return
        # An editor stands in its place, in a shadow tree right after it: written as by hand.
        editor = field.locator("xpath=following-sibling::*[1]").get_by_role("textbox")
        editor.press("Control+a")
        self._tab.keyboard.insert_text(text)

    def _at(self, element: HtmlElement) -> Locator:
        """The element in the browser; a closed menu around it is opened first."""
        found = self._tab.locator(f"[data-story='{element.get('data-story')}']")
        if element.tag != "summary":
            found.evaluate(OPEN_MENUS)
        return found

    def _look(self) -> Page:
        from playwright.sync_api import Error

        for _turn in range(TRIES):
            try:
                self._tab.evaluate(LOOK)
                content = self._tab.content()
                break
            except Error:  # the page is being left
                self._tab.wait_for_timeout(PAUSE)
        else:
            raise StepFailed("a page", "the browser shows none")
        parts = urlsplit(self._tab.url)
        url = parts.path + (f"?{parts.query}" if parts.query else "")
        return Page(content, url=url, status=self._status)

    def _found(self, find: Callable[[Page], T]) -> T:
        """What the page has, as soon as it has it."""
        for turn in range(TRIES):
            try:
                return find(self._look())
            except StepFailed:
                if turn == TRIES - 1:
                    raise
                self._tab.wait_for_timeout(PAUSE)
        raise AssertionError

    def _note(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() or request.headers.get("hx-request"):
            self._status = response.status

    def _keep(self, file: BrowserDownload) -> None:
        self._file = file

    def _downloaded(self) -> Download | None:
        if self._file is None:
            return None
        return Download(self._file.suggested_filename, Path(self._file.path()).read_bytes())
