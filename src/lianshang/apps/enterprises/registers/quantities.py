"""Columns of the catalogue: which quantity, year and unit a heading such as 2025年营业收入（万元）
means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lianshang.apps.enterprises.choices import Period, ValueType
from lianshang.apps.enterprises.models import Quantity
from lianshang.core.code_tables import code_tables
from lianshang.core.imports.headers import comparable
from lianshang.core.imports.number_parsers import PER_CENT, SAME_UNIT, NumberRule, amount, number
from lianshang.core.imports.parsers import Parser, choice, day, flag
from lianshang.core.imports.registry import Column, Target
from lianshang.engines.standards.text import AmountUnit, half_width

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*(年度末|年末|年底|年度|年)?(?!\d)")
_BRACKET = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]\s*$")
_BARE_MONEY = re.compile(r"(?:百万|千|万|亿)?元$")
MONEY = "元"


@dataclass(frozen=True)
class Heading:
    """A heading taken apart: the words, and the year and unit it states."""

    words: str
    year: int | None
    unit: str
    is_year_end: bool = False


def units_of(quantity: Quantity) -> tuple[str, ...]:
    """The units a column of this quantity may be written in; its own first."""
    if quantity.unit == MONEY:
        return tuple(unit.value for unit in AmountUnit)
    if quantity.unit == "1" and quantity.value_type == ValueType.NUMBER:
        return ("1", PER_CENT)
    return ()


def read_heading(text: str) -> Heading:
    """Take a heading apart; a bracket that is no unit stays with the words."""
    plain = half_width(text)
    found = _YEAR.search(plain)
    year = int(found[1]) if found else None
    words = _YEAR.sub("", plain) if found else plain
    unit = ""
    bracket = _BRACKET.search(words)
    if bracket and _is_unit(bracket[1].strip()):
        words, unit = words[: bracket.start()], bracket[1].strip()
    elif bare := _BARE_MONEY.search(words):
        words, unit = words[: bare.start()], bare[0]
    is_year_end = bool(found and (found[2] or "").endswith(("末", "底")))
    return Heading(words, year, unit, is_year_end)


_UNITS = {PER_CENT, "人", "项", "天", "年", "分", "次", *(unit.value for unit in AmountUnit)}
_UNITS |= {word for words in SAME_UNIT.values() for word in words}


def _is_unit(text: str) -> bool:
    return text.removeprefix("单位:").strip() in _UNITS


class Quantities:
    """The catalogue's quantities that can be imported, by code and by every way of writing their
    name.
    """

    def __init__(self, *value_types: str) -> None:
        rows = Quantity.objects.filter(is_retired=False).exclude(period=Period.DERIVED)
        self.by_code = {row.code: row for row in rows if row.value_type in value_types}
        self._by_words: dict[str, str] = {}
        shortened: dict[str, set[str]] = {}
        for code, quantity in self.by_code.items():
            for name in (code, quantity.label, *quantity.definition.get("aliases", ())):
                words = half_width(name)
                self._by_words.setdefault(comparable(words), code)
                shortened.setdefault(comparable(_BRACKET.sub("", words)), set()).add(code)
        for words, codes in shortened.items():
            if len(codes) == 1:  # 研发费用 alone may mean several: nobody guesses
                self._by_words.setdefault(words, *codes)

    def named(self, words: str) -> Quantity | None:
        """The quantity of this name, whole or without a closing bracket if that can only be one."""
        for form in (words, _BRACKET.sub("", words)):
            code = self._by_words.get(comparable(form))
            if code:
                return self.by_code[code]
        return None

    def _meant_by(self, heading: Heading) -> Quantity | None:
        """The quantity of a heading; 2025年末资产总额 is 资产总额（年末）."""
        at_year_end = self.named(f"{heading.words}(年末)") if heading.is_year_end else None
        return at_year_end or self.named(heading.words)

    def target(self, parts: Sequence[str], table_unit: str) -> Target | None:
        """The column that a header (its lines apart) means."""
        for text in dict.fromkeys(("".join(parts), parts[-1])):
            heading = read_heading(text)
            quantity = self._meant_by(heading)
            if quantity is None:
                continue
            if heading.year is not None and quantity.period != Period.ANNUAL:
                continue
            unit = heading.unit or (table_unit if quantity.unit == MONEY else "")
            return Target(column_name(quantity.code, heading.year), unit)
        return None

    def column(self, target: Target) -> Column:
        """The column of a target; raises KeyError for an unknown quantity."""
        code, year = split_name(target.column)
        quantity = self.by_code[code]
        label = f"{year}年{quantity.label}" if year else quantity.label
        return Column(target.column, label, parser(quantity, target.unit))


def column_name(code: str, year: int | None) -> str:
    """revenue, 2025 → revenue@2025."""
    return code if year is None else f"{code}@{year}"


def split_name(name: str) -> tuple[str, int | None]:
    code, _at, year = name.partition("@")
    return code, int(year) if year else None


def parser(quantity: Quantity, unit: str) -> Parser:
    """How cells of the quantity are read, in a column of this unit ("" where it states none)."""
    definition = quantity.definition
    if quantity.value_type in {ValueType.BOOL, ValueType.TITLE}:
        return flag
    if quantity.value_type == ValueType.DATE:
        return day()
    if quantity.value_type == ValueType.CODE:
        return _code_parser(definition["codes"])
    low, high = (_bound(definition.get(name)) for name in ("min", "max"))
    rule = NumberRule(quantity.unit, int(definition.get("scale", 0)), low, high)
    if quantity.unit == MONEY:
        return amount(rule, AmountUnit(unit) if unit else None)
    return number(rule, "" if unit == "1" else unit)


def _bound(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _code_parser(codes: str | Mapping[str, Any]) -> Parser:
    """Codes by themselves or by their Chinese or English name."""
    table = code_tables()[codes] if isinstance(codes, str) else codes
    words: dict[str, str] = {}
    for code, label in table.items():
        names = [label] if isinstance(label, str) else list(label.values())
        for name in (str(code), *names):
            words.setdefault(half_width(str(name)).lower(), str(code))
    shown = [label if isinstance(label, str) else label["zh"] for label in table.values()]
    return choice(words, "、".join(shown[:12]))
