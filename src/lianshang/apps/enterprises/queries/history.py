"""What happened to a firm's row, and who looked at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps

from lianshang.core.audit.models import AccessLog
from lianshang.core.privacy import EncryptedTextField

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from lianshang.apps.enterprises.models import Enterprise

SHOWN = 50
NOT_SHOWN = frozenset({"name_key", "match_key", "facts_version", "longitude", "latitude"})


@dataclass(frozen=True)
class Difference:
    """One column before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of the row, with its context."""

    at: datetime
    actor: str
    action: str
    reason: str
    differences: list[Difference]


def changes_of(enterprise: Enterprise) -> list[Change]:
    """The latest changes of a firm's row, newest first; personal columns say only that they
    changed.
    """
    events = list(
        apps.get_model("enterprises", "EnterpriseEvent")
        .objects.filter(pgh_obj=enterprise.pk)
        .select_related("pgh_context", "park")
        .order_by("-pgh_id")[: SHOWN + 1]
    )
    pairs = zip(events, [*events[1:], None], strict=True)
    return [_change(event, earlier) for event, earlier in pairs][:SHOWN]


def _change(event: Any, earlier: Any) -> Change:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    return Change(
        at=event.pgh_created_at,
        actor=metadata.get("actor_name") or "",
        action=metadata.get("action") or event.pgh_label,
        reason=metadata.get("reason") or "",
        differences=_differences(event, earlier) if earlier else [],
    )


def _differences(event: Any, earlier: Any) -> list[Difference]:
    found = []
    for field in event._meta.concrete_fields:
        if field.name.startswith("pgh_") or field.name in NOT_SHOWN:
            continue
        before, after = getattr(earlier, field.attname), getattr(event, field.attname)
        if before == after:
            continue
        hidden = isinstance(field, EncryptedTextField)
        texts = ("＊", "＊") if hidden else (_text(earlier, field.name), _text(event, field.name))
        found.append(Difference(str(field.verbose_name), *texts))
    return found


def _text(event: Any, name: str) -> str:
    display = getattr(event, f"get_{name}_display", None)
    value = display() if display else getattr(event, name)
    return "" if value is None else str(value)


def accesses_of(enterprise: Enterprise) -> QuerySet[AccessLog]:
    """Who looked at this firm, newest first."""
    looked = AccessLog.objects.filter(
        subject_label=enterprise._meta.label_lower, subject_pk=enterprise.pk
    )
    return looked.select_related("user").order_by("-at")[:SHOWN]
