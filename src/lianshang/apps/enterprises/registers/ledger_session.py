"""A session whose rows are values about firms: common to the register of figures and that of
titles.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from lianshang.apps.enterprises.actions.facts import announce_facts
from lianshang.apps.enterprises.models import Fact, Quantity, Source
from lianshang.apps.enterprises.registers.base import match_known_firms
from lianshang.apps.enterprises.registers.ledger_rows import (
    Entry,
    Present,
    add_entries,
    present_values,
)
from lianshang.core import clock
from lianshang.core.imports.choices import OnDuplicate, RowState
from lianshang.core.imports.registry import Row, Session

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch

_ANNOUNCED_TOGETHER = 5_000


class LedgerSession(Session):
    """Adds values to the fact ledger; the same value from the same source again is no news."""

    def __init__(self, batch: ImportBatch, actor: User | None) -> None:
        super().__init__(batch, actor)
        self.sources = dict(Source.objects.values_list("code", "pk"))
        self._source_names = dict(Source.objects.values_list("name", "code"))
        self._pending: dict[int, list[Entry]] = {}

    @property
    def default_day(self) -> str:
        """The day of the data, where no row says it: as chosen, else the day of the upload."""
        uploaded = self.batch.created_at.astimezone(clock.zone_time()).date()
        return str(self.batch.options.get("observed_on") or uploaded)

    @property
    def _keeps_old(self) -> bool:
        """Whether a value already there is left alone; what is not there yet is added all the
        same.
        """
        return self.batch.on_duplicate == OnDuplicate.SKIP

    @abstractmethod
    def entries(self, row: Row) -> list[Entry]:
        """The values that a matched row gives."""

    def match(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._settle_source(row)
        match_known_firms(rows)

    def plan(self, rows: Sequence[Row]) -> None:
        self._pending = {}
        listed: list[tuple[Row, Entry]] = [
            (row, entry) for row in rows for entry in self.entries(row)
        ]
        for row in rows:
            row.before = None
        present = present_values([entry for _row, entry in listed])
        held: dict[int, int] = {}
        for place, (row, entry) in enumerate(listed):
            before = present.get(place)
            held[row.number] = held.get(row.number, 0) + (before is not None)
            self._plan_entry(row, entry, before)
        for row in rows:
            if row.number not in self._pending:
                row.planned = RowState.UNCHANGED
            elif held[row.number] and not self._keeps_old:
                row.planned = RowState.UPDATED
            else:
                row.planned = RowState.CREATED

    def write(self, rows: Sequence[Row]) -> None:
        entries = [entry for row in rows for entry in self._pending.get(row.number, [])]
        add_entries(entries, self.batch, self.actor)
        self.announce(
            {entry.enterprise for entry in entries}, {entry.quantity for entry in entries}
        )

    def begin_undo(self) -> None:
        """The batch is retired, and with it every value: whoever computed with them must know."""
        facts = Fact.objects.filter(batch=self.batch).order_by()
        firms = sorted(set(facts.values_list("enterprise", flat=True)))
        quantities = set(facts.values_list("quantity", flat=True).distinct())
        for start in range(0, len(firms), _ANNOUNCED_TOGETHER):
            self.announce(set(firms[start : start + _ANNOUNCED_TOGETHER]), quantities)

    def undo(self, rows: Sequence[Row]) -> None:
        for row in rows:
            row.state = RowState.UNDONE

    def announce(self, firms: set[int], quantities: set[int]) -> None:
        if firms:
            codes = Quantity.objects.filter(pk__in=quantities).values_list("code", flat=True)
            announce_facts(actor=self.actor, enterprises=firms, quantity_codes=set(codes))

    def source_of(self, row: Row) -> int:
        return self.sources[row.values.get("source", self.batch.source)]

    def _plan_entry(self, row: Row, entry: Entry, before: Present | None) -> None:
        if before is not None and (before.is_same or self._keeps_old):
            return
        self._pending.setdefault(row.number, []).append(entry)
        if before is not None:
            told = next((value for value in before.values if value is not None), "")
            row.before = {**(row.before or {}), entry.column: [told, row.values.get(entry.column)]}

    def _settle_source(self, row: Row) -> None:
        given = row.values.get("source")
        if given is None:
            if self.batch.source not in self.sources:
                row.refuse("source_missing")
            return
        code = given if given in self.sources else self._source_names.get(given)
        if code is None:
            row.refuse("source_unknown", "source", known="、".join(sorted(self.sources)))
        else:
            row.values["source"] = code


def day_of(row: Row, default: str) -> tuple[str, bool]:
    """The day of a row's data, and whether nobody said it."""
    given: Any = row.values.get("observed_on")
    if given is None:
        return default, True
    return date.fromisoformat(given).isoformat(), False
