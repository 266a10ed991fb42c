"""Numbers and amounts of money as registers write them."""

import math
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from lianshang.engines.standards.text.chinese_numerals import numeral_value
from lianshang.engines.standards.text.readings import (
    TextProblem,
    Unknown,
    half_width,
    unknown_or_error,
)

Cell = str | int | float | Decimal | None


class AmountUnit(StrEnum):
    """The unit that a column's heading states for bare numbers."""

    YUAN = "元"
    THOUSAND_YUAN = "千元"
    TEN_THOUSAND_YUAN = "万元"
    MILLION_YUAN = "百万元"
    HUNDRED_MILLION_YUAN = "亿元"

    @property
    def factor(self) -> int:
        """Yuan in one."""
        return _FACTORS[self]


_FACTORS = {
    AmountUnit.YUAN: 1,
    AmountUnit.THOUSAND_YUAN: 1_000,
    AmountUnit.TEN_THOUSAND_YUAN: 10_000,
    AmountUnit.MILLION_YUAN: 1_000_000,
    AmountUnit.HUNDRED_MILLION_YUAN: 100_000_000,
}


@dataclass(frozen=True, slots=True)
class NumberReading:
    """A value, the unit written beside it, and hints worth showing.

    `has_magnitude` says that 万 or 亿 stood in the text and is already counted in the value. Hints:
    `scientific_notation` (digits may be lost), `maybe_yuan` and `maybe_ten_thousand_yuan` (the size
    is odd for the column's unit).
    """

    value: Decimal
    unit: str = ""
    has_magnitude: bool = False
    hints: tuple[str, ...] = ()


_UNITS = "平方米|平米|公顷|m2|M2|亩|人|名|位|个|家|件|项|户|台|套|次|条|栋|幢|层|间|天|年|%"
_NUMBER = re.compile(
    r"(?P<sign>[-−+负])?(?P<currency>¥|RMB|CNY|人民币)?(?P<sign2>[-−+负])?"
    r"(?P<number>[0-9.,一-龥〇○零E+\- ]+?)"
    rf"(?P<unit>元整?|圆整?|元人民币|RMB|CNY|{_UNITS})?[整正]?"
)
_FOREIGN = re.compile(r"美元|美金|欧元|港元|港币|日元|英镑|USD|EUR|HKD|JPY|GBP|[$€£]")
_RANGE = re.compile(r"[0-9万亿千元人]\s*(?:-|~|至|到|—|–)+\s*[0-9]")
_BOUND = re.compile(
    r"以上|以下|以内|不足|不到|超过?|大于|小于|少于|多于|至少|至多|不低于|不超过|[<>≤≥]"
)
_APPROXIMATE = re.compile(r"大约|约|近|左右|上下|余|多|几|数|\+$|若干")
_MAGNITUDES = frozenset("万亿萬億")


def parse_number(cell: Cell) -> NumberReading | Unknown | TextProblem:
    """Read a number, a unit after it included; a percentage keeps its number and has unit `%`.

    Problem codes: `not_a_number`, `grouping` (misplaced thousands separator), `range`, `bound`,
    `approximate` (the number meant is suggested), `foreign_currency`, `spreadsheet_error`.
    """
    if cell is None or (isinstance(cell, float | Decimal) and math.isnan(cell)):
        return Unknown("")
    if isinstance(cell, bool):
        return TextProblem("not_a_number", str(cell))
    if not isinstance(cell, str):
        # 15 significant digits are all a spreadsheet keeps: 0.1 + 0.2 is 0.3 there.
        value = Decimal(f"{cell:.15g}") if isinstance(cell, float) else Decimal(cell)
        return NumberReading(value) if value.is_finite() else TextProblem("not_a_number", str(cell))
    return unknown_or_error(cell) or _parse_text(half_width(cell))


