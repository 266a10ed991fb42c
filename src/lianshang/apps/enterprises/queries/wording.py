"""Facts and register values as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianshang.core.consent.choices import Use
from lianshang.core.ui import formats
from lianshang.engines.standards.industry import Industry, industry

if TYPE_CHECKING:
    from lianshang.apps.enterprises.models import Fact, Quantity, Source


def value_text(quantity: Quantity, value: object) -> str:
    """A value with its unit: money in 万 and 亿, a share in per cent, a code by its name."""
    if isinstance(value, bool):
        return formats.yes_no(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal):
        return number_text(value, quantity.unit)
    codes: Any = quantity.definition.get("codes", {})
    label = codes.get(value) if isinstance(codes, dict) else None
    return label[label_language()] if label else formats.text(value)


def number_text(value: Decimal, unit: str) -> str:
    if unit == "元":
        return formats.money(value)
    if unit == "1":
        return formats.percent(value)
    return f"{formats.number(value)} {unit}"


def fact_text(fact: Fact) -> str:
    """The value, and for a title until when it holds."""
    text = value_text(fact.quantity, fact.value)
    if fact.valid_until is None:
        return text
    return format_html(_("{value}，有效至 {day}"), value=text, day=fact.valid_until.isoformat())


def quantity_label(quantity: Quantity) -> str:
    return quantity.label_en if label_language() == "en" else quantity.label


def quantity_note(quantity: Quantity) -> str:
    """What exactly is measured."""
    note: str = quantity.definition.get("note", {}).get(label_language(), "")
    return note


def label_language() -> str:
    """Which of a definition's labels to read: zh or en."""
    return "en" if (get_language() or "zh").startswith("en") else "zh"


def industry_text(code: str) -> str:
    """C3976 光电子器件制造; the code as it stands where the standard has no such code."""
    found = industry(code) if code else None
    return f"{found.code} {found.name}" if isinstance(found, Industry) else code


def uses_text(source: Source) -> str:
    """What a source's values may be used for, in words."""
    return "、".join(str(Use(use).label) for use in source.uses)
