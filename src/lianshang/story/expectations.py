"""Checking what a story expects against what there is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatch

from lxml.html import HtmlElement

from lianshang.story.answers import Answer, text_of_file
from lianshang.story.controls import shown_value
from lianshang.story.grammar import Downloaded, Expectation, KeepFrom, Received
from lianshang.story.page import SMALL_PRINT, Page, is_seen, key, text_of
from lianshang.story.problems import StepFailed, nearest


@dataclass(frozen=True, slots=True)
class Known:
    """What the checks need beside the page."""

    scenery: Collection[str] = ()  # keys of every name that was there before the first step
    started: datetime | None = None
    emails: dict[str, str] = field(default_factory=dict)  # of the story's people


def check(expected: Expectation, answer: Answer, region: str, known: Known) -> None:
    """Raise StepFailed for the first thing that is not so."""
    if expected.status is not None and answer.status != expected.status:
        raise StepFailed(f"status {expected.status}", *answer.shown())
    for path, value in expected.json.items():
        if (found := answer.at(path)) != value:
            raise StepFailed(f"“{path}” is {value!r}", f"it is {found!r}", *answer.shown())
    if expected.download:
        _check_download(expected.download, answer)
    _check_texts(expected, answer, region)
    for label, value in expected.fields.items():
        if key(held := shown_value(_page(answer), label, region)) != key(value):
            raise StepFailed(f"“{label}” holds “{value}”", f"it holds “{held}”")
    if expected.row:
        _check_row(expected, _page(answer), region, known)
    if expected.no_row and (row := _row(_page(answer), region, expected.no_row)) is not None:
        raise StepFailed(f"no row {_told(expected.no_row)}", f"there is: {text_of(row)}")
    if expected.rows is not None and (n := len(_rows(_page(answer), region))) != expected.rows:
        raise StepFailed(f"{expected.rows} rows", f"there are {n}", *answer.shown())
    if expected.mail:
        _check_mail(expected.mail, known)
    if expected.notice:
        _check_notice(expected.notice, known)


def kept_value(source: KeepFrom, answer: Answer, region: str) -> str:
    """The value that a `keep` points at."""
    if source.json:
        return str(answer.at(source.json))
    page = _page(answer)
    if source.address:
        return page.url
    if source.link:
        return str(page.link(source.link, region).get("href"))
    if source.after:
        _before, found, rest = text_of(page.part(region)).partition(source.after)
        if not found or not rest.split():
            raise StepFailed(f"a word after “{source.after}”", *page.shown())
        return rest.split()[0]
    return _value_of(page, source.value_of, region)


def _page(answer: Answer) -> Page:
    if answer.page is None:
        raise StepFailed("a page", *answer.shown())
    return answer.page


def _check_texts(expected: Expectation, answer: Answer, region: str) -> None:
    if not (expected.texts or expected.absent):
        return
    shown = answer.text if answer.page is None else text_of(answer.page.part(region))
    where = f" in “{region}”" if region else ""
    for text in expected.texts:
        if key(text) not in key(shown):
            there = f"there stands: {shown[:500]}" if region or answer.page is None else ""
            near = nearest(text, _lines(answer, region))
            raise StepFailed(f"“{text}”{where}", *answer.shown(), there, f"nearest: {near}")
    for text in expected.absent:
        if key(text) in key(shown):
            raise StepFailed(f"“{text}” does not stand{where or ' on the page'}", *answer.shown())


def _lines(answer: Answer, region: str) -> Iterator[str]:
    if answer.page is None:
        yield from answer.text.splitlines()
        return
    for one in answer.page.part(region).iter(
        "h1", "h2", "h3", "p", "li", "td", "th", "dt", "dd", "a"
    ):
        if is_seen(one) and len(text := text_of(one)) < 120:
            yield text


def _check_row(expected: Expectation, page: Page, region: str, known: Known) -> None:
    row = _row(page, region, expected.row)
    if row is None:
        rows = [text_of(one) for one in _rows(page, region)]
        first = nearest(" ".join(expected.row.values()), rows)
        near = f"nearest rows: {first}" if rows else "there are no rows here"
        raise StepFailed(
            f"a row {_told(expected.row)}", *page.shown(), _columns(page, region), near
        )
    first = row.xpath("./th | ./td")[0]
    names = {key(text_of(first)), key(text_of(first, SMALL_PRINT))}
    if not expected.scenery and names & set(known.scenery):
        raise StepFailed(
            f"a row that this story made: {_told(expected.row)}",
            f"scenery does not count: “{text_of(first)}” was there before the first step",
            "if it is meant to be scenery whose other cells the story changed: scenery: true",
        )


def _rows(page: Page, region: str) -> list[HtmlElement]:
    within = page.part(region)
    rows = [one for one in within.iter("tr") if one.xpath("./td") and is_seen(one)]
    if rows:
        return rows
    lists = [one for one in within.iter("ul") if "rows" in (one.get("class") or "").split()]
    return [one for a_list in lists for one in a_list.findall("li") if is_seen(one)]


def _row(page: Page, region: str, cells: dict[str, str]) -> HtmlElement | None:
    for row in _rows(page, region):
        told = _cells(row)
        if all(key(value) in told.get(key(name), set()) for name, value in cells.items()):
            return row
    return None


def _cells(row: HtmlElement) -> dict[str, set[str]]:
    """Column → everything its cell may be read as: whole, without small print, one part of it."""
    found: dict[str, set[str]] = {}
    for heading, cell in zip(_headings(row), row.xpath("./th | ./td"), strict=False):
        texts = {key(text_of(one)) for one in cell.iter() if isinstance(one.tag, str)}
        found[key(heading)] = texts | {key(text_of(cell, SMALL_PRINT))}
    return found


def _headings(row: HtmlElement) -> list[str]:
    table = next(row.iterancestors("table"), None)
    if table is None:
        return []
    return [text_of(one, SMALL_PRINT) or text_of(one) for one in table.xpath(".//thead//th")]


def _columns(page: Page, region: str) -> str:
    tables = list(page.part(region).iter("table"))
    columns = "、".join(
        text_of(one, SMALL_PRINT) for table in tables for one in table.xpath(".//thead//th")
    )
    return f"columns: {columns}" if columns else ""


def _told(cells: dict[str, str]) -> str:
    return "{" + ", ".join(f"{name}: {value}" for name, value in cells.items()) + "}"


def _value_of(page: Page, label: str, region: str) -> str:
    for name in page.part(region).iter("dt", "th"):
        value = name.getnext()
        is_named = key(label) in {key(text_of(name)), key(text_of(name, SMALL_PRINT))}
        if is_named and value is not None and value.tag in {"dd", "td"}:
            return text_of(value)
    return shown_value(page, label, region)


def _check_download(expected: Downloaded, answer: Answer) -> None:
    file = answer.download
    if file is None:
        raise StepFailed("a file", "the last step brought none", *answer.shown())
    if expected.name and not fnmatch(file.name, expected.name):
        raise StepFailed(f"a file “{expected.name}”", f"it is “{file.name}”")
    words = text_of_file(file)
    for text in expected.texts:
        if key(text) not in key(words):
            raise StepFailed(f"“{text}” in “{file.name}”", f"there stands: {words[:600]}")
    for text in expected.absent:
        if key(text) in key(words):
            raise StepFailed(f"“{text}” does not stand in “{file.name}”")


def _check_mail(expected: Received, known: Known) -> None:
    from django.core import mail

    address = known.emails.get(expected.to, expected.to)
    sent = [one for one in getattr(mail, "outbox", []) if address in one.recipients()]
    told = [f"{one.subject}\n{one.body}" for one in sent]
    _check_received("mail", expected, told)


def _check_notice(expected: Received, known: Known) -> None:
    from lianshang.core.notices.models import Notice

    rows = Notice.objects.filter(recipient__username=expected.to, created_at__gt=known.started)
    told = [f"{one.subject}\n{one.text}" for one in rows.order_by("created_at", "pk")]
    _check_received("notice", expected, told)


def _check_received(kind: str, expected: Received, told: list[str]) -> None:
    if any(all(key(text) in key(one) for text in expected.texts) for one in told):
        return
    got = [f"{expected.to} got: {' '.join(one.split())[:200]}" for one in told[-5:]]
    wanted = "、".join(f"“{text}”" for text in expected.texts)
    lines = got or [f"{expected.to} got none"]
    raise StepFailed(f"a {kind} to {expected.to} with {wanted or 'anything in it'}", *lines)
