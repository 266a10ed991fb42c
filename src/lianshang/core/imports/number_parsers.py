"""Numbers and amounts of money in cells, with the unit of their column."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from lianshang.core.imports.parsers import (
    NOT_GIVEN,
    Parser,
    Raw,
    Reading,
    error,
    full_width_findings,
    refused,
    text_of,
    warning,
)
from lianshang.core.imports.problems import Finding
from lianshang.engines.standards.text import (
    AmountUnit,
    NumberReading,
    TextProblem,
    Unknown,
    half_width,
    parse_amount,
    parse_number,
)

# Ways of writing a unit that mean the same.
SAME_UNIT: Mapping[str, frozenset[str]] = {
    "人": frozenset({"人", "名", "位", "个"}),
    "项": frozenset({"项", "件", "个"}),
    "次": frozenset({"次"}),
    "㎡": frozenset({"㎡", "m2", "M2", "平方米", "平米"}),
}
PER_CENT = "%"
_UNIT_SIGNS = frozenset("千万亿萬億元圆¥￥")


@dataclass(frozen=True, slots=True)
class NumberRule:
    """What a number may be: unit, decimals kept, smallest and largest value in the unit."""

    unit: str
    scale: int
    low: Decimal | None = None
    high: Decimal | None = None


def number(rule: NumberRule, column_unit: str = "") -> Parser:
    """A number other than money. A ratio (unit "1") may be written as a percentage."""

    def parse(raw: Raw) -> Reading:
        found = _found(raw, parse_number(_cell(raw)))
        if isinstance(found, Reading):
            return found
        value, unit = found.value, found.unit or column_unit
        if rule.unit == "1" and unit == PER_CENT:
            value /= 100
        elif unit and unit not in SAME_UNIT.get(rule.unit, {rule.unit}):
            return Reading(None, (error("unit_mismatch", unit=rule.unit),))
        return _checked(raw, value, rule, found.hints)

    return parse


def amount(rule: NumberRule, column_unit: AmountUnit | None) -> Parser:
    """An amount of money, kept in yuan. A unit in the cell counts over the column's."""

    def parse(raw: Raw) -> Reading:
        found = _found(raw, parse_amount(_cell(raw), column_unit))
        if isinstance(found, Reading):
            return found
        reading = _checked(raw, found.value, rule, found.hints)
        if reading.value is not None and _says_other_unit(raw, found.value, column_unit):
            finding = warning("unit_in_cell", unit=column_unit or "元", taken=reading.value)
            return Reading(reading.value, (*reading.findings, finding))
        return reading

    return parse


def _cell(raw: Raw) -> str | int | float | None:
    if isinstance(raw, bool | str | date | time | timedelta):
        return text_of(raw)
    return raw


def _found(raw: Raw, found: NumberReading | Unknown | TextProblem) -> NumberReading | Reading:
    """The number, or the reading of a cell that holds none."""
    if isinstance(found, TextProblem):
        return refused(found)
    if isinstance(found, Unknown):
        return Reading(None, (warning("maybe_zero"),)) if found.may_mean_zero else NOT_GIVEN
    return found


def _checked(raw: Raw, value: Decimal, rule: NumberRule, hints: tuple[str, ...]) -> Reading:
    too_low = rule.low is not None and value < rule.low
    if too_low or (rule.high is not None and value > rule.high):
        unit = "" if rule.unit == "1" else f"{rule.unit} "
        limits = {"low": _plain(rule.low), "high": _plain(rule.high), "unit": unit}
        return Reading(None, (error("out_of_range", **limits),))
    kept = value.quantize(Decimal(1).scaleb(-rule.scale), rounding=ROUND_HALF_UP)
    taken = _plain(kept)
    findings: list[Finding] = [
        warning(hint, taken=taken) for hint in hints if hint not in {"time_dropped"}
    ]
    if kept != value:
        if rule.scale == 0:
            return Reading(None, (error("not_whole"),))
        if abs(kept - value) > Decimal("1e-9"):  # less is the spreadsheet's own noise
            findings.append(warning("rounded", scale=rule.scale, taken=taken))
    return Reading(taken, (*findings, *full_width_findings(raw, half_width(text_of(raw)))))


def _says_other_unit(raw: Raw, value: Decimal, column_unit: AmountUnit | None) -> bool:
    """Whether the cell's own unit decided, against the column's."""
    if not isinstance(raw, str) or column_unit is None or not value or _UNIT_SIGNS.isdisjoint(raw):
        return False
    bare = parse_number(text_of(raw))
    if not isinstance(bare, NumberReading) or not (bare.unit or bare.has_magnitude):
        return False
    in_cell = AmountUnit.TEN_THOUSAND_YUAN if "万" in raw else AmountUnit.YUAN
    return in_cell is not column_unit


def _plain(value: Decimal | None) -> str:
    """2500000.00 → 2500000; never in scientific notation."""
    if value is None:
        return ""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
