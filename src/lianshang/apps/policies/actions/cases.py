"""What the office does with one case, and with many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.actions.steps import (
    accept_duty,
    lock_case,
    log_step,
    next_step,
    wait_for_firm,
)
from lianshang.apps.policies.choices import CaseState, StepKind, StepOutcome
from lianshang.apps.policies.models import DeliveryCase, StepEntry
from lianshang.apps.policies.queries.delivery import (
    doubled,
    earlier_case,
    is_skippable,
    obstacle,
    stacked_with,
)
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.choices import Act, State

# What may be done with a case in bulk; each needs a reason but the first.
PASS, RETURN, DECLINE, SKIP, EXCLUDE, INCLUDE = (
    "pass", "return", "decline", "skip", "exclude", "include",
)  # fmt: skip
DEEDS = {
    PASS: gettext_lazy("通过"),
    RETURN: gettext_lazy("退回补正"),
    DECLINE: gettext_lazy("不予兑现"),
    SKIP: gettext_lazy("不需要此环节"),
    EXCLUDE: gettext_lazy("移出名单"),
    INCLUDE: gettext_lazy("移回名单"),
}


@action("policies.review_case", gettext_lazy("办理兑现个案"))
def review_case(
    *,
    actor: User,
    case: DeliveryCase,
    deed: str,
    reason: str = "",
    missing: Sequence[str] = (),
    request_key: str | None = None,
) -> DeliveryCase:
    """One deed with one case; the same request key never does it twice. Refuses with the reason."""
    case = lock_case(actor=actor, case=case)
    if case.round.office_id not in actor.unit_ids() or not actor.may("policies.deliver"):
        raise PermissionDenied(_("这个个案由“%s”办理。") % case.round.office.name)
    if request_key and StepEntry.objects.filter(case=case, request_key=request_key).exists():
        return case
    if deed != PASS and not reason.strip():
        raise ValidationError({"reason": _("请写明理由：企业会看到。")})
    if deed in (EXCLUDE, INCLUDE):
        return _list_again(actor, case, deed, reason, request_key)
    if deed == DECLINE:
        return _decline(actor, case, reason, request_key)
    if refusal := obstacle(case):
        skipping = deed == SKIP and case.state == CaseState.RUNNING
        if deed == PASS or not (skipping or _may_return(case, deed)):
            raise ValidationError(refusal)
    if deed == RETURN:
        return _return(actor, case, reason, missing, request_key)
    if deed == SKIP and not is_skippable(case):
        raise ValidationError(
            _("“%(step)s”是必经环节，不能跳过。") % {"step": case.get_step_display()}
        )
    accept_duty(actor=actor, case=case)
    outcome = StepOutcome.NOT_NEEDED if deed == SKIP else StepOutcome.PASSED
    log_step(actor=actor, case=case, outcome=outcome, reason=reason, request_key=request_key)
    return next_step(actor=actor, case=case)


def _may_return(case: DeliveryCase, deed: str) -> bool:
    """A material or an account may be asked for while a letter or a meeting is still to come."""
    return deed == RETURN and case.state == CaseState.RUNNING and case.step != StepKind.RECEIPT


def _list_again(
    actor: User, case: DeliveryCase, deed: str, reason: str, request_key: str | None
) -> DeliveryCase:
    wanted = CaseState.LISTED if deed == EXCLUDE else CaseState.EXCLUDED
    if case.state != wanted:
        raise ValidationError(_("名单已发出，或已是这个状态，不能再%s。") % DEEDS[deed])
    earlier = earlier_case(
        family=case.family, firm=case.enterprise, period=case.period, besides=case
    )
    if deed == INCLUDE and earlier:
        raise ValidationError(doubled(earlier))
    case.state = CaseState.EXCLUDED if deed == EXCLUDE else CaseState.LISTED
    case.save(update_fields=["state"])
    outcome = StepOutcome.NOT_NEEDED if deed == EXCLUDE else StepOutcome.ENTERED
    log_step(actor=actor, case=case, outcome=outcome, reason=reason, request_key=request_key)
    return case


def _return(
    actor: User,
    case: DeliveryCase,
    reason: str,
    missing: Sequence[str],
    request_key: str | None,
) -> DeliveryCase:
    """Back to the firm for what is missing: from the notice to its answer no time is counted."""
    case.missing = [one.strip() for one in missing if one.strip()]
    case.save(update_fields=["missing"])
    entry = log_step(
        actor=actor,
        case=case,
        outcome=StepOutcome.RETURNED,
        reason=reason,
        data={"missing": case.missing},
        request_key=request_key,
    )
    wait_for_firm(actor=actor, case=case, reason=reason, entry=entry)
    return case


def _decline(actor: User, case: DeliveryCase, reason: str, request_key: str | None) -> DeliveryCase:
    """The office's answer is no; the firm hears why and may dispute it."""
    if case.state not in (CaseState.RUNNING, CaseState.WAITING):
        raise ValidationError(
            _("这个个案现在是“%(state)s”，不能再办。") % {"state": case.get_state_display()}
        )
    if case.receipts.exists():
        raise ValidationError(_("已经有到账回单，不能改为不予兑现。"))
    accept_duty(actor=actor, case=case)
    assert case.duty is not None
    if case.duty.state == State.PAUSED:
        act_on(actor=actor, duty=case.duty, act=Act.RESUME, reason=reason)
    act_on(actor=actor, duty=case.duty, act=Act.CLAIM, reason=reason)
    case.state = CaseState.DECLINED
    case.save(update_fields=["state"])
    outcome = StepOutcome.FAILED if case.step == StepKind.CREDIT_CHECK else StepOutcome.DECLINED
    log_step(actor=actor, case=case, outcome=outcome, reason=reason, request_key=request_key)
    return case


