"""Figures on their way into the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.choices import VALUE_COLUMN, Period, ValueType
from lianshang.apps.enterprises.registers.ledger_rows import Entry, thousandfold
from lianshang.apps.enterprises.registers.ledger_session import LedgerSession, day_of
from lianshang.apps.enterprises.registers.quantities import MONEY, Quantities, split_name
from lianshang.core.imports.choices import BatchState
from lianshang.core.imports.registry import Row

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch


class FactSession(LedgerSession):
    """The register of figures at work on one batch."""

    def __init__(self, batch: ImportBatch, actor: User | None, quantities: Quantities) -> None:
        super().__init__(batch, actor)
        self.quantities = quantities.by_code

    def match(self, rows: Sequence[Row]) -> None:
        super().match(rows)
        for row in rows:
            self._settle_year(row)
            if not row.is_refused:
                day, _assumed = day_of(row, self.default_day)
                source = self.source_of(row)
                row.keys = [f"{row.subject}|{self._year(row)}|{source}|{day}"]

    def plan(self, rows: Sequence[Row]) -> None:
        super().plan(rows)
        if self.batch.state == BatchState.CHECKING:
            self._look_for_wrong_units(rows)

    def entries(self, row: Row) -> list[Entry]:
        if row.subject is None:
            return []
        day, assumed = day_of(row, self.default_day)
        source = self.source_of(row)
        found = []
        for column, value in row.values.items():
            code, year = split_name(column)
            quantity = self.quantities.get(code)
            if quantity is None:
                continue
            if quantity.period == Period.ANNUAL:
                year = year or self._year(row)
            entry = Entry(
                *(row.number, column, row.subject, quantity.pk, year, source, day, assumed)
            )
            setattr(entry, VALUE_COLUMN[ValueType(quantity.value_type)], value)
            found.append(entry)
        return found

    def _year(self, row: Row) -> int | None:
        chosen = row.values.get("year") or self.batch.options.get("year")
        return int(chosen) if chosen else None

    def _settle_year(self, row: Row) -> None:
        """An annual value without a year anywhere cannot be kept."""
        if self._year(row) is not None:
            return
        for column in row.values:
            quantity = self.quantities.get(column)
            if quantity is not None and quantity.period == Period.ANNUAL:
                row.refuse("year_unknown", column)

    def _look_for_wrong_units(self, rows: Sequence[Row]) -> None:
        money = [
            (row, entry)
            for row in rows
            for entry in self.entries(row)
            if self.quantities[split_name(entry.column)[0]].unit == MONEY
        ]
        known = thousandfold([entry for _row, entry in money])
        for place, value in known.items():
            row, entry = money[place]
            bigger, smaller = sorted((abs(float(entry.number or 0)), abs(float(value))))[::-1]
            times = f"{bigger / smaller:,.0f}"
            told = value.rstrip("0").rstrip(".") if "." in value else value
            row.warn("fold_of_present", entry.column, known=told, times=times)
