"""What the firm does: apply, answer, supply, decline, rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.actions.steps import (
    FIRM_STEPS,
    lock_case,
    log_step,
    next_step,
    start_case,
)
from lianshang.apps.policies.choices import CaseState, StepKind, StepOutcome
from lianshang.apps.policies.models import (
    DeliveryCase,
    DeliveryRound,
    MaterialHeld,
    MaterialUse,
)
from lianshang.apps.policies.queries.delivery import (
    account_held,
    answer_of,
    doubled,
    earlier_case,
    ground_of,
    period_of,
    wanted_materials,
)
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.files.actions import attach
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.choices import Act, State
from lianshang.core.workflow.models import Duty


@dataclass(frozen=True)
class Account:
    """Where the money goes; an empty number means the account that is held."""

    number: str = ""
    name: str = ""
    bank: str = ""


@dataclass(frozen=True)
class Papers:
    """Materials by kind: new files, and kinds whose held one is used again."""

    files: Mapping[str, File[bytes]] = field(default_factory=dict)
    reused: Sequence[str] = ()
    valid_until: Mapping[str, date | None] = field(default_factory=dict)


def _check_own(actor: User, firm: Enterprise) -> None:
    if firm.unit_id not in actor.unit_ids() or not actor.may("portal.view"):
        raise PermissionDenied(_("只有企业自己的账号可以办理。"))


def _take_account(case: DeliveryCase, account: Account) -> None:
    """The account that was given, or the one held from before."""
    number = account.number.replace(" ", "")
    held = account_held(case.enterprise) if not number else None
    if held is not None:
        number, account = held.account, Account(held.account, held.account_name, held.bank)
    if not number:
        raise ValidationError({"number": _("请填收款账号：没有账号无法拨付。")})
    if not (number.isdecimal() and 8 <= len(number) <= 32):
        raise ValidationError({"number": _("收款账号应为 8 到 32 位数字，请核对后重填。")})
    case.account = number
    case.account_name = account.name or case.enterprise.name
    case.bank = account.bank
    if not case.bank:
        raise ValidationError({"bank": _("请填开户行。")})
    case.save(update_fields=["account", "account_name", "bank"])


def _take_papers(actor: User, case: DeliveryCase, papers: Papers, kinds: Sequence[str]) -> None:
    """Keep new files as held materials, use held ones again."""
    for wanted in wanted_materials(case.round.policy, case.enterprise, kinds):
        file, material = papers.files.get(wanted.kind), wanted.held
        if file is not None:
            material = MaterialHeld.objects.create(
                enterprise=case.enterprise,
                kind=wanted.kind,
                valid_until=papers.valid_until.get(wanted.kind),
                given_by=actor,
            )
            attach(actor=actor, subject=material, file=file, purpose="material")
        elif material is None or wanted.kind not in papers.reused:
            continue
        MaterialUse.objects.get_or_create(
            case=case, material=material, defaults={"is_reused": file is None}
        )


@action("policies.apply", gettext_lazy("企业申报"))
def apply(
    *,
    actor: User,
    delivery: DeliveryRound,
    enterprise: Enterprise,
    account: Account,
    papers: Papers | None = None,
    declared: Decimal | None = None,
) -> DeliveryCase:
    """The firm applies on one page; the answer of the rules that day is kept with it."""
    _check_own(actor, enterprise)
    if not delivery.is_open or delivery.kinds[0] == StepKind.LIST:
        raise ValidationError(_("这个批次不接受申报。"))
    policy, today = delivery.policy, clock.today()
    period = period_of(policy, delivery.year)
    earlier = earlier_case(family=policy.family, firm=enterprise, period=period)
    if earlier:
        raise ValidationError(doubled(earlier))
    if delivery.cases.filter(enterprise=enterprise).exists():
        raise ValidationError(_("您在这个批次已经申报过，请在“我的兑现”里看结果。"))
    answer = answer_of(policy, enterprise, today)
    computed = answer.amount if answer else None
    case = DeliveryCase.objects.create(
        round=delivery,
        enterprise=enterprise,
        family=policy.family,
        period=period,
        step=delivery.kinds[0],
        step_since=clock.now(),
        state=CaseState.LISTED,
        declared=declared if declared is not None else computed,
        ground=ground_of(answer, today),
    )
    _take_account(case, account)
    start_case(actor=actor, case=case)
    _take_papers(actor, case, papers or Papers(), ())
    log_step(actor=actor, case=case, outcome=StepOutcome.PASSED)
    return next_step(actor=actor, case=case)


@action("policies.answer_wish", gettext_lazy("确认享受并填写账户"))
def answer_wish(
    *, actor: User, case: DeliveryCase, account: Account, reason: str = ""
) -> DeliveryCase:
    """The firm accepts; its answer starts the office's clock again."""
    case = lock_case(actor=actor, case=case)
    _check_own(actor, case.enterprise)
    if case.state != CaseState.WAITING or case.step != StepKind.WISH:
        raise ValidationError(_("现在不用答复：下面是最新状态。"))
    _take_account(case, account)
    assert case.duty is not None
    text = reason or _("愿意享受，已填收款账户")
    act_on(actor=actor, duty=case.duty, act=Act.SUPPLY, reason=text)
    case.state = CaseState.RUNNING
    case.save(update_fields=["state"])
    log_step(actor=actor, case=case, outcome=StepOutcome.PASSED, reason=text)
    return next_step(actor=actor, case=case)


