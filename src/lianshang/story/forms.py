"""Forms over HTTP: carrying out edits on the page, and what a form then sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml.html import HtmlElement

from lianshang.story.controls import Edit, option_value
from lianshang.story.page import Page

FILES = "data-story-file"
NOT_SENT = {"submit", "button", "image", "reset"}


@dataclass(slots=True)
class Sent:
    """What goes with a request."""

    pairs: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, Path]] = field(default_factory=list)


def carry_out(page: Page, edit: Edit) -> None:
    """Do to the page what a person would do to the field."""
    control = edit.control
    if edit.kind == "select":
        for option in control.iter("option"):
            option.attrib.pop("selected", None)
            if option_value(option) in edit.values:
                option.set("selected", "")
    elif edit.kind == "tick":
        if control.get("type") == "radio":
            for other in page.root.xpath("//input[@type='radio']"):
                if other.get("name") == control.get("name"):
                    other.attrib.pop("checked", None)
        control.attrib.pop("checked", None)
        if edit.is_on:
            control.set("checked", "")
    elif edit.kind == "file":
        control.set(FILES, edit.values[0])
    elif control.tag == "textarea":
        for child in list(control):
            control.remove(child)
        control.text = edit.values[0]
    else:
        control.set("value", edit.values[0])


def form_of(page: Page, element: HtmlElement) -> HtmlElement | None:
    """The form a field or button belongs to, by its `form` attribute or by standing in it."""
    if name := element.get("form"):
        return next(iter(page.root.xpath("//form[@id=$name]", name=name)), None)
    return next(element.iterancestors("form"), None)


def values_of(page: Page, form: HtmlElement, button: HtmlElement | None = None) -> Sent:
    """What the form sends: its filled fields, and the button that was pressed."""
    sent = Sent()
    for control in page.root.iter("input", "select", "textarea"):
        if form_of(page, control) is form and _counts(control):
            add_control(sent, control)
    if button is not None and button.get("name"):
        sent.pairs.append((button.get("name") or "", button.get("value") or ""))
    return sent


def add_control(sent: Sent, control: HtmlElement) -> None:
    """One field's contribution."""
    name = control.get("name") or ""
    if control.tag == "select":
        options = list(control.iter("option"))
        chosen = [one for one in options if one.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        sent.pairs += [(name, option_value(one)) for one in chosen]
    elif control.tag == "textarea":
        sent.pairs.append((name, (control.text or "").replace("\n", "\r\n")))
    elif control.get("type") == "file":
        if path := control.get(FILES):
            sent.files.append((name, Path(path)))
    elif control.get("type") in {"checkbox", "radio"}:
        if control.get("checked") is not None:
            sent.pairs.append((name, control.get("value", "on")))
    else:
        sent.pairs.append((name, control.get("value") or ""))


def missing_field(page: Page, form: HtmlElement) -> str:
    """The first required field left empty, which a browser would not send; "" if there is none."""
    if form.get("novalidate") is not None:
        return ""
    for control in page.root.iter("input", "select", "textarea"):
        if control.get("required") is None or form_of(page, control) is not form:
            continue
        sent = Sent()
        add_control(sent, control)
        if not sent.files and not any(value for _name, value in sent.pairs):
            return control.get("id") or control.get("name") or ""
    return ""


def _counts(control: HtmlElement) -> bool:
    inside_disabled = any(
        one.get("disabled") is not None for one in control.iterancestors("fieldset")
    )
    return bool(
        control.get("name")
        and control.get("disabled") is None
        and control.get("type") not in NOT_SENT
        and not inside_disabled
    )
