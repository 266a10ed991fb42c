"""Questions about rounds and cases: who may be listed, what stands in the way, who is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.projection import values_of
from lianshang.apps.policies.choices import CaseState, StepKind
from lianshang.apps.policies.models import DeliveryCase, MaterialHeld, Policy
from lianshang.apps.policies.queries.answers import Answer, answers, answers_from
from lianshang.apps.policies.queries.batch import evaluate
from lianshang.apps.policies.queries.instalments import lines_of, not_due
from lianshang.apps.policies.queries.library import all_variables
from lianshang.apps.policies.queries.procedures import is_firms, step_of
from lianshang.apps.policies.queries.reasons import reason
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.privacy import shown
from lianshang.core.workflow.choices import Act, State
from lianshang.core.workflow.models import Entry
from lianshang.core.workflow.queries.standings import standing_of
from lianshang.core.workflow.wording import equation_of

if TYPE_CHECKING:
    from lianshang.apps.policies.models import DeliveryRound

MET = 1  # the engine's code for met, as a batch gives it


def entitled_today(policy: Policy, on: date) -> list[tuple[Enterprise, Answer]]:
    """The firms that the policy entitles today, each with its answer."""
    firms = Enterprise.objects.operating()
    keys = list(firms.values_list("pk", flat=True))
    met = [row.enterprise for row in evaluate(keys, on=on)
           if row.policy == policy.code and row.state == MET]  # fmt: skip
    values = values_of(met, all_variables(on), on=on)
    found = []
    for firm in firms.filter(pk__in=met).select_related("unit").order_by("name_key", "pk"):
        answered = answers_from(values.get(firm.pk, {}), on=on)
        found.append((firm, next(one for one in answered if one.code == policy.code)))
    return found


def answer_of(policy: Policy, firm: Enterprise, on: date) -> Answer | None:
    """What the policy says about one firm; None where it is not in force."""
    return next((one for one in answers(firm, on=on) if one.code == policy.code), None)


def ground_of(answer: Answer | None, on: date) -> dict[str, Any]:
    """An answer as a case keeps it: what was said that day."""
    if answer is None:
        return {"on": on.isoformat(), "reason": "", "clauses": []}
    return {
        "on": on.isoformat(),
        "standing": answer.standing.value,
        "reason": reason(answer),
        "clauses": [
            {"label": clause.label["zh"], "state": answer.outcome.clauses[clause.id].key}
            for clause in answer.compiled.policy.clauses
        ],
    }


def period_of(policy: Policy, year: int) -> str:
    """Within what a firm gets a policy once: a year, or once for all."""
    benefit = policy.definition.get("benefit") or {}
    return "once" if benefit.get("per") == "once" else str(year)


def earlier_case(
    *, family: str, firm: Enterprise, period: str, besides: DeliveryCase | None = None
) -> DeliveryCase | None:
    """The case that already takes the firm's place with this policy in the period."""
    taken = DeliveryCase.objects.counting().filter(family=family, enterprise=firm, period=period)
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    return taken.select_related("round").first()


def doubled(earlier: DeliveryCase) -> str:
    """Why a second delivery is refused, with the earlier case named."""
    words = {
        "firm": earlier.enterprise.name,
        "round": earlier.round.title,
        "number": earlier.pk,
        "state": earlier.get_state_display(),
        "period": _("一次性") if earlier.period == "once" else earlier.period,
    }
    text = _("%(firm)s 同一政策（%(period)s）已在“%(round)s”第 %(number)s 号个案中，%(state)s，"
             "不能重复兑现。")  # fmt: skip
    return text % words


def stacking_group(policy: Policy) -> str:
    return str((policy.definition.get("stacking") or {}).get("group", ""))


def stacked_with(case: DeliveryCase) -> list[DeliveryCase]:
    """Other cases of the firm in the same stacking group (从高不重复) in the year."""
    group = stacking_group(case.round.policy)
    if not group:
        return []
    others = (
        DeliveryCase.objects.counting()
        .filter(enterprise=case.enterprise, round__year=case.round.year)
        .filter(round__policy__definition__stacking__group=group)
    )
    return list(others.exclude(pk=case.pk).exclude(family=case.family).select_related("round"))


def paid_amount(case: DeliveryCase) -> Decimal:
    return case.receipts.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


def obstacle(case: DeliveryCase) -> str:
    """Why the office cannot pass the present step now; "" where it can."""
    if case.state in (CaseState.LISTED, CaseState.EXCLUDED):
        return _("名单还没有发出：先核对名单，再整批发出。")
    if case.state == CaseState.WAITING or is_firms(case):
        return _("现在等企业办理“%(step)s”，企业答复后再继续。") % {"step": case.get_step_display()}
    if case.state != CaseState.RUNNING:
        return _("这个个案现在是“%(state)s”，不能再办。") % {"state": case.get_state_display()}
    if case.objections.filter(settled_at__isnull=True).exists():
        return _("公示期间收到的异议还没有核实，先写明核实结果。")
    return _obstacle_of_step(case)