@action("policies.supply_missing", gettext_lazy("补充材料"))
def supply_missing(
    *,
    actor: User,
    case: DeliveryCase,
    papers: Papers,
    account: Account | None = None,
    reason: str = "",
) -> DeliveryCase:
    """The firm answers a return, with a new file or one that is held; all that was asked for."""
    case = lock_case(actor=actor, case=case)
    _check_own(actor, case.enterprise)
    if case.state != CaseState.WAITING or case.step in FIRM_STEPS:
        raise ValidationError(_("现在不用补充：下面是最新状态。"))
    lacking = [kind for kind in case.missing
               if kind not in papers.files and kind not in papers.reused]  # fmt: skip
    if lacking:
        raise ValidationError(_("还缺：%(names)s。") % {"names": "、".join(lacking)})
    if case.missing:
        _take_papers(actor, case, papers, case.missing)
    if account is not None and account.number:
        _take_account(case, account)
    assert case.duty is not None
    text = reason or _("已补充：%(names)s") % {"names": "、".join(case.missing) or _("说明")}
    act_on(actor=actor, duty=case.duty, act=Act.SUPPLY, reason=text)
    data = {"supplied": case.missing, "reused": list(papers.reused)}
    case.state, case.missing = CaseState.RUNNING, []
    case.save(update_fields=["state", "missing"])
    log_step(actor=actor, case=case, outcome=StepOutcome.SUPPLIED, reason=text, data=data)
    return case


@action("policies.withdraw_case", gettext_lazy("企业放弃兑现"))
def withdraw_case(*, actor: User, case: DeliveryCase, reason: str) -> DeliveryCase:
    """The firm does not want it; nothing is owed any more."""
    case = lock_case(actor=actor, case=case)
    _check_own(actor, case.enterprise)
    if case.state not in (CaseState.RUNNING, CaseState.WAITING) or case.receipts.exists():
        raise ValidationError(_("现在不能放弃：下面是最新状态。"))
    assert case.duty is not None
    act_on(actor=actor, duty=case.duty, act=Act.CANCEL, reason=reason)
    case.state = CaseState.WITHDRAWN
    case.save(update_fields=["state"])
    log_step(actor=actor, case=case, outcome=StepOutcome.WITHDRAWN, reason=reason)
    return case


@action("policies.rate_case", gettext_lazy("企业评价"))
def rate_case(*, actor: User, case: DeliveryCase, rating: int, words: str = "") -> DeliveryCase:
    """The money has come, and how it went: the firm's word ends the duty."""
    case = lock_case(actor=actor, case=case)
    _check_own(actor, case.enterprise)
    if case.state != CaseState.PAID:
        raise ValidationError(_("到账登记以后才能评价。"))
    if not 1 <= rating <= 5:
        raise ValidationError({"rating": _("评价在 1 到 5 分之间。")})
    assert case.duty is not None
    answered = Duty.objects.filter(
        subject_label="policies.deliverycase", subject_pk=case.pk, state=State.CLAIMED
    )
    for duty in answered.order_by("pk"):  # one, and one more for each later instalment
        act_on(actor=actor, duty=duty, act=Act.CONFIRM, reason=words)
    case.rating, case.rating_words, case.state = rating, words[:300], CaseState.CLOSED
    case.save(update_fields=["rating", "rating_words", "state"])
    log_step(
        actor=actor,
        case=case,
        outcome=StepOutcome.PASSED,
        reason=words,
        data={"rating": rating},
    )
    return case


@action("policies.dispute_case", gettext_lazy("企业不认可"))
def dispute_case(*, actor: User, case: DeliveryCase, reason: str) -> DeliveryCase:
    """Not paid, or declined without ground, says the firm: the office must look again."""
    case = lock_case(actor=actor, case=case)
    _check_own(actor, case.enterprise)
    if case.state not in (CaseState.PAID, CaseState.DECLINED):
        raise ValidationError(_("现在没有可以不认可的结果。"))
    earlier = earlier_case(
        family=case.family, firm=case.enterprise, period=case.period, besides=case
    )
    if earlier:
        raise ValidationError(doubled(earlier))
    assert case.duty is not None
    again = Act.REOPEN if case.duty.state == State.CLOSED else Act.RETURN
    act_on(actor=actor, duty=case.duty, act=again, reason=reason)
    if case.state == CaseState.PAID:
        case.step, case.step_since = StepKind.RECEIPT, clock.now()
    case.state = CaseState.RUNNING
    case.save(update_fields=["state", "step", "step_since"])
    log_step(actor=actor, case=case, outcome=StepOutcome.RETURNED, reason=reason)
    return case
