"""A page as its reader sees it: texts, links, buttons, messages, and the parts it consists of.

Both drivers look through this one class: over HTTP at what was sent, in Chromium at what stands
there now, where what cannot be seen is marked with `data-story-hidden`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property

from lxml import html
from lxml.html import HtmlElement

from lianshang.story.problems import StepFailed, near_line

UNSEEN = {"script", "style", "template", "head", "noscript", "datalist", "option", "svg"}
SMALL_PRINT = {"only-read", "field-optional", "sub", "source", "field-help", "count"}
NOISE = re.compile(r"[\s*＊]+|[:：]+$")
INLINE = {"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "small", "span", "strong"}
BUTTONS = "//button | //input[@type='submit' or @type='button'] | //summary | //*[@role='button']"
SHELLS = {"article", "aside", "details", "dialog", "fieldset", "form", "li", "section", "table"}


def key(text: str) -> str:
    """Two texts are the same if these are: no white space, no mark of a required field."""
    return NOISE.sub("", text)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def is_seen(element: HtmlElement) -> bool:
    """Neither hidden itself nor inside something hidden."""
    return not any(_is_hidden(one) for one in (element, *element.iterancestors()))


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or element.get("data-story-hidden") is not None


def text_of(element: HtmlElement, leave_out: Iterable[str] = ()) -> str:
    """What can be read in the element, blocks apart from one another."""
    return squeezed("".join(_pieces(element, frozenset(leave_out))))


def _pieces(element: HtmlElement, leave_out: frozenset[str]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag in UNSEEN:
        return
    is_mark = element.get("aria-hidden") == "true"  # ▲ beside a sorted column
    if is_mark or _is_hidden(element) or leave_out & classes(element):
        return
    gap = "" if element.tag in INLINE and "sub" not in classes(element) else " "
    yield gap + (element.text or "")
    for child in element:
        yield from _pieces(child, leave_out)
        yield child.tail or ""
    yield gap


def names_of(element: HtmlElement) -> set[str]:
    """Everything that a link or button may be called by."""
    told = [
        element.get("aria-label"),
        text_of(element),
        text_of(element, SMALL_PRINT),
        element.get("value") if element.tag == "input" else None,
        element.get("title"),
    ]
    return {key(one) for one in told if one and key(one)}


class Page:
    """One HTML page, or what is left of it after a part was replaced."""

    def __init__(self, text: str, *, url: str, status: int) -> None:
        self.root: HtmlElement = html.document_fromstring(text or "<html><body></body></html>")
        self.url, self.status = url, status

    @property
    def title(self) -> str:
        heading = next(iter(self.root.iterfind(".//h1")), None)
        return text_of(heading if heading is not None else self.root.find(".//title"))

    @cached_property
    def body(self) -> HtmlElement:
        return self.root.find("body")

    @property
    def messages(self) -> list[str]:
        """What the page says by itself: messages, refusals, errors at fields."""
        classes_said = ("message", "error-summary", "field-error")
        found = [
            text_of(one)
            for name in classes_said
            for one in self.root.xpath(
                f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
            )
        ]
        return [one for one in dict.fromkeys(found) if one]

    def shown(self) -> list[str]:
        """The page in lines for a failure: which it is, and what it says."""
        lines = [f"the page: {self.title or '(no title)'} ({self.url}, {self.status})"]
        return lines + [f"it says: {one}" for one in self.messages[:6]]

    def part(self, region: str) -> HtmlElement:
        """The part of the page with this heading, legend, label, or the row of this subject.

        `A / B` is B inside A. Nothing: the whole page.
        """
        found = self.body
        for name in filter(None, (one.strip() for one in region.split(" / "))):
            found = self._part(found, name)
        return found

    def _part(self, within: HtmlElement, name: str) -> HtmlElement:
        wanted = key(name)
        known: list[str] = []
        for part, names in self._parts(within):
            if is_seen(part) and wanted in {key(one) for one in names}:
                return part
            known += names
        raise StepFailed(
            f"a part of the page called “{name}”", *self.shown(), near_line("parts", name, known)
        )

    def _parts(self, within: HtmlElement) -> Iterator[tuple[HtmlElement, list[str]]]:
        for heading in within.iter("legend", "h2", "h3", "h4", "caption", "summary", "h1"):
            texts = [text_of(heading), text_of(heading, SMALL_PRINT)]
            yield _shell(heading, within), texts
        for one in within.xpath(".//*[@aria-label]"):
            yield one, [one.get("aria-label")]
        for row in within.iter("tr", "li"):
            firsts = row.xpath("./th | ./td | .//a | .//strong")[:3]
            yield (
                row,
                [one for cell in firsts for one in (text_of(cell), text_of(cell, SMALL_PRINT))],
            )

    def links(self, within: HtmlElement) -> list[HtmlElement]:
        return [one for one in within.iter("a") if one.get("href") and is_seen(one)]

    def buttons(self, within: HtmlElement) -> list[HtmlElement]:
        inside = {within, *within.iterdescendants()}
        return [one for one in self.root.xpath(BUTTONS) if one in inside and is_seen(one)]

    def link(self, name: str, region: str = "") -> HtmlElement:
        """The link with this text; the same one at two places counts as one."""
        within = self.part(region)
        found = self._named(self.links(within), name)
        one = self._only(found, "link", name, lambda element: str(element.get("href")))
        return one if one is not None else self._absent("link", name, within)

    def button(self, name: str, region: str = "") -> HtmlElement:
        within = self.part(region)
        found = self._named(self.buttons(within), name)
        one = self._only(found, "button", name, id)
        return one if one is not None else self._absent("button", name, within)

    def _named(self, elements: list[HtmlElement], name: str) -> list[HtmlElement]:
        return [one for one in elements if key(name) in names_of(one)]

    def _only(
        self, found: list[HtmlElement], kind: str, name: str, identity: object
    ) -> HtmlElement | None:
        """The one that is meant; of several, the one in the page's own content."""
        different = {identity(one): one for one in reversed(found)}  # type: ignore[operator]  # a function
        if len(different) > 1:
            main = [one for one in found if any(up.tag == "main" for up in one.iterancestors())]
            different = {identity(one): one for one in reversed(main)} or different  # type: ignore[operator]  # a function
        if len(different) > 1:
            raise StepFailed(
                f"one {kind} “{name}”",
                *self.shown(),
                f"there are {len(different)}: say which with `in:`, a heading or the row's name",
            )
        return next(iter(different.values()), None)

    def _absent(self, kind: str, name: str, within: HtmlElement) -> HtmlElement:
        links = [text_of(one, SMALL_PRINT) for one in self.links(within)]
        buttons = [text_of(one) or str(one.get("value") or "") for one in self.buttons(within)]
        same, other = (links, buttons) if kind == "link" else (buttons, links)
        lines = [*self.shown(), near_line(f"{kind}s", name, same)]
        if key(name) in {key(one) for one in other}:
            lines.append(
                "it is a button: use press" if kind == "link" else "it is a link: use follow"
            )
        raise StepFailed(f"a {kind} “{name}”", *lines)


def _shell(heading: HtmlElement, within: HtmlElement) -> HtmlElement:
    """What a heading is the heading of."""
    for one in heading.iterancestors():
        is_part = one.tag in SHELLS or "card" in classes(one) or one.tag == "main"
        if one is within or is_part:
            return one
    return within