@dataclass(frozen=True)
class CaseOutcome:
    """What became of one case of a bulk deed."""

    case: DeliveryCase
    refused: str = ""


@action("policies.review_cases", gettext_lazy("批量办理兑现个案"))
def review_cases(
    *,
    actor: User,
    cases: Iterable[DeliveryCase],
    deed: str,
    reason: str = "",
    missing: Sequence[str] = (),
    request_key: str | None = None,
) -> list[CaseOutcome]:
    """The same deed with many; those that refuse it stay as they are and say why."""
    outcomes = []
    for case in sorted(cases, key=lambda one: one.pk):  # always locked in one order
        try:
            with transaction.atomic():
                review_case(
                    actor=actor,
                    case=case,
                    deed=deed,
                    reason=reason,
                    missing=missing,
                    request_key=request_key,
                )
            outcomes.append(CaseOutcome(case))
        except (ValidationError, PermissionDenied) as refusal:
            words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
            outcomes.append(CaseOutcome(case, "；".join(words)))
    return outcomes


@action("policies.set_approved", gettext_lazy("核定金额"))
def set_approved(*, actor: User, case: DeliveryCase, approved: Decimal, reason: str) -> None:
    """What is granted, with the reason where it differs; not after it stood in a notice."""
    case = lock_case(actor=actor, case=case)
    late = (StepKind.NOTICE, StepKind.PAYMENT_LETTER, StepKind.RECEIPT, StepKind.RATING)
    if case.step in late or case.state not in (CaseState.LISTED, CaseState.RUNNING):
        raise ValidationError(_("公示开始以后不能再改核定金额。"))
    if approved <= 0:
        raise ValidationError({"approved": _("核定金额要大于 0；不给的，请用“不予兑现”。")})
    case.approved = approved
    case.save(update_fields=["approved"])
    log_step(
        actor=actor,
        case=case,
        outcome=StepOutcome.NOTED,
        reason=reason,
        data={"approved": str(approved)},
    )


@action("policies.decide_stacking", gettext_lazy("从高不重复取舍"))
def decide_stacking(*, actor: User, case: DeliveryCase, reason: str) -> None:
    """Which of several benefits of one group the firm gets, and why this one stays."""
    case = lock_case(actor=actor, case=case)
    others = stacked_with(case)
    if not others:
        raise ValidationError(_("这个个案没有同组的其他兑现，不用取舍。"))
    case.stacking_decision = reason[:200]
    case.save(update_fields=["stacking_decision"])
    data = {"others": [one.pk for one in others]}
    log_step(actor=actor, case=case, outcome=StepOutcome.NOTED, reason=reason, data=data)


@action("policies.note_case", gettext_lazy("内部备注"))
def note_case(*, actor: User, case: DeliveryCase, reason: str) -> None:
    """For the office alone: the firm does not see it."""
    log_step(actor=actor, case=case, outcome=StepOutcome.NOTED, reason=reason, is_internal=True)