def parse_amount(
    cell: Cell, column_unit: AmountUnit | None = None
) -> NumberReading | Unknown | TextProblem:
    """Read an amount of money; the value is in yuan.

    A unit or 万/亿 in the cell counts over the column's. A bare number without a column unit is
    the problem `unit_ambiguous` (元 or 万元), zero excepted; another unit is `not_an_amount`.
    """
    reading = parse_number(cell)
    if not isinstance(reading, NumberReading):
        return reading
    if reading.unit not in {"", "元"}:
        return TextProblem("not_an_amount", str(cell))
    if reading.unit or reading.has_magnitude or not reading.value:
        return replace(reading, unit="元")
    if column_unit is None:
        return TextProblem("unit_ambiguous", str(cell), "元 / 万元")
    hints = reading.hints + _size_hints(abs(reading.value), column_unit)
    return NumberReading(reading.value * column_unit.factor, "元", hints=hints)


def amount_unit_in(heading: str) -> AmountUnit | None:
    """The unit named in a column's heading, e.g. 营业收入（万元）."""
    found = re.search(r"(百万|千|万|亿)?元", half_width(heading))
    return AmountUnit(found[0]) if found else None


def _size_hints(bare: Decimal, unit: AmountUnit) -> tuple[str, ...]:
    if unit is AmountUnit.TEN_THOUSAND_YUAN and bare >= 1_000_000:  # ten billion yuan
        return ("maybe_yuan",)
    if unit is AmountUnit.YUAN and bare < 1_000:
        return ("maybe_ten_thousand_yuan",)
    return ()


def _parse_text(text: str) -> NumberReading | TextProblem:
    plain = text.upper() if re.search(r"[0-9]e[+\-]?[0-9]|rmb|cny", text) else text
    accounting = re.fullmatch(r"\((.+)\)", plain)
    match = _NUMBER.fullmatch(accounting[1] if accounting else plain)
    if match is None:
        return _explain(text)
    value = _decimal(match["number"].strip())
    if isinstance(value, str):
        return TextProblem(value, text) if value == "grouping" else _explain(text)
    signs = (match["sign"], match["sign2"])
    if accounting or any(sign in {"-", "−", "负"} for sign in signs):
        value = -value
    money = match["currency"] or (match["unit"] or "")[:1] in set("元圆RC")
    has_magnitude = not _MAGNITUDES.isdisjoint(match["number"])
    hints = ("scientific_notation",) if "E" in match["number"] else ()
    unit = "元" if money and match["unit"] not in _UNITS.split("|") else match["unit"] or ""
    return NumberReading(value, unit, has_magnitude, hints)


def _decimal(text: str) -> Decimal | str:
    """The value, or the code of what is wrong."""
    if re.fullmatch(r"[0-9]+(\.[0-9]+)?E[+\-]?[0-9]+", text):
        return Decimal(text)
    grouped = re.match(r"[0-9]+(?:[, ][0-9]+)+", text)
    if grouped and not re.fullmatch(r"[0-9]{1,3}(?:([, ])[0-9]{3})(?:\1[0-9]{3})*", grouped[0]):
        return "grouping"
    if grouped:
        text = re.sub(r"[, ]", "", grouped[0]) + text[grouped.end() :]
    text = text.replace(" ", "")
    if re.fullmatch(r"\.[0-9]+|[0-9]+\.", text):
        return Decimal(text)
    value = numeral_value(text)
    return "not_a_number" if value is None else value


def _explain(text: str) -> TextProblem:
    if _FOREIGN.search(text.upper()):
        return TextProblem("foreign_currency", text)
    if _RANGE.search(text):
        return TextProblem("range", text)
    if _BOUND.search(text):
        return TextProblem("bound", text)
    bare = _APPROXIMATE.sub("", text)
    if bare != text:
        match = _NUMBER.fullmatch(bare)
        known = match is not None and isinstance(_decimal(match["number"].strip()), Decimal)
        return TextProblem("approximate", text, bare if known else "")
    return TextProblem("not_a_number", text)
