"""Fields found by their labels, and what a value does to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lxml.html import HtmlElement

from lianshang.story.page import SMALL_PRINT, Page, is_seen, key, text_of
from lianshang.story.problems import StepFailed, near_line
from lianshang.story.yaml_nodes import FALSE, TRUE

NOT_FILLED = {"hidden", "submit", "button", "image", "reset"}
TICKED = {"checkbox", "radio"}


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing done to one field; a driver carries it out."""

    kind: Literal["text", "select", "tick", "file"]
    control: HtmlElement
    values: tuple[str, ...] = ()  # of a select: the options' values
    is_on: bool = True  # of a tick


def controls(within: HtmlElement) -> list[HtmlElement]:
    """Fields that a person can fill."""
    return [
        one
        for one in within.iter("input", "select", "textarea")
        if one.get("type", "text") not in NOT_FILLED and one.get("disabled") is None
    ]


def labels_of(page: Page, control: HtmlElement) -> list[str]:
    """Everything a field is called by: label, aria-label, column of its table, placeholder."""
    return [one for one in _labels(page, control) if key(one)]


def _labels(page: Page, control: HtmlElement) -> Iterator[str]:
    if name := control.get("id"):
        for label in page.root.xpath("//label[@for=$name]", name=name):
            yield from (text_of(label), text_of(label, SMALL_PRINT))
    for label in control.iterancestors("label"):
        yield from (text_of(label), text_of(label, SMALL_PRINT))
    yield control.get("aria-label") or ""
    for name in (control.get("aria-labelledby") or "").split():
        yield from (text_of(one) for one in page.root.xpath("//*[@id=$name]", name=name))
    for cell in control.iterancestors("td"):
        yield cell.get("data-label") or ""
    yield control.get("placeholder") or ""


def edits(
    page: Page, label: str, value: str | tuple[str, ...], region: str, folder: Path
) -> list[Edit]:
    """What filling the field with this label means; raises StepFailed."""
    within = page.part(region)
    fields = controls(within)
    found = [one for one in fields if key(label) in {key(n) for n in labels_of(page, one)}]
    found = [one for one in found if is_seen(one)] or found
    group = _group(within, label)
    if group is not None and (not found or any(one.get("type") in TICKED for one in found)):
        return _chosen(page, group, label, value)
    if not found:
        known = [name for one in fields if is_seen(one) for name in labels_of(page, one)[:1]]
        known += [text_of(one, SMALL_PRINT) for one in within.iter("legend")]
        raise StepFailed(f"a field “{label}”", *page.shown(), near_line("fields", label, known))
    if len(found) > 1:
        advice = f"there are {len(found)}: say which with `in:`, a legend, heading or row"
        raise StepFailed(f"one field “{label}”", *page.shown(), advice)
    return [_edit(page, found[0], label, value, folder)]


def shown_value(page: Page, label: str, region: str) -> str:
    """What a field holds now, as its reader sees it."""
    within = page.part(region)
    for control in controls(within):
        if key(label) in {key(name) for name in labels_of(page, control)}:
            return _held(control)
    known = [name for one in controls(within) for name in labels_of(page, one)[:1]]
    raise StepFailed(f"a field “{label}”", *page.shown(), near_line("fields", label, known))


def _held(control: HtmlElement) -> str:
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None] or options[:1]
        return "、".join((one.text_content() or "").strip() for one in chosen)
    if control.tag == "textarea":
        return control.text or ""
    if control.get("type") in TICKED:
        return "true" if control.get("checked") is not None else "false"
    return control.get("value") or ""


def _group(within: HtmlElement, label: str) -> HtmlElement | None:
    """The fieldset of this legend, if it holds boxes or dots to tick."""
    for legend in within.iter("legend"):
        named = key(label) in {key(text_of(legend)), key(text_of(legend, SMALL_PRINT))}
        fieldset = legend.getparent()
        if named and fieldset is not None and _ticks(fieldset):
            return fieldset
    return None


def _ticks(within: HtmlElement) -> list[HtmlElement]:
    return [one for one in within.iter("input") if one.get("type") in TICKED]


def _chosen(page: Page, group: HtmlElement, label: str, value: str | tuple[str, ...]) -> list[Edit]:
    wanted = [value] if isinstance(value, str) else list(value)
    found, known = [], []
    for box in _ticks(group):
        names = labels_of(page, box)
        known += names[:1]
        is_wanted = any(key(one) in {key(name) for name in names} for one in wanted)
        if is_wanted or box.get("type") == "checkbox":
            found.append(Edit("tick", box, is_on=is_wanted))
    if sum(edit.is_on for edit in found) != len(wanted):
        expected = f"“{label}” offers {'、'.join(f'“{one}”' for one in wanted)}"
        raise StepFailed(expected, *page.shown(), near_line("choices", wanted[0], known))
    return found


def _edit(
    page: Page, control: HtmlElement, label: str, value: str | tuple[str, ...], folder: Path
) -> Edit:
    if control.tag == "select":
        return _selected(page, control, label, value)
    if isinstance(value, tuple):
        raise StepFailed(f"“{label}” takes one value", "a list goes with a choice of several")
    kind = control.get("type", "text")
    if kind in TICKED:
        if value.lower() not in TRUE | FALSE:
            raise StepFailed(f"“{label}” is true or false", f"the story says “{value}”")
        return Edit("tick", control, is_on=value.lower() in TRUE)
    if kind == "file":
        file = (folder / value).resolve()
        if not file.is_relative_to(folder.resolve()) or not file.is_file():
            raise StepFailed(f"a file “{value}” beside the story", f"there is none in {folder}")
        return Edit("file", control, (str(file),))
    if kind == "datetime-local":
        value = value.replace(" ", "T", 1)
    return Edit("text", control, (value,))


def _selected(page: Page, control: HtmlElement, label: str, value: str | tuple[str, ...]) -> Edit:
    options = [(one, key(one.text_content() or "")) for one in control.iter("option")]
    chosen = []
    for wanted in (value,) if isinstance(value, str) else value:
        same = [one for one, text in options if text == key(wanted)]
        if not same:
            texts = [(one.text_content() or "").strip() for one, _text in options]
            lines = [*page.shown(), near_line("options", wanted, texts)]
            raise StepFailed(f"“{label}” offers “{wanted}”", *lines)
        chosen.append(option_value(same[0]))
    return Edit("select", control, tuple(chosen))


def option_value(option: HtmlElement) -> str:
    given = option.get("value")
    return given if given is not None else (option.text_content() or "").strip()
