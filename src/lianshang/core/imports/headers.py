"""Finding the header of a sheet: below title lines, over one to three lines, with merged cells."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from lianshang.core.imports.parsers import Raw, text_of
from lianshang.core.imports.reading.sheets import Sheet, column_letter
from lianshang.core.imports.registry import Register, Target
from lianshang.engines.standards.text import half_width

SEARCHED_ROWS = 30
DEEPEST = 3  # lines of a header
_DECORATION = re.compile(r"[*＊:：\s]+")
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_TABLE_UNIT = re.compile(r"单位\s*[:：]\s*((?:百万|千|万|亿)?元)")


@dataclass(frozen=True)
class Header:
    """One column's name: as shown, its lines apart, and the row where it ends (as the spreadsheet
    counts).
    """

    index: int
    text: str
    parts: tuple[str, ...]
    row: int

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Header:
        return cls(stored["index"], stored["text"], tuple(stored["parts"]), stored["row"])


@dataclass(frozen=True)
class HeaderRows:
    """Where the header stands (rows from 0, `last` included), its columns, the unit stated above
    it.
    """

    first: int
    last: int
    headers: tuple[Header, ...]
    table_unit: str = ""


def comparable(text: str) -> str:
    """A column name without width, case, spaces, stars, and "（必填）"."""
    plain = half_width(text).lower()
    return _DECORATION.sub("", plain.replace("(必填)", "").replace("(选填)", ""))


def recognise(register: Register, header: Header, table_unit: str = "") -> Target | None:
    """The register's column that a header means, by name or alias, else by its dynamic columns."""
    names = _names(register)
    for text in dict.fromkeys((header.text, "".join(header.parts), *reversed(header.parts[-1:]))):
        for form in (comparable(text), comparable(_BRACKETS.sub("", text))):
            if form in names:
                return Target(names[form])
    return register.recognise(header.parts, table_unit) if header.parts else None


@functools.lru_cache(maxsize=32)
def _names(register: Register) -> dict[str, str]:
    """Every spelling of a static column's name, comparable → the column."""
    return {
        comparable(str(name)): column.name
        for column in register.columns
        for name in (column.name, column.label, *column.aliases)
    }


def find_header(sheet: Sheet, register: Register) -> HeaderRows | None:
    """The lines in which most columns are recognised; None if none is in the first rows."""
    best: HeaderRows | None = None
    best_score = 0.0
    for first in range(min(SEARCHED_ROWS, len(sheet.rows))):
        for depth in range(1, DEEPEST + 1):
            if first + depth > len(sheet.rows):
                break
            found = header_at(sheet, first, first + depth - 1)
            known = {
                target
                for header in found.headers
                if (target := recognise(register, header, found.table_unit))
            }
            score = len(known) - depth / 10
            if known and score > best_score:
                best, best_score = found, score
    return best


def header_at(sheet: Sheet, first: int, last: int) -> HeaderRows:
    """The header read from given lines (from 0, `last` included)."""
    lines = [_spread(sheet, row, is_last=row == last) for row in range(first, last + 1)]
    headers = []
    for index in range(len(sheet.rows[first]) if sheet.rows else 0):
        parts: list[str] = []
        for line in lines:
            text = line[index]
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        headers.append(Header(index, " / ".join(parts), tuple(parts), last + 1))
    return HeaderRows(first, last, tuple(headers), _unit_above(sheet, first))


def _spread(sheet: Sheet, row: int, *, is_last: bool) -> list[str]:
    """A line of the header, each merged range's text under all its columns."""
    texts = [_plain(raw) for raw in sheet.rows[row]]
    for (top, left), (bottom, right) in sheet.merged:
        if top <= row <= bottom:
            for index in range(left, min(right + 1, len(texts))):
                texts[index] = texts[index] or _plain(sheet.rows[top][left])
    if (
        not sheet.merged and not is_last
    ):  # a file that cannot say what is merged: text reaches to the right
        for index in range(1, len(texts)):
            below = _plain(sheet.rows[row + 1][index])
            texts[index] = texts[index] or (texts[index - 1] if below else "")
    return texts


def _plain(raw: Raw) -> str:
    return " ".join(text_of(raw).split())


def _unit_above(sheet: Sheet, first: int) -> str:
    for row in sheet.rows[:first]:
        for raw in row:
            found = _TABLE_UNIT.search(_plain(raw)) if isinstance(raw, str) else None
            if found:
                return found[1]
    return ""


def is_same_header(row: Sequence[Raw], headers: Sequence[Header]) -> bool:
    """Whether a row repeats the header's last line, as page after page of a printed list does."""
    named = [header for header in headers if header.parts]
    return len(named) > 1 and all(_plain(row[header.index]) == header.parts[-1] for header in named)
