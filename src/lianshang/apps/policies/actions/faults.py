"""A policy that cannot be answered stands still; its owner is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.models import EvaluationFault, EvaluationRun, Policy, Tally
from lianshang.core import clock
from lianshang.core.accounts.choices import PERMISSIONS
from lianshang.core.accounts.models import Membership, User
from lianshang.core.action import action
from lianshang.core.notices.actions import notify
from lianshang.core.notices.kinds import register_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

KIND = register_kind("policies.fault", gettext_lazy("政策规则出错"))
WRITES = [role for role, granted in PERMISSIONS.items() if "policies.write" in granted]


@action("policies.record_faults", gettext_lazy("记录评估故障"))
def record_faults(
    *,
    actor: User | None,
    run: EvaluationRun,
    faults: Mapping[str, str],
    answered: Collection[str],
) -> None:
    """Keep what stopped which policy; those that were answered again are mended."""
    open_ = EvaluationFault.objects.filter(mended_at__isnull=True)
    Tally.objects.filter(policy__code__in=answered).update(is_stopped=False)
    open_.filter(policy__code__in=answered).update(mended_at=clock.now())
    if not faults:
        return
    known = set(open_.values_list("policy__code", "message"))
    in_force = Q(valid_until__isnull=True) | Q(valid_until__gte=run.on)
    stopped = Policy.objects.current().filter(in_force, code__in=faults, valid_from__lte=run.on)
    for policy in stopped.select_related("owner"):
        if (policy.code, faults[policy.code]) not in known:
            open_.filter(policy=policy).update(mended_at=clock.now())  # another fault now
            fault = EvaluationFault.objects.create(
                run=run, policy=policy, message=faults[policy.code]
            )
            _tell_owner(actor, fault)
    Tally.objects.filter(policy__in=stopped).update(is_stopped=True)


def _tell_owner(actor: User | None, fault: EvaluationFault) -> None:
    policy = fault.policy
    members = Membership.objects.in_force().select_related("user")
    owners = members.filter(unit=policy.owner_id) if policy.owner_id else members.none()
    text = _(
        "“%(policy)s”没有评估：%(message)s 其他政策照常评估；列表仍显示它上一次的结果。"
        "请修改规则后重新评估。"
    )
    notify(
        actor=actor,
        recipients=[one.user for one in owners or members.filter(role__in=WRITES)],
        kind=KIND.name,
        subject=_("政策规则出错：%(policy)s") % {"policy": policy.name},
        text=text % {"policy": policy.name, "message": fault.message},
        url=reverse("policies:detail", args=[policy.pk]),
        key=f"{KIND.name}:{fault.pk}",
    )
