"""Opening a round, its list, what the office does for all its cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.actions.guides import open_guide_duty
from lianshang.apps.policies.actions.procedures import add_missing_procedures
from lianshang.apps.policies.actions.steps import (
    accept_duty,
    duty_kind,
    log_step,
    next_step,
    start_case,
    tell_office,
)
from lianshang.apps.policies.choices import CaseState, Channel, StepKind, StepOutcome
from lianshang.apps.policies.models import (
    DeliveryCase,
    DeliveryRound,
    Policy,
    Procedure,
    RoundOpinion,
)
from lianshang.apps.policies.queries.answers import Answer
from lianshang.apps.policies.queries.delivery import (
    doubled,
    earlier_case,
    entitled_today,
    ground_of,
    period_of,
)
from lianshang.apps.policies.queries.procedures import frozen
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.workflow.actions.duties import open_duty_quietly
from lianshang.core.workflow.models import Origin

CHANNELS = (Channel.AUTOMATIC, Channel.FAST, Channel.APPLICATION)


@action("policies.open_round", gettext_lazy("启动兑现批次"))
def open_round(
    *,
    actor: User,
    policy: Policy,
    title: str,
    office: Unit,
    year: int,
    request_key: str | None = None,
) -> DeliveryRound:
    """A round of the policy's channel; the automatic one begins with the firms entitled today."""
    before = DeliveryRound.objects.filter(request_key=request_key).first()
    if request_key and before:
        return before
    if policy.channel not in CHANNELS:
        raise ValidationError(_("这项政策由企业自行判别、申报享受，不经兑现批次。"))
    if policy.is_retired:
        raise ValidationError(_("这项政策已停用，不能启动兑现批次。"))
    if office.pk not in actor.unit_ids():
        raise PermissionDenied(_("您不在主办单位，不能以它的名义启动批次。"))
    add_missing_procedures(actor=actor)
    procedure = Procedure.objects.get(channel=policy.channel)
    steps = frozen(list(procedure.steps.all()))
    delivery = DeliveryRound.objects.create(
        policy=policy,
        title=title,
        office=office,
        channel=policy.channel,
        year=year,
        steps=steps,
        notice_days=procedure.notice_days,
        opened_by=actor,
        request_key=request_key,
    )
    open_guide_duty(actor=actor, policy=policy, office=office)
    if policy.channel == Channel.AUTOMATIC:
        for firm, answer in entitled_today(policy, clock.today()):
            _list_firm(actor, delivery, firm, answer)
    return delivery


def _list_firm(actor: User, delivery: DeliveryRound, firm: Enterprise, answer: Answer) -> None:
    """On the list, or beside it with the reason where the firm already has its place."""
    period = period_of(delivery.policy, delivery.year)
    earlier = earlier_case(family=delivery.policy.family, firm=firm, period=period)
    case = DeliveryCase.objects.create(
        round=delivery,
        enterprise=firm,
        family=delivery.policy.family,
        period=period,
        step=delivery.kinds[0],
        step_since=clock.now(),
        state=CaseState.EXCLUDED if earlier else CaseState.LISTED,
        declared=answer.amount,
        ground=ground_of(answer, clock.today()),
    )
    if earlier:
        log_step(actor=actor, case=case, outcome=StepOutcome.FAILED, reason=doubled(earlier))


@action("policies.send_list", gettext_lazy("发出兑现名单"))
def send_list(*, actor: User, delivery: DeliveryRound, reason: str = "") -> int:
    """The reviewed list goes out: each firm on it is owed its payment; how many were sent."""
    cases = delivery.cases.select_for_update(of=("self",)).filter(state=CaseState.LISTED)
    sent = 0
    for case in cases.select_related("enterprise__unit", "round__policy", "round__office"):
        start_case(actor=actor, case=case, is_quiet=True)
        accept_duty(actor=actor, case=case)
        log_step(actor=actor, case=case, outcome=StepOutcome.PASSED, reason=reason)
        next_step(actor=actor, case=case)
        sent += 1
    if not sent:
        raise ValidationError(_("名单里没有待发出的企业。"))
    words = {"office": delivery.office.name, "n": sent}
    tell_office(
        actor=actor,
        unit=delivery.office,
        subject=_("%(office)s：本批 %(n)s 件待办理") % words,
        text=delivery.title,
        url=delivery.get_absolute_url(),
        key=f"list:{delivery.pk}:{clock.now().isoformat()}",
    )
    return sent


@action("policies.ask_opinions", gettext_lazy("征求部门意见"))
def ask_opinions(
    *, actor: User, delivery: DeliveryRound, units: Sequence[Unit], text: str
) -> list[RoundOpinion]:
    """A duty with its own clock to each department, told once however many firms are in the
    round; one that was asked is not asked again.
    """
    if StepKind.OPINIONS not in delivery.kinds:
        raise ValidationError(_("这个批次的流程没有“部门意见”环节。"))
    kind = duty_kind(actor=actor, code="policy.opinion")
    asked = []
    waiting = delivery.cases.filter(state__in=(CaseState.RUNNING, CaseState.WAITING)).count()
    for unit in units:
        if unit.pk == delivery.office_id:
            raise ValidationError({"units": _("主办单位自己不用征求意见。")})
        duty = open_duty_quietly(
            actor=actor,
            kind=kind,
            title=_("征求意见：%(round)s") % {"round": delivery.title},
            text=text,
            owner=unit,
            asker=delivery.office,
            subject=("policies.deliveryround", delivery.pk),
            request_key=f"opinion:{delivery.pk}:{unit.pk}",
        )
        opinion, _new = RoundOpinion.objects.get_or_create(
            round=delivery, unit=unit, defaults={"duty": duty}
        )
        words = {"office": unit.name, "n": waiting}
        tell_office(
            actor=actor,
            unit=unit,
            subject=_("%(office)s：本批 %(n)s 件待出具意见") % words,
            text=f"{delivery.title}：{text}"[:500],
            url=f"{delivery.get_absolute_url()}?step={StepKind.OPINIONS}",
            key=f"opinion:{delivery.pk}:{unit.pk}",
            otherwise=duty.get_absolute_url(),
        )
        asked.append(opinion)
    return asked


@action("policies.record_decision", gettext_lazy("登记会议审定"))
def record_decision(
    *,
    actor: User,
    delivery: DeliveryRound,
    decided_on: date,
    decision: str = "",
    meeting: Origin | None = None,
) -> DeliveryRound:
    """The meeting that decided: one of the program's, or its day and number."""
    if decided_on > clock.today():
        raise ValidationError({"decided_on": _("会议日期不能在今天之后。")})
    if not decision and meeting is None:
        raise ValidationError({"decision": _("请填会议纪要文号，或选择一次会议。")})
    delivery.decided_on, delivery.decision, delivery.meeting = decided_on, decision, meeting
    delivery.save(update_fields=["decided_on", "decision", "meeting"])
    return delivery
