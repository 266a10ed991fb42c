"""Titles in their own template: a row for each title a firm holds, by source and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lianshang.apps.enterprises.registers.facts_export import (
    firms_by_chunks,
    held,
    restriction_notes,
)
from lianshang.core.imports.registry import Table

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.registry import Register


def export_titles(register: Register, user: User | None, purpose: str) -> Table:
    """Titles that are held; that somebody does not hold one is no row of a list."""
    notes: list[str] = []
    headers = [str(column.label) for column in register.columns]
    return Table(headers, _rows(user, purpose, notes), notes)


def _rows(user: User | None, purpose: str, notes: list[str]) -> Iterator[Sequence[Any]]:
    left_out: Counter[str] = Counter()
    for firms in firms_by_chunks(user):
        for row in held(firms, purpose, titles=True):
            pk, source, observed, title, _year, _type, _number, flag, _day, number, allowed = row[
                :11
            ]
            if not allowed:
                left_out[source] += 1
            elif flag:
                code, name = firms[pk]
                yield (code or "", name, title, number or "", *row[11:], observed, source)
    notes += restriction_notes(left_out)