def _obstacle_of_step(case: DeliveryCase) -> str:
    if case.step == StepKind.OPINIONS:
        return _without_opinions(case)
    if case.step == StepKind.DECISION and case.round.decided_on is None:
        return _("还没有登记会议：先在批次页登记会议日期和纪要文号。")
    elsewhere = {
        StepKind.NOTICE: _("公示按时限自动结束；还没有公示的，在批次页发布。"),
        StepKind.PAYMENT_LETTER: not_due(case) or _("在批次页出拨付函。"),
    }
    if case.step == StepKind.RECEIPT and is_awaited(case):
        return _("回单合计还不到应拨金额，请先登记回单。")
    return elsewhere.get(StepKind(case.step), "")


def is_awaited(case: DeliveryCase) -> bool:
    """Whether money that was asked for has not come yet: of a part, or of the whole."""
    lines = lines_of(case)
    if lines:
        return any(line.is_open for line in lines)
    return paid_amount(case) < (case.due_amount or 0)


def _without_opinions(case: DeliveryCase) -> str:
    asked = list(case.round.opinions.select_related("unit", "duty"))
    if not asked:
        return _("还没有向任何部门征求意见：先在批次页征求意见。")
    waiting = [one.unit.name for one in asked
               if one.duty.state not in (State.CLAIMED, State.CLOSED)]  # fmt: skip
    if waiting:
        return _("还没有答复的部门：%(units)s。") % {"units": "、".join(waiting)}
    return ""


def not_payable(case: DeliveryCase) -> str:
    """Why a case cannot stand in a payment letter; "" where it can."""
    if case.state != CaseState.RUNNING:
        return _("这个个案现在是“%(state)s”。") % {"state": case.get_state_display()}
    if not case.account:
        return _("没有收款账户：请退回企业补填。")
    if not case.due_amount:
        return _("没有核定金额：请先核定。")
    if case.objections.filter(settled_at__isnull=True).exists():
        return _("公示异议还没有核实。")
    return _twice(case) or not_due(case)


def _twice(case: DeliveryCase) -> str:
    """Why this would be a second benefit for the same thing."""
    earlier = earlier_case(
        family=case.family, firm=case.enterprise, period=case.period, besides=case
    )
    if earlier:
        return doubled(earlier)
    stacked = stacked_with(case)
    if stacked and not case.stacking_decision:
        names = "、".join(f"{one.round.title}（{one.pk}）" for one in stacked)
        return _("与 %(names)s 属于从高不重复的同一组：请先在个案页写明取舍。") % {"names": names}
    return ""


def is_skippable(case: DeliveryCase) -> bool:
    step = step_of(case)
    return step is not None and not step["is_required"]


def people_of(firm: Enterprise) -> list[User]:
    """Those who act for the firm."""
    members = Membership.objects.in_force().filter(unit=firm.unit_id, role=Role.ENTERPRISE)
    return list(User.objects.filter(is_active=True, pk__in=members.values("user")))


def account_shown(case: DeliveryCase) -> str:
    """Masked on every page; the letter for the finance office alone has it whole."""
    return shown(case, "account", reveal=False)


def account_held(firm: Enterprise) -> DeliveryCase | None:
    """The latest case in which the firm gave an account: offered, not asked again."""
    cases = DeliveryCase.objects.filter(enterprise=firm).order_by("-pk")
    return next((one for one in cases if one.account), None)


@dataclass(frozen=True)
class Wanted:
    """A material that a policy asks for, and the one that is held."""

    kind: str
    held: MaterialHeld | None
    number: int


def wanted_materials(policy: Policy, firm: Enterprise, kinds: Iterable[str] = ()) -> list[Wanted]:
    """What the policy (or a return) asks for; what is held and valid is offered."""
    asked = list(kinds) or [one["zh"] for one in policy.definition.get("materials", ())]
    held: dict[str, MaterialHeld] = {}
    for one in MaterialHeld.objects.in_force().filter(enterprise=firm, kind__in=asked):
        held.setdefault(one.kind, one)  # the newest first
    return [Wanted(kind, held.get(kind), number) for number, kind in enumerate(asked)]


def duty_in_words(case: DeliveryCase) -> tuple[str, bool]:
    """The equation of the payment clock, and whether it stands still."""
    if case.duty is None:
        return "", False
    runs = standing_of(case.duty).of("close")
    return (equation_of(runs[-1]), runs[-1].is_paused) if runs else ("", False)


def proofs_of_pauses(case: DeliveryCase) -> list[str]:
    """What shows that the clock might stand still, a line for each time it did."""
    if case.duty_id is None:
        return []
    pauses = Entry.objects.filter(duty=case.duty_id, act=Act.PAUSE).order_by("at", "pk")
    return [proof for proof in pauses.values_list("data__proof", flat=True) if proof]


def offices_of(user: User) -> QuerySet[Unit]:
    """In whose name the user may deliver."""
    ids = user.unit_ids(Role.OFFICE_STAFF)
    return Unit.objects.filter(pk__in=ids, is_active=True).order_by("name")


def steps_with_counts(delivery: DeliveryRound) -> list[dict[str, Any]]:
    """Each step of a round with the number of cases that stand there."""
    standing = delivery.cases.filter(
        Q(state__in=[CaseState.LISTED, CaseState.RUNNING, CaseState.WAITING, CaseState.PAID])
    )
    at = list(standing.values_list("step", flat=True))
    closed = delivery.cases.filter(state=CaseState.CLOSED).count()
    lines = [
        {"kind": kind, "label": StepKind(kind).label, "count": at.count(kind)}
        for kind in delivery.kinds
    ]
    return [*lines, {"kind": "closed", "label": CaseState.CLOSED.label, "count": closed}]
