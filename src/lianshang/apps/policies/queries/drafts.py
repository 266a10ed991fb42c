"""Questions about drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import DraftState
from lianshang.apps.policies.models import PolicyDraft
from lianshang.apps.policies.queries.wording import label
from lianshang.core import clock

if TYPE_CHECKING:
    from django.db.models import QuerySet


def due_for_publication() -> QuerySet[PolicyDraft]:
    """Approved, and the day has come."""
    return PolicyDraft.objects.filter(state=DraftState.APPROVED, publish_on__lte=clock.today())


def facts(words: str = "") -> list[dict[str, Any]]:
    """What an expression may name: every fact with its label and unit; of an annual one the last
    completed year and the two before it.
    """
    found = []
    for variable in catalogue().variables.values():
        quantity, back = variable.quantity, variable.years_back
        if back is not None and back > 2:
            continue
        entry = {
            "name": variable.name,
            "label": label(quantity.label),
            "unit": str(quantity.dimension) if quantity.type == "number" else "",
            "type": quantity.type,
            "back": back,
            "note": label(quantity.note),
            "codes": [f"{code} {label(text)}" for code, text in quantity.codes.items()][:40],
        }
        text = f"{entry['name']} {entry['label']} {entry['note']}".lower()
        if all(word in text for word in words.lower().split()):
            found.append(entry)
    return found
