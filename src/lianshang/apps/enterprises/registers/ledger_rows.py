"""Values on their way into the fact ledger: compared with what it holds, and added, many at
once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

from lianshang.core import clock
from lianshang.core.bulk import temporary_table

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch

VALUES = ("number", "flag", "day", "code", "valid_from", "valid_until")


@dataclass(slots=True)
class Entry:
    """One value that a row gives; `row` is the row's number, `column` where it stands."""

    row: int
    column: str
    enterprise: int
    quantity: int
    year: int | None
    source: int
    observed_on: str
    is_day_assumed: bool  # nobody said of which day the value is: the same value again is no news
    number: str | None = None
    flag: bool | None = None
    day: str | None = None
    code: str | None = None
    valid_from: str | None = None
    valid_until: str | None = None


class Present(NamedTuple):
    """What the ledger holds from the same source: the values, as text, and whether they are the
    same.
    """

    values: tuple[str | None, ...]
    is_same: bool


_INCOMING = """
    place int, enterprise_id bigint, quantity_id bigint, year smallint, source_id bigint,
    observed_on date, assumed boolean, number numeric, flag boolean, day date, code varchar,
    valid_from date, valid_until date
"""
PRESENT = """
    SELECT i.place, p.number::text, p.flag::text, p.day::text, p.code, p.valid_from::text,
           p.valid_until::text,
           (p.number, p.flag, p.day, p.code, p.valid_from, p.valid_until) IS NOT DISTINCT FROM
           (i.number, i.flag, i.day, i.code, i.valid_from, i.valid_until)
      FROM incoming i
     CROSS JOIN LATERAL (
           SELECT f.number, f.flag, f.day, f.code, f.valid_from, f.valid_until
             FROM enterprises_fact f
             LEFT JOIN imports_importbatch b ON b.id = f.batch_id
            WHERE f.enterprise_id = i.enterprise_id AND f.quantity_id = i.quantity_id
              AND f.year IS NOT DISTINCT FROM i.year AND f.source_id = i.source_id
              AND (i.assumed OR f.observed_on = i.observed_on)
              AND b.retired_at IS NULL
            ORDER BY f.observed_on DESC, f.id DESC LIMIT 1) p
"""
RIVALS = """
    SELECT i.place, p.number::text
      FROM incoming i
     CROSS JOIN LATERAL (
           SELECT f.number
             FROM enterprises_fact f
             LEFT JOIN imports_importbatch b ON b.id = f.batch_id
            WHERE f.enterprise_id = i.enterprise_id AND f.quantity_id = i.quantity_id
              AND f.year IS NOT DISTINCT FROM i.year AND f.number <> 0 AND b.retired_at IS NULL
            ORDER BY f.observed_on DESC, f.id DESC LIMIT 1) p
     WHERE i.number <> 0 AND NOT abs(i.number / p.number) BETWEEN 0.002 AND 500
"""
COPY_FACTS = """
    COPY enterprises_fact (enterprise_id, quantity_id, year, source_id, observed_on, number, flag,
         day, code, valid_from, valid_until, batch_id, row_number, recorded_at, recorded_by_id,
         note)
    FROM STDIN
"""


def present_values(entries: Sequence[Entry]) -> dict[int, Present]:
    """Place in `entries` → what the ledger holds of the same firm, quantity, year and source.

    Entries whose day was stated are compared with the same day, the others with the latest.
    """
    with _incoming(entries), connection.cursor() as cursor:
        cursor.execute(PRESENT)
        return {place: Present(tuple(values), same) for place, *values, same in cursor.fetchall()}


def thousandfold(entries: Sequence[Entry]) -> dict[int, str]:
    """Place in `entries` → the latest value of any source, where the two differ by far: a wrong
    unit.
    """
    with _incoming(entries), connection.cursor() as cursor:
        cursor.execute(RIVALS)
        return dict(cursor.fetchall())


def _incoming(entries: Sequence[Entry]) -> Any:
    rows = (
        (
            place,
            one.enterprise,
            one.quantity,
            one.year,
            one.source,
            one.observed_on,
            one.is_day_assumed,
            *_values(one),
        )
        for place, one in enumerate(entries)
    )
    return temporary_table("incoming", _INCOMING, rows)


def add_entries(
    entries: Iterable[Entry], batch: ImportBatch, actor: User | None, note: str = ""
) -> None:
    """Add values to the ledger under the batch."""
    moment = clock.now()
    by = actor.pk if actor else None
    with connection.cursor() as cursor, cursor.copy(COPY_FACTS) as copy:
        for one in entries:
            place = (one.enterprise, one.quantity, one.year, one.source, one.observed_on)
            copy.write_row((*place, *_values(one), batch.pk, one.row, moment, by, note))


def _values(entry: Entry) -> tuple[Any, ...]:
    return tuple(getattr(entry, name) for name in VALUES)
