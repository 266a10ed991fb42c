"""The smallest deeds of delivery: a row of a case's log, the next step, its duty's clock."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.choices import CaseState, StepKind, StepOutcome
from lianshang.apps.policies.models import DeliveryCase, Instalment, StepEntry
from lianshang.apps.policies.queries.delivery import people_of
from lianshang.apps.policies.queries.instalments import planned
from lianshang.apps.policies.queries.procedures import next_kind
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.notices.actions import notify
from lianshang.core.workflow.actions.builtin import add_missing_kinds
from lianshang.core.workflow.actions.duties import act_on, open_duty, open_duty_quietly
from lianshang.core.workflow.choices import Act, State
from lianshang.core.workflow.models import Duty, DutyKind
from lianshang.core.workflow.telling import members
from lianshang.core.workflow.writing import Details

FIRM_STEPS = (StepKind.PAGE, StepKind.APPLICATION, StepKind.WISH)


@action("policies.lock_case", gettext_lazy("办理兑现个案"))
def lock_case(*, actor: User | None, case: DeliveryCase) -> DeliveryCase:
    """The case as it stands, its row locked until the deed is done."""
    rows = DeliveryCase.objects.select_for_update(of=("self",))
    return rows.select_related("round__policy", "round__office", "enterprise__unit", "duty").get(
        pk=case.pk
    )


@action("policies.duty_kind", gettext_lazy("取兑现事项类别"))
def duty_kind(*, actor: User | None, code: str) -> DutyKind:
    """The kind of duty; added where the zone has never had it."""
    if not DutyKind.objects.filter(code=code).exists():
        add_missing_kinds(actor=actor)
    return DutyKind.objects.get(code=code)


@action("policies.log_step", gettext_lazy("记录兑现环节"))
def log_step(
    *,
    actor: User | None,
    case: DeliveryCase,
    outcome: str,
    reason: str = "",
    data: dict[str, Any] | None = None,
    is_internal: bool = False,
    request_key: str | None = None,
) -> StepEntry:
    """A row about the present step; the firm is told of all that is not internal."""
    entry = StepEntry.objects.create(
        case=case,
        step=case.step,
        outcome=outcome,
        actor=actor,
        at=clock.now(),
        reason=reason[:500],
        data=data or {},
        is_internal=is_internal,
        request_key=request_key,
    )
    if not is_internal and case.duty_id:
        _tell_firm(entry, case)
    return entry


def _tell_firm(entry: StepEntry, case: DeliveryCase) -> None:
    words = {
        "step": entry.get_step_display(),
        "outcome": entry.get_outcome_display(),
        "policy": case.round.policy.name,
    }
    people = [one for one in people_of(case.enterprise) if one.pk != entry.actor_id]
    notify(
        actor=entry.actor,
        recipients=people,
        kind="policies.delivery",
        subject=_("%(policy)s：%(step)s %(outcome)s") % words,
        text=entry.reason,
        url=case.get_absolute_url(),
        key=f"delivery:{case.pk}:{entry.pk}",
    )


@action("policies.start_case", gettext_lazy("启动兑现个案"))
def start_case(*, actor: User | None, case: DeliveryCase, is_quiet: bool = False) -> DeliveryCase:
    """Open the duty: the office owes the firm its payment from now on."""
    case.duty = open_case_duty(
        actor=actor,
        case=case,
        title=_("兑现：%(policy)s") % {"policy": case.round.policy.name[:150]},
        request_key=f"delivery:{case.pk}",
        is_quiet=is_quiet,
    )
    case.state = CaseState.RUNNING
    case.save(update_fields=["duty", "state"])
    return case


@action("policies.open_case_duty", gettext_lazy("交办兑现事项"))
def open_case_duty(
    *, actor: User | None, case: DeliveryCase, title: str, request_key: str, is_quiet: bool
) -> Duty:
    """What the office owes the firm of a case, with its clock."""
    open_it = open_duty_quietly if is_quiet else open_duty
    return open_it(
        actor=actor,
        kind=duty_kind(actor=actor, code="policy.delivery"),
        title=title,
        text=_("批次：%(round)s；企业：%(firm)s")
        % {"round": case.round.title, "firm": case.enterprise.name},
        owner=case.round.office,
        asker=case.enterprise.unit,
        subject=("policies.deliverycase", case.pk),
        request_key=request_key,
    )


@action("policies.tell_office", gettext_lazy("告知单位"))
def tell_office(
    *,
    actor: User | None,
    unit: Unit,
    subject: str,
    text: str,
    url: str,
    key: str,
    otherwise: str = "/duties/",
) -> int:
    """One notice to each colleague about many duties: to the list, or where the person may not
    open that, to `otherwise`; how many.
    """
    people = [one for one in members([unit.pk]) if actor is None or one.pk != actor.pk]
    told = 0
    for may_open, address in ((True, url), (False, otherwise)):
        told += notify(
            actor=actor,
            recipients=[one for one in people if one.may("policies.deliver") == may_open],
            kind="duties.changed",
            subject=subject,
            text=text,
            url=address,
            key=key,
        )
    return told


@action("policies.accept_duty", gettext_lazy("签收兑现事项"))
def accept_duty(*, actor: User | None, case: DeliveryCase) -> None:
    """The office's first deed on a case signs for the duty."""
    duty = case.duty
    if duty is None:
        return
    duty.refresh_from_db()
    if duty.state == State.WAITING:
        act_on(actor=actor, duty=duty, act=Act.ACCEPT)
        duty.refresh_from_db()


