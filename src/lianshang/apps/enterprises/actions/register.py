"""Verbs on the register: correcting a row, assigning officers."""

from typing import Any

from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.choices import ActorStatus
from lianshang.apps.enterprises.events import EnterprisesChanged, FactsChanged
from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.events import publish


@action("enterprises.correct", gettext_lazy("更正登记"))
def correct_enterprise(
    *, actor: User | None, enterprise: Enterprise, changes: dict[str, Any], reason: str
) -> Enterprise:
    """Change what the register says of a firm; the row before stays in its history."""
    was_operating = enterprise.status == ActorStatus.OPERATING
    is_operating = changes.get("status", enterprise.status) == ActorStatus.OPERATING
    if was_operating != is_operating:
        changes = {**changes, "inactive_since": None if is_operating else clock.today()}
    for column, value in changes.items():
        setattr(enterprise, column, value)
    enterprise.save(update_fields=[*changes])
    publish(EnterprisesChanged((enterprise.pk,)))
    publish(FactsChanged((enterprise.pk,), ()))  # values derived from the register may differ now
    return enterprise


@action("officers.assign", gettext_lazy("安排服务专员"))
def assign_officer(
    *, actor: User | None, enterprise: Enterprise, officer: User, reason: str = ""
) -> ServiceOfficer:
    """Let an officer serve a firm from today; doing it twice changes nothing."""
    serving, _created = ServiceOfficer.objects.get_or_create(
        enterprise=enterprise, user=officer, until=None
    )
    return serving


@action("officers.release", gettext_lazy("结束服务关系"))
def release_officer(*, actor: User | None, serving: ServiceOfficer, reason: str) -> None:
    """End a service relation as of today."""
    serving.until = clock.today()
    serving.save(update_fields=["until"])
