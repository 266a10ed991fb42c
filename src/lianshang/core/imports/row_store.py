"""Rows in the database and back: by COPY and one statement per chunk, never row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection

from lianshang.core.imports.choices import WAITING, RowState
from lianshang.core.imports.personal import sealed, unsealed
from lianshang.core.imports.problems import from_json
from lianshang.core.imports.registry import Row

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lianshang.core.imports.models import ImportBatch, ImportRow
    from lianshang.core.imports.row_reading import Letters

COPY_ROWS = """
    COPY imports_importrow
         (batch_id, number, state, planned, cells, "values", problems, keys, subject, before,
          handling)
    FROM STDIN
"""
UPDATE_ROWS = """
    UPDATE imports_importrow r
       SET state = u.state, planned = u.planned, subject = u.subject, before = u.before::jsonb,
           problems = u.problems::jsonb
      FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[])
           AS u(id, state, planned, subject, before, problems)
     WHERE r.id = u.id
"""


def one_writer_at_a_time(register: str) -> None:
    """Let chunks of one register follow each other, so that each sees what the others wrote."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"imports.{register}"])


def settle_state(row: Row) -> None:
    """The state that follows from a row's problems and plan, before anything is written."""
    if row.is_refused:
        row.state = RowState.QUARANTINED
    elif row.planned == RowState.SKIPPED:
        row.state = RowState.SKIPPED
    else:
        row.state = RowState.WARNING if row.problems else RowState.READY


def copy_rows(batch: ImportBatch, rows: Iterable[Row], personal: frozenset[str]) -> None:
    """Add new rows to the batch."""
    with connection.cursor() as cursor, cursor.copy(COPY_ROWS) as copy:
        for row in rows:
            copy.write_row(
                (
                    batch.pk,
                    row.number,
                    row.state,
                    row.planned,
                    _json(sealed(row.cells, personal)),
                    _json(sealed(row.values, personal)),
                    _json([problem.as_json() for problem in row.problems]),
                    row.keys,
                    row.subject,
                    None if row.before is None else _json(row.before),
                    "[]",
                )
            )


def update_rows(rows: Sequence[Row]) -> None:
    """Write back what became of stored rows."""
    if not rows:
        return
    columns: list[Any] = [
        [row.pk for row in rows],
        [row.state for row in rows],
        [row.planned for row in rows],
        [row.subject for row in rows],
        [None if row.before is None else _json(row.before) for row in rows],
        [_json([problem.as_json() for problem in row.problems]) for row in rows],
    ]
    with connection.cursor() as cursor:
        cursor.execute(UPDATE_ROWS, columns)


def waiting_rows(
    batch: ImportBatch, limit: int, personal: frozenset[str], letters: Letters
) -> list[Row]:
    """The next rows that are to be written, in the order of the file."""
    found: list[Row] = []
    for state in WAITING:  # one by one: together they could not be read in the order of the index
        stored = batch.rows.filter(state=state).order_by("number")
        found += as_rows(stored[:limit], personal, letters)
    return sorted(found, key=lambda row: row.number)[:limit]


def as_rows(stored: QuerySet[ImportRow], personal: frozenset[str], letters: Letters) -> list[Row]:
    """Stored rows as the sessions handle them."""
    columns = ("cells", "values", "problems", "number", "keys", "subject", "planned", "before")
    return [
        Row(
            number,
            unsealed(cells, personal),
            unsealed(values, personal),
            from_json(problems),
            keys,
            subject,
            planned,
            before,
            pk,
            state,
            letters,
        )
        for cells, values, problems, number, keys, subject, planned, before, pk, state in (
            stored.values_list(*columns, "pk", "state")
        )
    ]


def _json(value: object) -> str:
    """JSON without the NUL characters that PostgreSQL's jsonb refuses."""
    return json.dumps(value, ensure_ascii=False).replace("\\u0000", "")
