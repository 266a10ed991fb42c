"""Stored rows checked once more: parsed from their cells, matched, settled against each
other, planned.
"""

from __future__ import annotations

from collections.abc import Sequence

from lianshang.core.accounts.models import User
from lianshang.core.imports import registry
from lianshang.core.imports.checking import plan_rows, row_reader
from lianshang.core.imports.choices import WAITING
from lianshang.core.imports.duplicates import settle_duplicates
from lianshang.core.imports.models import ImportBatch, ImportRow
from lianshang.core.imports.personal import sealed, unsealed
from lianshang.core.imports.registry import Register, Row
from lianshang.core.imports.row_store import as_rows, settle_state

_WRITTEN_BACK = (
    *("state", "planned", "cells", "values", "problems", "keys", "subject", "before", "handling"),
)


def check_again(batch: ImportBatch, stored: Sequence[ImportRow], actor: User | None) -> None:
    """Check stored rows anew and keep what comes of it; few questions for many rows."""
    register = registry.get(batch.register)
    reader = row_reader(batch, register)
    rows = [reader.read_texts(one.number, unsealed(one.cells, register.personal)) for one in stored]
    session = register.session(batch, actor)
    session.match([row for row in rows if not row.is_refused])
    rivals = _waiting_rivals(batch, register, rows)
    known = {row.number: len(row.values) for row in rivals}
    settle_duplicates([*rivals, *rows])
    _keep_merged([row for row in rivals if len(row.values) > known[row.number]], register.personal)
    plan_rows(session, rows)
    for row, one in zip(rows, stored, strict=True):
        settle_state(row)
        _keep(row, one, register.personal)
    ImportRow.objects.bulk_update(stored, _WRITTEN_BACK, batch_size=500)


def _waiting_rivals(batch: ImportBatch, register: Register, rows: Sequence[Row]) -> list[Row]:
    """Rows of the file about the same subjects that are not yet written."""
    numbers = [row.number for row in rows]
    keys = [key for row in rows if not row.is_refused for key in row.keys]
    rivals = batch.rows.filter(state__in=WAITING, keys__overlap=keys).exclude(number__in=numbers)
    return as_rows(rivals.order_by("number"), register.personal, {}) if keys else []


def _keep_merged(rows: Sequence[Row], personal: frozenset[str]) -> None:
    """Rivals that took over what a checked row adds; they are planned again when they are
    written.
    """
    for row in rows:
        ImportRow.objects.filter(pk=row.pk or 0).update(
            cells=sealed(row.cells, personal), values=sealed(row.values, personal)
        )


def _keep(row: Row, stored: ImportRow, personal: frozenset[str]) -> None:
    stored.cells = sealed(row.cells, personal)
    stored.values = sealed(row.values, personal)
    stored.problems = [problem.as_json() for problem in row.problems]
    stored.state, stored.planned = row.state, row.planned
    stored.keys, stored.subject, stored.before = row.keys, row.subject, row.before
