"""The parts of a case's amount: how they are cut, which are due, paid, planned or ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.choices import CaseState, InstalmentState, StepKind
from lianshang.apps.policies.models import DeliveryCase, Instalment, Receipt
from lianshang.apps.policies.queries.wording import label
from lianshang.core import clock
from lianshang.core.workflow.choices import State

if TYPE_CHECKING:
    from lianshang.apps.policies.models import DeliveryRound
    from lianshang.engines.rules.payments import Payment
    from lianshang.engines.rules.policy import Policy as Definition

OPEN = (InstalmentState.ASKED, InstalmentState.DUE, InstalmentState.HELD, InstalmentState.PLANNED)
TONES = {
    InstalmentState.PAID: "met",
    InstalmentState.ENDED: "not",
    InstalmentState.ASKED: "person",
    InstalmentState.DUE: "short",
    InstalmentState.HELD: "unknown",
    InstalmentState.PLANNED: "not",
}
PAYING = (StepKind.PAYMENT_LETTER, StepKind.RECEIPT)


def planned(case: DeliveryCase) -> list[Instalment]:
    """The parts of what was approved, not stored yet; nothing where it is paid at once."""
    from lianshang.engines.rules import payments, policy_from_mapping

    day = case.round.decided_on or clock.today()
    fen = int((case.due_amount or Decimal(0)) * 100)
    parts = payments(policy_from_mapping(case.round.policy.definition), fen, day)
    cut = [(part, amount) for part, amount in zip(parts, _cut(parts, fen), strict=True) if amount]
    return [
        Instalment(
            case=case,
            number=number,
            count=len(cut),
            label=dict(part.label),
            amount=Decimal(amount) / 100,
            due_on=part.on or _first_day(part.year, day),
            due_year=part.year,
            condition=dict(part.condition),
        )
        for number, (part, amount) in enumerate(cut, 1)
    ]


@dataclass(frozen=True)
class PlannedPart:
    """A part as the policy names it, for anybody who reads the policy."""

    name: str
    amount: str  # a percentage, or a sum
    condition: str


def schedule_of(policy: Definition, on: date) -> list[PlannedPart]:
    """The parts in which a policy pays; nothing where it pays at once."""
    from lianshang.engines.rules.formatting import YUAN, format_number
    from lianshang.engines.rules.language.units import PURE

    words = label_language()
    found = []
    for part in policy.benefit.schedule if policy.benefit else ():
        if part.share is not None:
            amount = format_number(part.share, PURE, words, percent=True)
        else:
            amount = format_number(policy.parameters[part.amount].at(on), YUAN, words)
        found.append(PlannedPart(label(part.label), amount, label(part.condition)))
    return found


def _first_day(year: int | None, day: date) -> date:
    """Of the year of a part; of the year of the decision, the day of the decision."""
    return date(year, 1, 1) if year is not None and year > day.year else day


def _cut(parts: Sequence[Payment], fen: int) -> list[int]:
    """Sums that a document prints are kept in proportion where less, or more, was approved."""
    amounts = [part.amount for part in parts]
    whole = sum(amounts)
    if whole in (0, fen):
        return amounts
    scaled = [fen * one // whole for one in amounts[:-1]]
    return [*scaled, fen - sum(scaled)]


@dataclass(frozen=True)
class PartLine:
    """A part with what was paid of it, and where it stands."""

    part: Instalment
    paid: Decimal
    state: InstalmentState

    @property
    def left(self) -> Decimal:
        return Decimal(0) if self.state == InstalmentState.ENDED else self.part.amount - self.paid

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def due_words(self) -> str:
        """2027 年, where the document names a year; else the day."""
        if self.part.due_year:
            return _("%(year)s 年") % {"year": self.part.due_year}
        return self.part.due_on.isoformat()

    @property
    def name(self) -> str:
        return label(self.part.label)

    @property
    def condition(self) -> str:
        return label(self.part.condition)


def part_lines(cases: Iterable[DeliveryCase]) -> dict[int, list[PartLine]]:
    """The parts of many cases by case; two questions."""
    keys, today = [case.pk for case in cases], clock.today()
    parts = list(Instalment.objects.filter(case__in=keys))
    sums = Receipt.objects.filter(instalment__in=parts).values_list("instalment").order_by()
    paid = dict(sums.annotate(sum=Sum("amount"))) if parts else {}
    found: dict[int, list[PartLine]] = defaultdict(list)
    for part in parts:
        sum_paid = paid.get(part.pk, Decimal(0))
        found[part.case_id].append(PartLine(part, sum_paid, _state(part, sum_paid, today)))
    return found


def lines_of(case: DeliveryCase) -> list[PartLine]:
    return part_lines([case]).get(case.pk, [])


def _state(part: Instalment, paid: Decimal, today: date) -> InstalmentState:
    if part.ended_at is not None:
        return InstalmentState.ENDED
    if paid >= part.amount:
        return InstalmentState.PAID
    if part.paper_id is not None:
        return InstalmentState.ASKED
    if part.due_on > today:
        return InstalmentState.PLANNED
    if part.condition and part.confirmed_at is None:
        return InstalmentState.HELD
    return InstalmentState.DUE


def awaited(case: DeliveryCase) -> list[PartLine]:
    """The parts that a letter asked for and that have not come in full."""
    return [line for line in lines_of(case) if line.state == InstalmentState.ASKED]


def first_open(lines: Sequence[PartLine]) -> PartLine | None:
    return next((line for line in lines if line.is_open), None)


@dataclass(frozen=True)
class Payable:
    """What of a case can stand in a letter now: a part of it, or all of it."""

    case: DeliveryCase
    amount: Decimal
    part: Instalment | None = None


def payable(case: DeliveryCase) -> list[Payable]:
    """The parts that are due; the whole amount where there are no parts."""
    lines = lines_of(case)
    if not lines:
        return [Payable(case, case.due_amount)]
    return [Payable(case, line.part.amount, line.part)
            for line in lines if line.state == InstalmentState.DUE]  # fmt: skip


def not_due(case: DeliveryCase) -> str:
    """Why no part of a case can be paid today; "" where one can, or where there are no parts."""
    lines = lines_of(case)
    line = first_open(lines)
    if line is None or any(one.state == InstalmentState.DUE for one in lines):
        return ""
    words = {"part": line.part, "due": line.due_words, "condition": line.condition}
    if line.state == InstalmentState.HELD:
        return _("%(part)s：请先核实“%(condition)s”，在个案页写明结果。") % words
    return _("%(part)s：%(due)s起拨付，到期前不用办理。") % words


def newly_due() -> QuerySet[DeliveryCase]:
    """Cases whose next part is due while no duty runs for it: the one before is answered."""
    parts = Instalment.objects.filter(
        due_on__lte=clock.today(), paper__isnull=True, ended_at__isnull=True
    )
    return DeliveryCase.objects.filter(
        instalments__in=parts,
        state=CaseState.RUNNING,
        step=StepKind.PAYMENT_LETTER,
        duty__state__in=[State.CLAIMED, State.CLOSED],
    ).distinct()


@dataclass(frozen=True)
class Sums:
    """The money of a round: what came, what is due now, what later parts will bring."""

    paid: Decimal = Decimal(0)
    due: Decimal = Decimal(0)
    later: Decimal = Decimal(0)


def sums_of(delivery: DeliveryRound) -> Sums:
    """Of the cases that have come to the payment; a part that waits for its condition is later."""
    cases = list(delivery.cases.counting())
    parts = part_lines(cases)
    received = Receipt.objects.filter(case__in=cases).values_list("case").order_by()
    paid = dict(received.annotate(sum=Sum("amount")))
    due = later = Decimal(0)
    for case in cases:
        if case.step not in PAYING or case.state not in (CaseState.RUNNING, CaseState.WAITING):
            continue
        lines = parts.get(case.pk)
        if lines is None:
            due += (case.due_amount or Decimal(0)) - paid.get(case.pk, Decimal(0))
            continue
        for line in lines:
            if line.state in (InstalmentState.DUE, InstalmentState.ASKED):
                due += line.left
            elif line.is_open:
                later += line.left
    return Sums(sum(paid.values(), Decimal(0)), due, later)
