"""Enterprises on their way into the register: matched, planned, written and taken back by the
thousand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.models import FormerName
from lianshang.apps.enterprises.queries.matching import match_key
from lianshang.apps.enterprises.registers import enterprise_columns as columns
from lianshang.apps.enterprises.registers import enterprise_writing as writing
from lianshang.apps.enterprises.registers import fields
from lianshang.apps.enterprises.registers.base import look_up
from lianshang.apps.enterprises.registers.enterprise_matching import (
    match_actors,
    parks_by_name,
    place_rows,
)
from lianshang.apps.enterprises.registers.undoing import take_back
from lianshang.core.imports.choices import RowState
from lianshang.core.imports.registry import Row, Session

if TYPE_CHECKING:
    from lianshang.apps.enterprises.registers.enterprise_columns import Current
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch


class EnterpriseSession(Session):
    """The register of enterprises at work on one batch."""

    def __init__(self, batch: ImportBatch, actor: User | None) -> None:
        super().__init__(batch, actor)
        self._parks = parks_by_name()
        self._current: dict[int, Current] = {}

    def match(self, rows: Sequence[Row]) -> None:
        place_rows(rows, self._parks)
        match_actors(rows, look_up(rows, with_retired=True))

    def plan(self, rows: Sequence[Row]) -> None:
        subjects = {row.subject for row in rows if row.subject is not None}
        self._current = columns.current_rows(subjects)
        former = self._former_names(subjects)
        for row in rows:
            if row.subject is None:
                row.planned, row.before = RowState.CREATED, None
                continue
            current = self._current[row.subject]
            change = columns.changes(current, columns.wanted(row))
            added = self._new_former_names(row, current, former.get(row.subject, set()))
            if added:
                change["former_name"] = [None, added]
            row.planned = RowState.UPDATED if change else RowState.UNCHANGED
            row.before = change or None

    def write(self, rows: Sequence[Row]) -> None:
        new = [row for row in rows if row.planned == RowState.CREATED]
        changed = [row for row in rows if row.planned == RowState.UPDATED]
        writing.insert(new, [self._values(row) for row in new])
        updated = {
            row.subject: columns.changed_values(
                self._current[row.subject], row.before or {}, back=False
            )
            for row in changed
            if row.subject is not None
        }
        writing.update(updated)
        self._add_former_names(new, changed)
        writing.announce(row.subject for row in rows if row.subject is not None)

    def undo(self, rows: Sequence[Row]) -> None:
        take_back(self.batch, rows)

    @staticmethod
    def _values(row: Row) -> list[object]:
        found = columns.wanted(row)
        found.setdefault("kind", fields.kind_of_code(found.get("credit_code", "")))
        return columns.new_values(found)

    @staticmethod
    def _former_names(subjects: Iterable[int]) -> dict[int, set[str]]:
        found: dict[int, set[str]] = {}
        names = FormerName.objects.filter(enterprise__in=subjects)
        for pk, key in names.values_list("enterprise", "match_key"):
            found.setdefault(pk, set()).add(key)
        return found

    @staticmethod
    def _new_former_names(row: Row, current: Current, known: set[str]) -> list[str]:
        """Names to be remembered: those the row gives, and the present one if the row changes
        it.
        """
        given = list(row.values.get("former_name", []))
        if match_key(current["name"]) != match_key(row.values["name"]):
            given.append(current["name"])
        present = match_key(row.values["name"])
        return [name for name in given if match_key(name) not in known | {present}]

    def _add_former_names(self, new: Sequence[Row], changed: Sequence[Row]) -> None:
        names: list[tuple[int, str]] = []
        for row in new:
            given = row.values.get("former_name", [])
            names += [(row.subject or 0, name) for name in given if name != row.values["name"]]
        for row in changed:
            added = (row.before or {}).get("former_name", [None, []])[1]
            names += [(row.subject or 0, name) for name in added]
        FormerName.objects.bulk_create(
            [
                FormerName(enterprise_id=pk, name=name, match_key=match_key(name), batch=self.batch)
                for pk, name in names
            ],
            ignore_conflicts=True,
        )
