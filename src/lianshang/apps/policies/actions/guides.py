"""申兑指南: owed for every policy that is delivered, then published."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.actions.steps import duty_kind
from lianshang.apps.policies.models import Guide, Policy
from lianshang.apps.policies.queries.guides import guide_draft, without_guide
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.workflow.actions.duties import act_on, open_duty
from lianshang.core.workflow.choices import Act, State


@action("policies.open_guide_duty", gettext_lazy("交办申兑指南"))
def open_guide_duty(*, actor: User | None, policy: Policy, office: Unit) -> Guide:
    """The office owes the guide; a policy that has one, or owes one, is left as it is."""
    if known := Guide.objects.filter(policy=policy).first():
        return known
    duty = open_duty(
        actor=actor,
        kind=duty_kind(actor=actor, code="policy.guide"),
        title=_("申兑指南：%(policy)s") % {"policy": policy.name[:150]},
        text=_("写明对象、条件、办理时限、地址和电话，发布后企业可见。"),
        owner=office,
        asker=office,
        subject=("policies.policy", policy.pk),
        request_key=f"guide:{policy.pk}",
    )
    return Guide.objects.create(policy=policy, duty=duty, **guide_draft(policy))


@action("policies.open_due_guides", gettext_lazy("交办缺少的申兑指南"))
def open_due_guides(*, actor: User | None) -> int:
    """For every policy that was published for delivery and has none; how many."""
    missing = list(without_guide())
    for policy in missing:
        assert policy.owner is not None
        open_guide_duty(actor=actor, policy=policy, office=policy.owner)
    return len(missing)


@action("policies.publish_guide", gettext_lazy("发布申兑指南"))
def publish_guide(
    *,
    actor: User,
    guide: Guide,
    object: str,
    conditions: str,
    time_limit: str,
    address: str,
    phone: str,
) -> Guide:
    """Publish it; the duty is done with that."""
    if guide.duty.owner_id not in actor.unit_ids():
        raise ValidationError(_("申兑指南由“%(unit)s”发布。") % {"unit": guide.duty.owner.name})
    guide.object, guide.conditions, guide.time_limit = object, conditions, time_limit
    guide.address, guide.phone, guide.published_at = address, phone, clock.now()
    guide.save()
    duty = guide.duty
    if duty.state == State.WAITING:
        act_on(actor=actor, duty=duty, act=Act.ACCEPT)
    duty.refresh_from_db()
    if duty.state == State.WORKING:
        act_on(actor=actor, duty=duty, act=Act.CLAIM, reason=_("申兑指南已发布"))
        act_on(actor=actor, duty=duty, act=Act.CONFIRM)
    return guide
