"""拨付函 and receipts. The platform documents payments; it does not make them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.policies.actions.cases import CaseOutcome
from lianshang.apps.policies.actions.instalments import after_payment
from lianshang.apps.policies.actions.steps import (
    accept_duty,
    lock_case,
    log_step,
    next_step,
    plan_instalments,
)
from lianshang.apps.policies.choices import CaseState, InstalmentState, StepKind, StepOutcome
from lianshang.apps.policies.models import DeliveryCase, DeliveryRound, Instalment, Receipt
from lianshang.apps.policies.queries.delivery import not_payable, paid_amount
from lianshang.apps.policies.queries.instalments import (
    PartLine,
    lines_of,
    payable,
)
from lianshang.apps.policies.queries.receipts import ReceiptLine
from lianshang.apps.policies.registers.payment_letter import NAME, letter_of
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.files.actions import attach
from lianshang.core.papers.actions.issuing import issue_paper
from lianshang.core.papers.models import Paper


@dataclass(frozen=True)
class Letter:
    """The letter that was made, and the cases that could not stand in it."""

    paper: Paper
    cases: Sequence[DeliveryCase]
    refused: Sequence[CaseOutcome]


@action("policies.issue_payment_letter", gettext_lazy("出拨付函"))
def issue_payment_letter(
    *, actor: User, delivery: DeliveryRound, addressee: str, reason: str = ""
) -> Letter:
    """One letter for all cases that are ready; it alone names accounts in full, which is logged."""
    if delivery.office_id not in actor.unit_ids():
        raise PermissionDenied(_("拨付函由主办单位出。"))
    rows = delivery.cases.select_for_update(of=("self",)).filter(
        step=StepKind.PAYMENT_LETTER, state=CaseState.RUNNING
    )
    ready, refused = [], []
    for case in rows.select_related("enterprise__unit", "round__policy", "duty"):
        plan_instalments(actor=actor, case=case)
        if words := not_payable(case):
            refused.append(CaseOutcome(case, words))
        else:
            ready.append(case)
    if not ready:
        told = [f"{one.case.enterprise.name}：{one.refused}" for one in refused]
        raise ValidationError([_("没有可以拨付的企业。"), *told])
    parts = [part for case in ready for part in payable(case)]
    with translation.override("zh-hans"):  # papers speak Chinese, whoever issues them
        paper = issue_paper(
            actor=actor,
            kind=NAME,
            subject=delivery,
            context=letter_of(delivery, parts, addressee),
            unit=delivery.office,
        )
    purpose = _("拨付函 %s：收款账号全文") % paper.number
    record_access(actor=actor, kind=AccessKind.REVEAL, subject=delivery, purpose=purpose[:200])
    for case in ready:
        named = [one.part for one in parts if one.case.pk == case.pk and one.part is not None]
        Instalment.objects.filter(pk__in=[part.pk for part in named]).update(paper=paper)
        accept_duty(actor=actor, case=case)
        words = "、".join(str(part) for part in named)
        log_step(
            actor=actor,
            case=case,
            outcome=StepOutcome.PASSED,
            reason=(_("拨付函 %s") % paper.number) + (f"（{words}）" if words else ""),
            data={"paper": paper.pk, "instalments": [part.number for part in named]},
        )
        next_step(actor=actor, case=case)
    return Letter(paper, ready, refused)


@action("policies.enter_receipt", gettext_lazy("登记到账"))
def enter_receipt(
    *,
    actor: User,
    case: DeliveryCase,
    paid_on: date,
    amount: Decimal,
    voucher: str,
    instalment: Instalment | None = None,
    file: File[bytes] | None = None,
    reason: str = "",
) -> Receipt:
    """What the voucher says; the same voucher twice is the same receipt. All of it paid: done.
    Of a benefit in parts it is entered against the part; without one, the first that is awaited.
    """
    case = lock_case(actor=actor, case=case)
    if case.round.office_id not in actor.unit_ids():
        raise PermissionDenied(_("回单由主办单位登记。"))
    before = Receipt.objects.filter(case=case, voucher=voucher).first()
    if before:
        if (before.amount, before.paid_on) != (amount, paid_on):
            raise ValidationError({"voucher": _("凭证 %s 已登记，金额或日期不同。") % voucher})
        return before
    _check_receipt(case, paid_on, amount)
    line = _part_of(case, instalment, amount)
    part = line.part if line else None
    receipt = Receipt.objects.create(
        case=case,
        paid_on=paid_on,
        amount=amount,
        voucher=voucher,
        instalment=part,
        entered_by=actor,
    )
    if file is not None:
        attach(actor=actor, subject=case, file=file, note=voucher, purpose="receipt")
    if line.left == amount if line else paid_amount(case) == case.due_amount:
        text = _("到账 %(amount)s 元，%(day)s，凭证 %(voucher)s")
        words = {"amount": f"{amount:,.2f}", "day": paid_on.isoformat(), "voucher": voucher}
        said = (f"{part}：" if part else "") + text % words
        log_step(actor=actor, case=case, outcome=StepOutcome.PASSED, reason=said)
        go_on = after_payment if part else next_step
        go_on(actor=actor, case=case)
    return receipt


def _part_of(case: DeliveryCase, part: Instalment | None, amount: Decimal) -> PartLine | None:
    """The part that a receipt is for; None where the case is paid at once."""
    lines = lines_of(case)
    if not lines:
        return None
    asked = [line for line in lines if line.state == InstalmentState.ASKED]
    line = next((one for one in asked if part is None or one.part.pk == part.pk), None)
    if line is None:
        told = _("%s还没有出拨付函，或已到账，请核对期次。") % (part or _("本期"))
        raise ValidationError({"instalment": told})
    if amount > line.left:
        words = {"part": line.part, "left": f"{line.left:,.2f}"}
        told = _("超过%(part)s应拨金额：还应拨 %(left)s 元。") % words
        raise ValidationError({"amount": told})
    return line


def _check_receipt(case: DeliveryCase, paid_on: date, amount: Decimal) -> None:
    if case.step != StepKind.RECEIPT or case.state != CaseState.RUNNING:
        raise ValidationError(
            _("这个个案在“%(step)s”，还不能登记到账。") % {"step": case.get_step_display()}
        )
    if not case.round.opened_at.astimezone(clock.zone_time()).date() <= paid_on <= clock.today():
        raise ValidationError({"paid_on": _("到账日期应在批次启动与今天之间。")})
    if amount <= 0:
        raise ValidationError({"amount": _("到账金额要大于 0。")})
    left = (case.due_amount or Decimal(0)) - paid_amount(case)
    if amount > left:
        raise ValidationError({"amount": _("超过应拨金额：还应拨 %s 元。") % f"{left:,.2f}"})


@dataclass(frozen=True)
class ReceiptOutcome:
    """What became of one line of a batch."""

    line: ReceiptLine
    case: DeliveryCase | None = None
    refused: str = ""


@action("policies.enter_receipts", gettext_lazy("批量登记到账"))
def enter_receipts(
    *, actor: User, delivery: DeliveryRound, lines: Sequence[ReceiptLine], reason: str = ""
) -> list[ReceiptOutcome]:
    """Each line for itself: a bad one says what is wrong and loses no good one."""
    cases = list(delivery.cases.select_related("enterprise"))
    by_name = {case.enterprise.name: case for case in cases}
    by_name |= {case.enterprise.credit_code: case for case in cases if case.enterprise.credit_code}
    outcomes = []
    for line in lines:
        case = by_name.get(line.firm)
        if line.problem or case is None:
            missing = _("批次里没有这家企业，请核对名称或信用代码。")
            outcomes.append(ReceiptOutcome(line, case, line.problem or missing))
            continue
        assert line.amount is not None
        assert line.paid_on is not None
        try:
            with transaction.atomic():
                enter_receipt(
                    actor=actor,
                    case=case,
                    paid_on=line.paid_on,
                    amount=line.amount,
                    voucher=line.voucher,
                )
            outcomes.append(ReceiptOutcome(line, case))
        except ValidationError as refusal:
            outcomes.append(ReceiptOutcome(line, case, "；".join(refusal.messages)))
    return outcomes
