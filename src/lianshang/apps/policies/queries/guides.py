"""What a guide begins with, and which policies still owe theirs."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lianshang.apps.policies.choices import Channel
from lianshang.apps.policies.models import Policy


def guide_draft(policy: Policy) -> dict[str, str]:
    """Conditions from the policy's clauses, its time limit; the contact is the office's to give."""
    definition = policy.definition
    clauses = [label["zh"] for label in _labels(definition.get("require", {}))]
    deadline = (definition.get("deadline") or {}).get("zh", "")
    return {
        "object": _("符合下列条件的企业")[:300],
        "conditions": "\n".join(clauses),
        "time_limit": deadline[:200],
        "address": "",
        "phone": "",
    }


def _labels(group: object) -> list[dict[str, str]]:
    """The labels of all clauses of a tree, in order."""
    if isinstance(group, list):
        return [label for one in group for label in _labels(one)]
    if not isinstance(group, dict):
        return []
    if "when" in group and "label" in group:
        return [group["label"]]
    return [label for one in group.values() for label in _labels(one)]


def without_guide() -> QuerySet[Policy]:
    """Published here for delivery, with an office, and no guide owed or made."""
    channels = (Channel.AUTOMATIC, Channel.FAST, Channel.APPLICATION)
    return Policy.objects.current().filter(
        channel__in=channels, published_on__isnull=False, owner__isnull=False, guide__isnull=True
    )
