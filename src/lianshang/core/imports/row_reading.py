"""From the rows of a sheet to rows of a register: every cell parsed by its column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lianshang.core.imports.headers import Header
from lianshang.core.imports.parsers import Raw, Reading, error, is_blank, is_formula_text, text_of
from lianshang.core.imports.problems import Finding
from lianshang.core.imports.registry import Column, Register, Row, Target

_MOST_REMEMBERED = 20_000  # readings kept per column; registers repeat themselves
Letters = dict[str, tuple[str, str]]


class RowReader:
    """Parses rows with the columns of a mapping; equal texts of a column are parsed once."""

    def __init__(
        self, register: Register, headers: Sequence[Header], mapping: Mapping[int, Target]
    ) -> None:
        by_index = {header.index: header for header in headers}
        self.columns: dict[int, Column] = {
            index: register.column(target) for index, target in sorted(mapping.items())
        }
        self.letters: Letters = {
            column.name: (by_index[index].letter, by_index[index].text)
            for index, column in self.columns.items()
        }
        self._missing = {column.name: column for column in self.columns.values() if column.required}
        self._remembered: dict[str, dict[str, Reading]] = {
            column.name: {} for column in self.columns.values()
        }

    def read(self, number: int, cells: Sequence[Raw], broken: Iterable[int] = ()) -> Row:
        """One row; `broken` are columns whose formula has no value."""
        row = Row(number, {}, {}, letters=self.letters)
        broken = set(broken)
        for index, column in self.columns.items():
            raw = cells[index]
            if index in broken:
                row.refuse("formula_without_value", column.name, "公式")
            elif not is_blank(raw):
                self._take(row, column, raw)
        self._require(row)
        return row

    def read_texts(self, number: int, cells: Mapping[str, str]) -> Row:
        """One row from texts by column, as they are kept and corrected."""
        row = Row(number, {}, {}, letters=self.letters)
        for column in self.columns.values():
            text = cells.get(column.name, "")
            if text.strip():
                self._take(row, column, text)
        self._require(row)
        return row

    def _take(self, row: Row, column: Column, raw: Raw) -> None:
        name = column.name
        shown = text_of(raw)
        reading = self._reading(column, raw)
        shown = reading.shown or shown
        row.cells[name] = shown
        if reading.value is not None:
            row.values[name] = reading.value
        for finding in reading.findings:
            row.find(finding, name, _masked(shown) if column.personal else shown)

    def _reading(self, column: Column, raw: Raw) -> Reading:
        if not isinstance(raw, str):
            return column.parse(raw)
        remembered = self._remembered[column.name]
        reading = remembered.get(raw)
        if reading is None:
            refused = Reading(None, (error("formula_text"),))
            reading = refused if is_formula_text(raw) else column.parse(raw)
            if len(remembered) < _MOST_REMEMBERED:
                remembered[raw] = reading
        return reading

    def _require(self, row: Row) -> None:
        for name, column in self._missing.items():
            refused_already = any(problem.column == name for problem in row.problems)
            if name not in row.values and not refused_already:
                finding = Finding("required", parameters={"label": str(column.label)})
                row.find(finding, name)


def _masked(text: str) -> str:
    return text[:1] + "*" * (len(text) - 1)


def changed_values(values: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Columns given in both with different values."""
    return [name for name in values if name in other and values[name] != other[name]]
