"""The part of htmx that our pages use, for runs without a browser: its request and its swap."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from lianshang.story.forms import Sent, add_control, form_of, values_of
from lianshang.story.page import Page
from lianshang.story.problems import StepFailed

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Request:
    """What an element asks for, and where the answer goes."""

    method: str
    url: str
    sent: Sent
    headers: dict[str, str]
    target: HtmlElement
    swap: str


def inherited(element: HtmlElement, name: str) -> str | None:
    """An hx- attribute of the element or of the nearest one around it."""
    for one in (element, *element.iterancestors()):
        if (value := one.get(name)) is not None:
            return str(value)
    return None


def verb_of(element: HtmlElement) -> str | None:
    return next((one for one in METHODS if element.get(f"hx-{one}") is not None), None)


def request_of(page: Page, element: HtmlElement, button: HtmlElement | None = None) -> Request:
    """The request of an element with hx-get, hx-post …; `button` is what submitted a form."""
    method = verb_of(element)
    assert method is not None
    sent = _values(page, element, method, button)
    headers = {"HX-Request": "true", "HX-Current-URL": page.url}
    for one in reversed((element, *element.iterancestors())):
        headers |= json.loads(one.get("hx-headers") or "{}")
    target = _target(page, element)
    if name := target.get("id"):
        headers["HX-Target"] = name
    swap = (inherited(element, "hx-swap") or "innerHTML").split()[0]
    return Request(method, element.get(f"hx-{method}") or "", sent, headers, target, swap)


def _values(page: Page, element: HtmlElement, method: str, button: HtmlElement | None) -> Sent:
    form = element if element.tag == "form" else form_of(page, element)
    is_form = element.tag == "form"
    sent = Sent()
    if form is not None and (is_form or method != "get"):
        sent = values_of(page, form, button if is_form else None)
    if element.tag in {"button", "input", "select", "textarea"} and element.get("name"):
        is_in_form = form is not None and method != "get" and element.tag != "button"
        if not is_in_form:
            add_control(sent, element)
    for included in select(page, element, element.get("hx-include") or ""):
        if included.tag == "form":
            sent.pairs += values_of(page, included).pairs
        else:
            add_control(sent, included)
    for name, value in json.loads(inherited(element, "hx-vals") or "{}").items():
        sent.pairs = [pair for pair in sent.pairs if pair[0] != name] + [(name, str(value))]
    if method == "get":  # as our pages configure it: empty questions stay out of the address
        sent.pairs = [pair for pair in sent.pairs if pair[1]]
    return sent


CLASS = "//*[contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]"
PATHS = {"#": "//*[@id=$name]", ".": CLASS, "[": "//*[@name=$name]"}


def select(page: Page, element: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements a simple selector names: this, #id, .class, tag, [name=x], closest tag."""
    selector = selector.strip()
    if not selector or selector == "this":
        return [element] if selector else []
    if selector.startswith("closest "):
        tag = selector.removeprefix("closest ").strip()
        return [one for one in (element, *element.iterancestors()) if one.tag == tag][:1]
    if path := PATHS.get(selector[0]):
        name = re.sub(r"^(\[name=['\"]?|[#.])|['\"]?\]$", "", selector)
        return list(page.root.xpath(path, name=name))
    if selector.isalnum():
        return list(page.root.iter(selector))
    raise StepFailed("a selector that works without a browser", f"htmx uses “{selector}”")


def _target(page: Page, element: HtmlElement) -> HtmlElement:
    found = select(page, element, inherited(element, "hx-target") or "this")
    if not found:
        told = inherited(element, "hx-target")
        raise StepFailed(f"the place “{told}” for the answer", *page.shown())
    return found[0]


def swap_in(page: Page, target: HtmlElement, swap: str, text: str) -> None:
    """Put the answer into the page."""
    holder = html.fragment_fromstring(text, create_parent=True)
    elements = list(holder)
    for one in [one for one in elements if one.get("hx-swap-oob")]:
        elements.remove(one)
        for old in page.root.xpath("//*[@id=$name]", name=one.get("id") or ""):
            _replace(old, [one])
    if swap == "outerHTML":
        _replace(target, elements)
    elif swap == "innerHTML":
        for child in list(target):
            target.remove(child)
        target.text = holder.text
        target.extend(elements)
    elif swap == "beforeend":
        target.extend(elements)
    elif swap == "afterbegin":
        for one in reversed(elements):
            target.insert(0, one)
    elif swap == "delete":
        _replace(target, [])
    elif swap != "none":
        raise StepFailed("a swap that works without a browser", f"htmx says “{swap}”")


def _replace(old: HtmlElement, new: list[HtmlElement]) -> None:
    parent = old.getparent()
    if parent is None:
        return
    place = parent.index(old)
    tail, old.tail = old.tail, None
    parent.remove(old)
    for one in reversed(new):
        parent.insert(place, one)
    if new:
        new[-1].tail = (new[-1].tail or "") + (tail or "")
    elif place:
        parent[place - 1].tail = (parent[place - 1].tail or "") + (tail or "")
    else:
        parent.text = (parent.text or "") + (tail or "")
