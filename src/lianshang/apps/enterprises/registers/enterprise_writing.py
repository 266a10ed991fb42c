"""Writing enterprises: two statements for new ones, one for changed ones, one event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

from lianshang.apps.enterprises.events import EnterprisesChanged, FactsChanged
from lianshang.apps.enterprises.queries.derived import DERIVED
from lianshang.apps.enterprises.registers.enterprise_columns import COLUMNS
from lianshang.core import clock
from lianshang.core.accounts.choices import UnitKind
from lianshang.core.bulk import next_keys, temporary_table
from lianshang.core.events import publish
from lianshang.core.imports.registry import Row

_NAMES = ", ".join(COLUMNS)
_TYPED = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
INSERT_UNITS = """
    INSERT INTO accounts_unit (id, kind, name, is_active)
    SELECT unit_id, %s, name, true FROM incoming ORDER BY id
"""
INSERT = f"""
    INSERT INTO enterprises_enterprise (id, unit_id, {_NAMES}, created_at, facts_version)
    SELECT id, unit_id, {_NAMES}, %s, 1 FROM incoming ORDER BY id
"""
UPDATE = f"""
    UPDATE enterprises_enterprise e
       SET ({_NAMES}, facts_version, inactive_since) =
           ({", ".join(f"t.{name}" for name in COLUMNS)}, e.facts_version + 1,
            CASE WHEN t.status = 'operating' THEN NULL
                 WHEN e.status = 'operating' THEN %s ELSE e.inactive_since END)
      FROM incoming t
     WHERE e.id = t.id
"""
UPDATE_UNITS = """
    UPDATE accounts_unit u SET name = t.name, is_active = NOT t.is_retired
      FROM incoming t JOIN enterprises_enterprise e ON e.id = t.id
     WHERE u.id = e.unit_id AND (u.name, u.is_active) IS DISTINCT FROM (t.name, NOT t.is_retired)
"""


def insert(rows: Sequence[Row], values: Sequence[Sequence[Any]]) -> None:
    """Add new actors, each with its unit, and tell each row its subject."""
    if not rows:
        return
    keys = next_keys("enterprises_enterprise", len(rows))
    units = next_keys("accounts_unit", len(rows))
    table = [(key, unit, *columns) for key, unit, columns in zip(keys, units, values, strict=True)]
    with (
        temporary_table("incoming", f"id bigint, unit_id bigint, {_TYPED}", table),
        connection.cursor() as cursor,
    ):
        cursor.execute(INSERT_UNITS, [UnitKind.ENTERPRISE])
        cursor.execute(INSERT, [clock.now()])
    for row, key in zip(rows, keys, strict=True):
        row.subject = key


def update(values: Mapping[int, Sequence[Any]]) -> None:
    """Give actors these columns (in the order of COLUMNS); their units follow."""
    if not values:
        return
    table = [(key, *columns) for key, columns in values.items()]
    with (
        temporary_table("incoming", f"id bigint, {_TYPED}", table),
        connection.cursor() as cursor,
    ):
        cursor.execute(UPDATE, [clock.today()])
        cursor.execute(UPDATE_UNITS)


def announce(pks: Iterable[int]) -> None:
    """Tell whoever listens; their facts versions have been raised with the rows."""
    changed = tuple(sorted(set(pks)))
    if changed:
        publish(EnterprisesChanged(changed))
        publish(FactsChanged(changed, tuple(sorted(DERIVED))))