@action("policies.wait_for_firm", gettext_lazy("等待企业"))
def wait_for_firm(*, actor: User | None, case: DeliveryCase, reason: str, entry: StepEntry) -> None:
    """The clock stands still from the notice to the firm until it answers."""
    accept_duty(actor=actor, case=case)
    told = len(people_of(case.enterprise))
    proof = _("%(at)s 站内通知企业（%(n)s 个账号），办理记录第 %(entry)s 号") % {
        "at": f"{clock.now().astimezone(clock.zone_time()):%Y-%m-%d %H:%M}",
        "n": told,
        "entry": entry.pk,
    }
    assert case.duty is not None
    act_on(actor=actor, duty=case.duty, act=Act.PAUSE, reason=reason, details=Details(proof=proof))
    case.state = CaseState.WAITING
    case.save(update_fields=["state"])


@action("policies.plan_instalments", gettext_lazy("排定分期"))
def plan_instalments(*, actor: User | None, case: DeliveryCase) -> None:
    """Cut what was approved into the parts that the policy names; once, and then it stays."""
    if not case.instalments.exists():
        Instalment.objects.bulk_create(planned(case))


@action("policies.enter_step", gettext_lazy("进入兑现环节"))
def enter_step(*, actor: User | None, case: DeliveryCase, step: str) -> DeliveryCase:
    """The case comes to a step; one at which the firm acts stops the clock or claims the end."""
    case.step, case.step_since = step, clock.now()
    if step in (StepKind.NOTICE, StepKind.PAYMENT_LETTER) and case.approved is None:
        if not case.declared:
            raise ValidationError(_("没有金额：请先在个案页核定金额。"))
        case.approved = case.declared
    case.save(update_fields=["step", "step_since", "approved"])
    if step == StepKind.PAYMENT_LETTER:
        plan_instalments(actor=actor, case=case)
    if step == StepKind.WISH:
        text = _("请确认是否享受，并填写收款账户")
        entry = log_step(actor=actor, case=case, outcome=StepOutcome.ENTERED, reason=text)
        wait_for_firm(actor=actor, case=case, reason=text, entry=entry)
    return case


@action("policies.next_step", gettext_lazy("转入下一环节"))
def next_step(*, actor: User | None, case: DeliveryCase) -> DeliveryCase:
    """On to the step that follows; after the receipt the office has done what it owed."""
    done, following = case.step, next_kind(case)
    if following:
        enter_step(actor=actor, case=case, step=following)
    if done == StepKind.RECEIPT:
        paid = sum((one.amount for one in case.receipts.all()), Decimal(0))
        text = _("已登记到账 %(amount)s 元") % {"amount": f"{paid:,.2f}"}
        assert case.duty is not None
        answered = case.duty.state in (State.CLAIMED, State.CLOSED)  # with the part before
        if not (answered and case.instalments.exists()):
            act_on(actor=actor, duty=case.duty, act=Act.CLAIM, reason=text)
        case.state = CaseState.PAID
        case.save(update_fields=["state"])
    return case
