"""A benefit paid in parts: planned with the letter, each part due by its day."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.actions.steps import (
    accept_duty,
    enter_step,
    lock_case,
    log_step,
    next_step,
    open_case_duty,
    tell_office,
)
from lianshang.apps.policies.choices import CaseState, InstalmentState, StepKind, StepOutcome
from lianshang.apps.policies.models import DeliveryCase, Instalment
from lianshang.apps.policies.queries.instalments import first_open, lines_of, newly_due
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.choices import Act, State


@action("policies.after_payment", gettext_lazy("分期到账后转入下一期"))
def after_payment(*, actor: User | None, case: DeliveryCase) -> DeliveryCase:
    """The parts of one letter are settled: on to the next part, or to the end of the case."""
    lines = lines_of(case)
    if any(line.state == InstalmentState.ASKED for line in lines):
        return case
    if first_open(lines) is None:
        case.step = StepKind.RECEIPT  # from wherever the last part was ended
        return next_step(actor=actor, case=case)
    if case.step != StepKind.RECEIPT:
        return case
    assert case.duty is not None
    text = _("本期已到账，以后各期到期时另行计时")
    accept_duty(actor=actor, case=case)
    if case.duty.state == State.WORKING:
        act_on(actor=actor, duty=case.duty, act=Act.CLAIM, reason=text)
    enter_step(actor=actor, case=case, step=StepKind.PAYMENT_LETTER)
    if newly_due().filter(pk=case.pk).exists():
        open_instalment(actor=actor, case=case)
    return case


@action("policies.open_instalment", gettext_lazy("分期到期"))
def open_instalment(
    *, actor: User | None, case: DeliveryCase, is_quiet: bool = False
) -> DeliveryCase:
    """The next part is due: the office owes it from today, with a duty and a clock of its own."""
    line = first_open(lines_of(case))
    assert line is not None
    part = line.part
    case.duty = open_case_duty(
        actor=actor,
        case=case,
        title=_("兑现%(part)s：%(policy)s")
        % {"part": part, "policy": case.round.policy.name[:140]},
        request_key=f"delivery:{case.pk}:{part.number}",
        is_quiet=is_quiet,
    )
    case.step_since = clock.now()
    case.save(update_fields=["duty", "step_since"])
    words = {"part": part, "amount": f"{line.left:,.2f}"}
    text = _("%(part)s到期，应拨 %(amount)s 元") % words
    if line.state == InstalmentState.HELD:
        text += _("；拨付前核实：%s") % line.condition
    log_step(actor=actor, case=case, outcome=StepOutcome.ENTERED, reason=text)
    return case


@action("policies.open_due_instalments", gettext_lazy("分期到期提醒"))
def open_due_instalments(*, actor: User | None) -> int:
    """Every part that came due; each office is told once for each of its rounds."""
    due = newly_due().select_related("round__office").order_by("round", "pk")
    by_round: dict[int, list[DeliveryCase]] = {}
    for found in due:
        case = lock_case(actor=actor, case=found)
        open_instalment(actor=actor, case=case, is_quiet=True)
        by_round.setdefault(case.round_id, []).append(case)
    for cases in by_round.values():
        delivery = cases[0].round
        words = {"office": delivery.office.name, "n": len(cases)}
        tell_office(
            actor=actor,
            unit=delivery.office,
            subject=_("%(office)s：本批 %(n)s 件分期到期，请出拨付函") % words,
            text=delivery.title,
            url=f"{delivery.get_absolute_url()}?step={StepKind.PAYMENT_LETTER}",
            key=f"instalments:{delivery.pk}:{clock.today()}",
        )
    return sum(len(cases) for cases in by_round.values())


def _locked(actor: User, part: Instalment) -> tuple[DeliveryCase, Instalment]:
    """The case and the part as they stand; only the office of the round, only an open part."""
    case = lock_case(actor=actor, case=part.case)
    if case.round.office_id not in actor.unit_ids() or not actor.may("policies.deliver"):
        raise PermissionDenied(_("这个个案由“%s”办理。") % case.round.office.name)
    line = next(one for one in lines_of(case) if one.part.pk == part.pk)
    if not line.is_open or case.state not in (CaseState.RUNNING, CaseState.WAITING):
        words = {"part": part, "state": line.state.label}
        raise ValidationError(_("%(part)s现在是“%(state)s”，不能再办。") % words)
    return case, line.part


@action("policies.confirm_instalment", gettext_lazy("核实分期拨付条件"))
def confirm_instalment(*, actor: User, part: Instalment, reason: str) -> Instalment:
    """What the policy asks for before this part holds; without it no letter names the part."""
    case, part = _locked(actor, part)
    if not part.condition:
        raise ValidationError(_("这一期没有拨付前的条件，不用核实。"))
    part.confirmed_at, part.confirmed_words = clock.now(), reason[:300]
    part.save(update_fields=["confirmed_at", "confirmed_words"])
    text = _("%(part)s条件已核实：%(reason)s") % {"part": part, "reason": reason}
    log_step(actor=actor, case=case, outcome=StepOutcome.NOTED, reason=text)
    return part


@action("policies.end_instalment", gettext_lazy("终止分期拨付"))
def end_instalment(*, actor: User, part: Instalment, reason: str) -> Instalment:
    """This part will not be paid, and why; the firm hears it. The case ends with its last part."""
    case, part = _locked(actor, part)
    others = [one for one in lines_of(case) if one.part.pk != part.pk]
    if not case.receipts.exists() and first_open(others) is None:
        raise ValidationError(_("还没有到账过一期：不给的，请用“不予兑现”。"))
    part.ended_at, part.ended_reason = clock.now(), reason[:300]
    part.save(update_fields=["ended_at", "ended_reason"])
    text = _("%(part)s终止拨付：%(reason)s") % {"part": part, "reason": reason}
    log_step(actor=actor, case=case, outcome=StepOutcome.NOTED, reason=text)
    after_payment(actor=actor, case=case)
    return part
