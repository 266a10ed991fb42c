"""Walking a story over HTTP, in this process: requests, forms and htmx without a browser."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin

import httpx
from lxml.html import HtmlElement

from lianshang.story import controls, forms, htmx
from lianshang.story.answers import Answer, Download
from lianshang.story.forms import Sent
from lianshang.story.grammar import ApiCall
from lianshang.story.page import Page
from lianshang.story.problems import StepFailed

NOTHING_OPEN = "no page is open yet: begin with sign in or open"
SITE = "http://localhost"
LOGIN, LOGOUT = "/account/login/", "/account/logout/"
MOST_LOADS = 20  # parts of a page that load one another


class Visit:
    """One person's visit: cookies, the page that lies open, the last answer."""

    def __init__(self, transport: httpx.BaseTransport) -> None:
        self.client = httpx.Client(transport=transport, base_url=SITE, follow_redirects=True)
        self.answer: Answer | None = None
        self.page: Page | None = None


class HttpDriver:
    """See `answers.Driver`. Several people are signed in side by side."""

    is_browser = False

    def __init__(self, folder: Path) -> None:
        from django.core.signals import got_request_exception
        from django.core.wsgi import get_wsgi_application

        self._folder, self._errors = folder, list[str]()
        self._transport = httpx.WSGITransport(app=get_wsgi_application())
        self._visits = {"": Visit(self._transport)}
        self._who = ""
        self._note_error = self._remember_error  # the signal holds it weakly
        got_request_exception.connect(self._note_error)

    @property
    def _visit(self) -> Visit:
        return self._visits[self._who]

    @property
    def _page(self) -> Page:
        if self._visit.page is None:
            raise StepFailed("an open page", NOTHING_OPEN)
        return self._visit.page

    def sign_in(self, user: str, password: str) -> None:
        self._visits[user] = Visit(self._transport)
        self._who = user
        self.open(LOGIN)
        self.fill("用户名", user, "")
        self.fill("密码", password, "")
        form = self._page.root.xpath("//form[.//input[@type='password']]")[0]
        self._submit(form, form.xpath(".//button")[0])
        if self._page.url.startswith(LOGIN):
            raise StepFailed(f"{user} is signed in", *self._page.shown())

    def sign_out(self) -> None:
        self.open(LOGOUT)
        self.press("退出", "")
        self._visits[""] = self._visits.pop(self._who)  # a visitor, where signing out led
        self._who = ""

    def act_as(self, user: str) -> None:
        if user not in self._visits:
            raise StepFailed(f"{user} is signed in", "nobody has signed in under this name")
        self._who = user

    def open(self, place: str) -> None:
        if place.startswith("/"):
            self._take(self._visit.client.get(place))
            return
        if self._visit.page is None:
            self._take(self._visit.client.get("/"))
        self.follow(place, "")

    def follow(self, name: str, region: str) -> None:
        link = self._page.link(name, region)
        if htmx.verb_of(link):
            self._ask(htmx.request_of(self._page, link))
        else:
            self._take(self._visit.client.get(urljoin(self._page.url, link.get("href") or "")))

    def press(self, name: str, region: str) -> None:
        page = self._page
        button = page.button(name, region)
        if htmx.verb_of(button):
            self._ask(htmx.request_of(page, button))
            return
        form = forms.form_of(page, button)
        if button.tag == "summary":
            return  # what lies under it stands in the page already
        if form is None or button.get("type", "submit") != "submit":
            raise StepFailed(
                f"a button “{name}” that works without a script",
                "this one needs a browser: mark the step `where: browser`",
            )
        self._submit(form, button)

    def fill(self, label: str, value: str | tuple[str, ...], region: str) -> None:
        for edit in controls.edits(self._page, label, value, region, self._folder):
            forms.carry_out(self._page, edit)

    def call(self, call: ApiCall) -> None:
        client = self._visit.client
        token = client.cookies.get("csrftoken") or ""
        headers = {"X-CSRFToken": token, "Accept": "application/json", **call.headers}
        response = client.request(call.method, call.path, json=call.json, headers=headers)
        self._refuse_error(response)
        self._visit.answer = Answer(response.status_code, response.text, None, _file(response))

    def told(self, answer: Answer) -> None:
        self._visit.answer = answer

    def go(self, *, online: bool) -> None:
        raise StepFailed("a browser", "without one, nothing goes offline")

    def answers(self) -> Iterator[Answer]:
        """One: what is not there now will not come by waiting."""
        if self._visit.answer is None:
            raise StepFailed("an open page", NOTHING_OPEN)
        yield self._visit.answer

    def clock_moved(self) -> None:
        pass

    def close(self) -> None:
        from django.core.signals import got_request_exception

        got_request_exception.disconnect(self._note_error)
        for visit in self._visits.values():
            visit.client.close()

    def _submit(self, form: HtmlElement, button: HtmlElement) -> None:
        page = self._page
        if missing := forms.missing_field(page, form):
            raise StepFailed("a form with everything it asks for", f"“{missing}” is empty")
        if htmx.verb_of(form):
            self._ask(htmx.request_of(page, form, button))
            return
        sent = forms.values_of(page, form, button)
        method = (button.get("formmethod") or form.get("method") or "get").lower()
        action = button.get("formaction") or form.get("action") or page.url
        self._take(self._send(method, urljoin(page.url, action), sent, {}))

    def _ask(self, request: htmx.Request) -> None:
        """What htmx does with an element: ask, then put the answer in its place."""
        page = self._page
        url = urljoin(page.url, request.url)
        response = self._send(request.method, url, request.sent, request.headers)
        self._refuse_error(response)
        if place := response.headers.get("HX-Redirect") or response.headers.get("HX-Location"):
            self._take(self._visit.client.get(urljoin(page.url, place)))
        elif response.headers.get("HX-Refresh") == "true":
            self._take(self._visit.client.get(page.url))
        else:
            if response.status_code == 422 or (response.is_success and response.text):
                htmx.swap_in(page, request.target, request.swap, response.text)
            page.status = response.status_code
            self._load_parts(page)
            self._visit.answer = Answer(response.status_code, response.text, page)

    def _send(self, method: str, url: str, sent: Sent, headers: dict[str, str]) -> httpx.Response:
        client = self._visit.client
        if method == "get":
            base, _mark, query = url.partition("?")
            asked = parse_qsl(query) if headers or not sent.pairs else []  # a form replaces it
            pairs = httpx.QueryParams((*asked, *sent.pairs))
            return client.get(base, params=pairs, headers=headers)
        data: dict[str, Any] = {}
        for name, value in sent.pairs:
            data.setdefault(name, []).append(value)
        files = [(name, (path.name, path.read_bytes())) for name, path in sent.files]
        return client.request(method.upper(), url, data=data, files=files or None, headers=headers)

    def _take(self, response: httpx.Response) -> None:
        """The answer becomes what lies open: a page, or a file beside the page."""
        self._refuse_error(response)
        file = _file(response)
        if file is None:
            url = response.url.raw_path.decode()
            self._visit.page = Page(response.text, url=url, status=response.status_code)
            self._load_parts(self._visit.page)
        page = self._visit.page
        self._visit.answer = Answer(response.status_code, "" if file else response.text, page, file)

    def _load_parts(self, page: Page) -> None:
        """Parts that a page asks for as soon as it is there."""
        for _turn in range(MOST_LOADS):
            waiting = page.root.xpath("//*[@hx-get and contains(@hx-trigger, 'load')]")
            if not waiting:
                return
            request = htmx.request_of(page, waiting[0])
            url = urljoin(page.url, request.url)
            response = self._send("get", url, request.sent, request.headers)
            self._refuse_error(response)
            waiting[0].attrib.pop("hx-get")
            htmx.swap_in(page, request.target, request.swap, response.text)

    def _remember_error(self, **_told: Any) -> None:
        self._errors.append(traceback.format_exc(limit=-3))

    def _refuse_error(self, response: httpx.Response) -> None:
        errors, self._errors[:] = list(self._errors), []
        if errors:
            lines = errors[-1].strip().splitlines()
            raise StepFailed("an answer", f"{response.url.path} failed:", *lines)


def _file(response: httpx.Response) -> Download | None:
    """The file in an answer that is one."""
    told = response.headers.get("Content-Disposition", "")
    kind = response.headers.get("Content-Type", "")
    is_page = kind.startswith(("text/html", "application/json")) or not kind
    if is_page and "attachment" not in told:
        return None
    coded = re.search(r"filename\*=utf-8''([^;]+)", told, re.IGNORECASE)
    plain = re.search(r"filename=\"?([^\";]+)", told)
    name = unquote(coded[1]) if coded else plain[1] if plain else response.url.path.rsplit("/")[-1]
    return Download(name, response.content)
