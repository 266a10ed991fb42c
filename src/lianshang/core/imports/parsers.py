"""From a cell to a value: every parser takes the raw cell and gives a JSON value and findings.

Values are text, booleans or lists of text: dates as 2024-03-01, numbers as exact decimals in text.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from lianshang.core.imports.choices import Severity
from lianshang.core.imports.problems import Finding
from lianshang.engines.standards.text import (
    DateReading,
    Precision,
    TextProblem,
    Unknown,
    half_width,
    parse_date,
)
from lianshang.engines.standards.text.readings import unknown_or_error

Raw = str | int | float | bool | date | datetime | time | timedelta
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_FORMULA = re.compile(r"=(?!\")\s*[-+@A-Za-z0-9(]")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says; `value` None is "not given". `shown` replaces a text that may not be
    repeated.
    """

    value: Any = None
    findings: tuple[Finding, ...] = ()
    shown: str | None = None


Parser = Callable[[Raw], Reading]
NOT_GIVEN = Reading()


def text_of(raw: Raw) -> str:
    """The cell as a person sees it, without the apostrophe that exports put before =, +, -
    and @.
    """
    if isinstance(raw, str):
        text = raw.strip()
        if text.startswith('="') and text.endswith('"'):  # how CSV files keep leading zeros
            return text[2:-1]
        return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@") else text
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return f"{raw:.15g}"
    if isinstance(raw, datetime):
        return raw.isoformat(" ").removesuffix(" 00:00:00")
    return str(raw)


def warning(code: str, **parameters: Any) -> Finding:
    return Finding(code, Severity.WARNING, parameters)


def error(code: str, **parameters: Any) -> Finding:
    return Finding(code, Severity.ERROR, parameters)


def refused(problem: TextProblem) -> Reading:
    """A problem of the text engine as a reading without value."""
    return Reading(None, (error(problem.code, suggestion=problem.suggestion),))


def full_width_findings(raw: Raw, taken: str) -> tuple[Finding, ...]:
    """A notice where full-width digits or letters were read as plain ones."""
    if isinstance(raw, str) and _FULL_WIDTH.search(raw):
        return (warning("full_width", taken=taken),)
    return ()


def is_formula_text(raw: Raw) -> bool:
    """Whether a text cell holds a formula (files other than workbooks keep them as text)."""
    return isinstance(raw, str) and bool(_FORMULA.match(raw.strip()))


def text(longest: int) -> Parser:
    """Text without outer and doubled spaces; words for "unknown" are not given."""

    def parse(raw: Raw) -> Reading:
        plain = " ".join(text_of(raw).split())
        if not plain:
            return NOT_GIVEN
        unknown = unknown_or_error(plain)
        if isinstance(unknown, TextProblem):
            return refused(unknown)
        if unknown is not None:
            return NOT_GIVEN
        if len(plain) > longest:
            return Reading(None, (error("too_long", longest=longest),))
        return Reading(plain)

    return parse


def several_texts(longest: int) -> Parser:
    """Several texts in one cell, separated by 、 ； ; or line breaks."""
    single = text(longest)

    def parse(raw: Raw) -> Reading:
        parts = [single(part) for part in re.split(r"[、；;\n\r|]+", text_of(raw))]
        found = list(dict.fromkeys(part.value for part in parts if part.value))
        findings = tuple(finding for part in parts for finding in part.findings)
        return Reading(found or None, findings)

    return parse


def choice(words: Mapping[str, str], shown: str) -> Parser:
    """One of several words; `words` maps every accepted spelling (lower case) to its value."""

    def parse(raw: Raw) -> Reading:
        plain = half_width(text_of(raw)).lower()
        if plain in words:
            return Reading(words[plain])
        if isinstance(unknown_or_error(plain), Unknown):
            return NOT_GIVEN
        return Reading(None, (error("not_a_choice", choices=shown),))

    return parse


_YES_NO = {"是": True, "有": True, "true": True, "1": True, "y": True, "yes": True, "√": True}
_YES_NO |= {"否": False, "无": False, "没有": False, "false": False, "0": False, "n": False}
_YES_NO |= {"no": False, "×": False, "x": False}


def flag(raw: Raw) -> Reading:
    """Yes or no."""
    plain = half_width(text_of(raw)).lower()
    if plain in _YES_NO:
        return Reading(_YES_NO[plain])
    if isinstance(unknown_or_error(plain), Unknown):
        return NOT_GIVEN
    return Reading(None, (error("not_a_choice", choices="是、否"),))


def day(*, open_ended: bool = False, latest: date | None = None) -> Parser:
    """A date. `open_ended`: 长期 means "no end" and is not given; `latest`: no later day is
    taken.
    """

    def parse(raw: Raw) -> Reading:
        if isinstance(raw, time | timedelta):
            return Reading(None, (error("not_a_date", suggestion=""),))
        found = parse_date(text_of(raw) if isinstance(raw, str | bool) else raw)
        if isinstance(found, Unknown):
            return NOT_GIVEN
        if isinstance(found, TextProblem):
            return NOT_GIVEN if open_ended and found.code == "open_ended" else refused(found)
        taken = found.value.isoformat()
        if latest and found.value > latest:
            return Reading(None, (error("future_day"),))
        return Reading(taken, _date_findings(found, taken) + full_width_findings(raw, taken))

    return parse


def _date_findings(found: DateReading, taken: str) -> tuple[Finding, ...]:
    if {"serial", "early_serial"} & set(found.hints):
        return (warning("serial_date", taken=taken),)
    if found.precision is not Precision.DAY:
        return (warning("date_part", taken=taken),)
    return ()


def is_blank(raw: Raw) -> bool:
    """Whether nothing visible stands in the cell."""
    return isinstance(raw, str) and not unicodedata.normalize("NFKC", raw).strip()
