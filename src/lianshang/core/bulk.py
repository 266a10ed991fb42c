"""Many rows at once: COPY into a temporary table, then one statement that reads it."""

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, transaction


@contextlib.contextmanager
def temporary_table(name: str, columns: str, rows: Iterable[Sequence[Any]]) -> Iterator[None]:
    """A table that holds the rows inside the block, which is one transaction; `columns` as in
    CREATE TABLE.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE {name} ({columns}) ON COMMIT DROP")
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        yield
        cursor.execute(f"DROP TABLE {name}")


def next_keys(table: str, count: int) -> list[int]:
    """Fresh primary keys of a table, so that rows can refer to each other before they are
    written.
    """
    statement = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(statement, [table, count])
        return [key for (key,) in cursor.fetchall()]
