"""Telling firms what separates them from an entitlement."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.models import Assessment, OneStepNotice
from lianshang.apps.policies.queries import one_step, wording
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Membership, User
from lianshang.core.action import action
from lianshang.core.notices.posting import notify

KIND = "policies.one_step"  # declared in tasks.py


@action("policies.tell_one_step", gettext_lazy("告知企业差一步"))
def tell_firms(*, actor: User, assessments: Collection[int], reason: str = "") -> int:
    """Tell each firm once per policy what it lacks; how many were told. Firms without an account,
    told before, entitled by now, or with nothing that they could do, are left out.
    """
    on = clock.today()
    rows = list(one_step.not_yet_told(one_step.named(actor, assessments, on)))
    now = one_step.as_they_stand(rows, on)
    people = _people(rows)
    told = 0
    for row in rows:
        near, recipients = now.get(row.pk), people.get(row.enterprise.unit_id, [])
        if near is None or not near.way.told.is_possible or not recipients:
            continue
        text = _text(row, near)
        OneStepNotice.objects.create(
            enterprise=row.enterprise, policy=row.policy, text=text, told_by=actor
        )
        notify(
            actor=actor,
            recipients=recipients,
            kind=KIND,
            subject=_("离“%(policy)s”只差一步") % {"policy": wording.policy_name(row.policy)},
            text=text,
            url=f"{reverse('home:index')}?policy={row.policy.code}",
            key=f"policies.one_step:{row.enterprise_id}:{row.policy_id}",
            unit=row.enterprise.unit,
        )
        told += 1
    return told


def _text(row: Assessment, near: one_step.Near) -> str:
    lines = [near.way.text, near.way.timing]
    remark = _("预匹配结果，以主管部门审核为准。只有事实确实如此才算数，不得为达标改动数据。")
    return "\n".join([*filter(None, lines), remark])


def _people(rows: list[Assessment]) -> dict[int, list[User]]:
    """Unit of a firm → who acts for it."""
    units = {row.enterprise.unit_id for row in rows}
    members = Membership.objects.in_force().filter(unit__in=units, role=Role.ENTERPRISE)
    found: dict[int, list[User]] = {}
    for member in members.select_related("user"):
        found.setdefault(member.unit_id, []).append(member.user)
    return found
