"""Questions to the logs: which deeds were done, what they changed, who looked at what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pghistory
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Field, Model, OuterRef, QuerySet, Subquery
from pghistory.models import Context

from lianshang.core.accounts.models import User
from lianshang.core.audit.models import AccessLog
from lianshang.core.privacy import EncryptedTextField
from lianshang.core.ui import formats

SHOWN_ROWS = 50  # of one deed; an import changes many thousands


@dataclass(frozen=True)
class Change:
    """A field before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class ChangedRow:
    """A row that a deed added, changed or deleted."""

    kind: str  # of the thing: 用户
    label: str  # insert, update, delete
    text: str
    changes: list[Change]


def actions_visible_to(user: User) -> QuerySet[Context]:
    """Every deed that left history, for the audit administrator; none for others."""
    deeds = Context.objects.filter(metadata__has_key="action")
    return deeds if user.may("audit.view") else deeds.none()


def accesses_visible_to(user: User) -> QuerySet[AccessLog]:
    """Every look, for the audit administrator; none for others."""
    log = AccessLog.objects.select_related("user")
    return log if user.may("audit.view") else log.none()


def rows_changed(deed: Context) -> tuple[list[ChangedRow], int]:
    """What a deed changed: its first rows with before and after, and how many there are in all."""
    rows: list[ChangedRow] = []
    total = 0
    for event_model in event_models():
        events = event_model._default_manager.filter(pgh_context_id=deed.pk)
        count = events.count()
        total += count
        if count and len(rows) < SHOWN_ROWS:
            rows += _described(events.order_by("pgh_id")[: SHOWN_ROWS - len(rows)], event_model)
    return rows, total


def event_models() -> Iterable[Any]:
    """The history table of every tracked model, in the order of their names."""
    models: Iterable[Any] = pghistory.core.event_models()
    return sorted(models, key=lambda model: str(model._meta.label))


def _described(events: QuerySet[Any], model: Any) -> list[ChangedRow]:
    earlier = (
        model._default_manager.filter(
            pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
        )
        .order_by("-pgh_id")
        .values("pgh_id")[:1]
    )
    found = list(events.annotate(earlier=Subquery(earlier)))
    befores = model._default_manager.in_bulk([event.earlier for event in found if event.earlier])
    kind = str(model.pgh_tracked_model._meta.verbose_name)
    return [
        ChangedRow(
            kind,
            event.pgh_label,
            f"{kind} #{event.pgh_obj_id}",
            _changes(befores.get(event.earlier), event),
        )
        for event in found
    ]


def _changes(before: Model | None, event: Any) -> list[Change]:
    """The fields in which two history rows differ; without an earlier, all that have a value."""
    changes = []
    for field in event.pgh_tracked_model._meta.concrete_fields:
        if field.primary_key or not hasattr(event, field.attname):
            continue
        old = _said(before, field) if before else formats.NOTHING
        new = formats.NOTHING if event.pgh_label == "delete" else _said(event, field)
        if event.pgh_label == "delete":
            old = _said(event, field)
        if old != new:
            changes.append(Change(str(field.verbose_name), old, new))
    return changes


def _said(event: Any, field: "Field[Any, Any]") -> str:
    """A field of a history row as text: names for keys and choices, personal data masked."""
    if isinstance(field, EncryptedTextField):
        personal = field.personal
        value = getattr(event, field.attname) or ""
        return personal.mask(value) if personal and value else formats.text(value)
    if field.is_relation:
        try:
            return formats.text(getattr(event, field.name))
        except ObjectDoesNotExist:
            return f"#{getattr(event, field.attname)}"
    display = getattr(event, f"get_{field.name}_display", None)
    return formats.text(display() if display else getattr(event, field.attname))
