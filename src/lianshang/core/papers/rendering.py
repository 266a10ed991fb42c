"""Filling a template: sandboxed, escaped, every placeholder known."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

_DIGITS = "〇一二三四五六七八九"


def chinese_number(number: int) -> str:
    """1 → 一, 12 → 十二, 30 → 三十: for headings, below one hundred."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{'' if tens == 1 else _DIGITS[tens]}十{_DIGITS[ones] if ones else ''}"


def sandbox() -> ImmutableSandboxedEnvironment:
    """Where templates run: no attribute with an underscore, no change of values, no globals."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters = {
        "cn": chinese_number,
        **{name: environment.filters[name] for name in ("join", "length")},
    }
    return environment


def fill_template(template: bytes, values: Mapping[str, Any]) -> bytes:
    """The paper: the template with the values in it; values are text, whatever they look like."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]  # it has no types

    document = DocxTemplate(io.BytesIO(template))
    document.render(_as_paragraphs(values), sandbox(), autoescape=True)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _as_paragraphs(value: Any) -> Any:
    """Lines become paragraphs in the style of the placeholder (\\a is docxtpl's word for it)."""
    if isinstance(value, str):
        return value.replace("\n", "\a")
    if isinstance(value, Mapping):
        return {name: _as_paragraphs(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_as_paragraphs(one) for one in value]
    return value
