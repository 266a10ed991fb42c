"""Writing the access log."""

from django.db import models
from django.utils.translation import gettext_lazy

from lianshang.core.accounts.models import User
from lianshang.core.action import action, request_id
from lianshang.core.audit.models import AccessLog


@action("audit.record_access", gettext_lazy("记录访问"))
def record_access(
    *,
    actor: User | None,
    kind: str,
    subject: models.Model | None = None,
    label: str = "",
    text: str = "",
    purpose: str = "",
) -> AccessLog:
    """Log one look; committed before the response leaves: the verb is its own transaction."""
    units = "、".join(sorted({m.unit.name for m in actor.current_memberships})) if actor else ""
    return AccessLog.objects.create(
        user=actor,
        kind=kind,
        subject_label=subject._meta.label_lower if subject else label,
        subject_pk=subject.pk if subject else None,
        subject_text=(str(subject) if subject else text)[:200],
        purpose=purpose[:200],
        unit_names=units[:200],
        request_id=request_id.get() or "",
    )
