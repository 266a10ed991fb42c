"""Taking enterprises back: changed ones to what they were, new ones out of the register.

What somebody changed since stays as it is, and a new firm that others already refer to stays in the
register:
both are listed with their row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

import pghistory.models
from django.db import connection
from django.db.models import ForeignObjectRel, Model

from lianshang.apps.enterprises.models import Enterprise, Fact, FormerName
from lianshang.apps.enterprises.queries.ledger import present_facts
from lianshang.apps.enterprises.registers import enterprise_writing as writing
from lianshang.apps.enterprises.registers.enterprise_columns import (
    COLUMNS,
    changed_values,
    current_rows,
)
from lianshang.core.accounts.models import Unit
from lianshang.core.imports.choices import RowState

if TYPE_CHECKING:
    from lianshang.core.imports.models import ImportBatch
    from lianshang.core.imports.registry import Row

# A new row that still is what it was when it was written: its first history row says the same.
UNTOUCHED = f"""
    SELECT e.id FROM enterprises_enterprise e
      JOIN enterprises_enterpriseevent v ON v.pgh_obj_id = e.id AND v.pgh_label = 'insert'
     WHERE e.id = ANY(%s)
       AND ({", ".join(f"e.{name}" for name in COLUMNS)})
           IS NOT DISTINCT FROM ({", ".join(f"v.{name}" for name in COLUMNS)})
"""


def take_back(batch: ImportBatch, rows: Sequence[Row]) -> None:
    """Undo rows of the enterprise register; their state says what became of each."""
    subjects = {row.subject for row in rows if row.subject is not None}
    current = current_rows(subjects)
    _restore([row for row in rows if row.state == RowState.UPDATED], current)
    _retire(batch, [row for row in rows if row.state == RowState.CREATED], current)
    FormerName.objects.filter(batch=batch, enterprise__in=subjects).delete()
    writing.announce(subjects)


def _restore(rows: Sequence[Row], current: dict[int, dict[str, Any]]) -> None:
    values: dict[int, list[Any]] = {}
    for row in rows:
        now = current[row.subject or 0]
        change = {name: pair for name, pair in (row.before or {}).items() if name in COLUMNS}
        kept = {name for name, (_before, after) in change.items() if now[name] != after}
        for name in sorted(kept):
            row.warn(
                "changed_since", name, _told(name, now[name]), after=_told(name, change[name][1])
            )
        back = {name: pair for name, pair in change.items() if name not in kept}
        if back:
            restored = changed_values(now, back, back=True)
            values[row.subject or 0] = restored
            current[row.subject or 0] = dict(zip(COLUMNS, restored, strict=True))
        row.state = RowState.KEPT if kept else RowState.UNDONE
    writing.update(values)


def _told(name: str, value: Any) -> str:
    return "***" if name.startswith("contact_") else str(value if value is not None else "")


def _retire(batch: ImportBatch, rows: Sequence[Row], current: dict[int, dict[str, Any]]) -> None:
    subjects = [row.subject for row in rows if row.subject is not None]
    with connection.cursor() as cursor:
        cursor.execute(UNTOUCHED, [subjects])
        untouched = {key for (key,) in cursor.fetchall()}
    used = referring(subjects, batch)
    gone: dict[int, list[Any]] = {}
    for row in rows:
        key = row.subject or 0
        if key in used:
            row.warn("referred_to", "name", what="、".join(used[key]))
        elif key not in untouched:
            row.warn("changed_since", "name", current[key]["name"], after=row.cells.get("name", ""))
        else:
            gone[key] = [*list(current[key].values())[:-1], True]
        row.state = RowState.UNDONE if key in gone else RowState.KEPT
    writing.update(gone)


def referring(subjects: Collection[int], batch: ImportBatch) -> dict[int, list[str]]:
    """Actor → the names of tables that hold something about it which this batch did not bring.

    A table of computed rows says so by a class attribute `is_computed = True`; such rows do not
    count.
    """
    found: dict[int, list[str]] = defaultdict(list)
    units = dict(Enterprise.objects.filter(pk__in=subjects).values_list("unit_id", "pk"))
    for keys, relations in (
        ({pk: pk for pk in subjects}, Enterprise._meta.related_objects),
        (units, Unit._meta.related_objects),
    ):
        for relation in relations:
            for key in _references(relation, keys, batch):
                found[keys[key]].append(str(relation.related_model._meta.verbose_name))
    return found


def _references(relation: ForeignObjectRel, keys: Collection[int], batch: ImportBatch) -> set[int]:
    model: type[Model] = relation.related_model
    computed = getattr(model, "is_computed", False)
    if computed or model in {Enterprise, FormerName} or issubclass(model, pghistory.models.Event):
        return set()
    name = relation.field.name
    rows = present_facts() if model is Fact else model._default_manager.all()
    rows = rows.filter(**{f"{name}__in": keys})
    if any(field.name == "batch" for field in model._meta.get_fields()):
        rows = rows.exclude(batch=batch)
    return set(rows.order_by().values_list(name, flat=True).distinct())
