"""From a row of the enterprise register to the columns of the table, and what a row would
change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection

from lianshang.apps.enterprises.queries.matching import match_key
from lianshang.core.imports.personal import seal, unseal
from lianshang.core.imports.registry import Row
from lianshang.core.sort_keys import pinyin_key

# Every column an import writes, with its SQL type; the order is that of COPY.
COLUMNS: Mapping[str, str] = {
    "credit_code": "varchar",
    "name": "varchar",
    "name_key": "varchar",
    "match_key": "varchar",
    "kind": "varchar",
    "status": "varchar",
    "registered_on": "date",
    "industry_code": "varchar",
    "registered_address": "varchar",
    "operating_address": "varchar",
    "longitude": "numeric",
    "latitude": "numeric",
    "given_crs": "varchar",
    "park_id": "bigint",
    "contact_name": "text",
    "contact_phone": "text",
    "is_retired": "boolean",
}
ENCRYPTED = ("contact_name", "contact_phone")
# Columns of the file that go into the table as they are.
_DIRECT = (
    *("credit_code", "name", "kind", "status", "registered_on", "industry_code"),
    *("registered_address", "operating_address", "park_id", "contact_name", "contact_phone"),
)
_KEYS = ("name_key", "match_key")  # follow the name
Current = dict[str, Any]


def current_rows(pks: Collection[int]) -> dict[int, Current]:
    """The rows as they are, values as JSON has them; locked where a transaction is open."""
    lock = "FOR NO KEY UPDATE" if connection.in_atomic_block else ""
    names = ", ".join(f"{name}::text" for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, {names} FROM enterprises_enterprise WHERE id = ANY(%s) ORDER BY id {lock}",
            [list(pks)],
        )
        return {
            pk: dict(zip(COLUMNS, map(_plain, COLUMNS, values), strict=True))
            for pk, *values in cursor.fetchall()
        }


def _plain(column: str, text: str | None) -> Any:
    if text is None:
        return None
    if column == "park_id":
        return int(text)
    return text == "true" if column == "is_retired" else text


def wanted(row: Row) -> Current:
    """What the row says, by column of the table; what it does not give is absent."""
    found = {name: row.values[name] for name in _DIRECT if name in row.values}
    if "point" in row.values:
        found["longitude"], found["latitude"], found["given_crs"] = row.values["point"]
    return found


def with_keys(values: Current) -> Current:
    """The same with the keys that follow from the name."""
    if "name" not in values:
        return values
    name = values["name"]
    return {**values, "name_key": pinyin_key(name), "match_key": match_key(name)}


def changes(current: Current, found: Current) -> dict[str, list[Any]]:
    """Column → [now, then] where the row says something else; personal values as ciphertext."""
    found = {**found, "is_retired": False}
    if _same_place(current, found):
        found = {name: value for name, value in found.items() if name not in _PLACE}
    changed = {}
    for name, value in found.items():
        now = current[name]
        if name in ENCRYPTED:
            if unseal(now or "") != value:
                changed[name] = [now, seal(value)]
        elif now != value:
            changed[name] = [now, value]
    return changed


_PLACE = ("longitude", "latitude", "given_crs")


def _same_place(current: Current, found: Current) -> bool:
    """An export says CGCS2000 of every point; that is no other place than the one that was
    converted.
    """
    return "longitude" in found and all(current[name] == found[name] for name in _PLACE[:2])


def new_values(found: Current) -> list[Any]:
    """A new actor's columns in the order of COLUMNS."""
    blank: Current = dict.fromkeys(COLUMNS, "")
    blank |= dict.fromkeys(("credit_code", "registered_on", "longitude", "latitude", "park_id"))
    blank |= {"status": "operating", "is_retired": False}
    values = {**blank, **with_keys(found)}
    for name in ENCRYPTED:
        values[name] = seal(values[name]) if values[name] else ""
    return [values[name] for name in COLUMNS]


def changed_values(current: Current, change: Mapping[str, list[Any]], *, back: bool) -> list[Any]:
    """An actor's columns after a change (or, `back`, before it) in the order of COLUMNS."""
    place = 0 if back else 1
    taken = {name: pair[place] for name, pair in change.items() if name in COLUMNS}
    values = {**current, **with_keys(taken)}
    return [values[name] for name in COLUMNS]
