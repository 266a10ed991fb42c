"""Which orders of steps are possible, and when a step of a case is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from lianshang.apps.policies.choices import CountsFrom, StepActor, StepKind
from lianshang.core.calendars import equations
from lianshang.core.calendars.queries import calendar
from lianshang.core.workflow.choices import State
from lianshang.engines.worktime import Clock, Start, Unit, due

if TYPE_CHECKING:
    from lianshang.apps.policies.models import DeliveryCase, ProcedureStep

ANSWERED = (State.CLAIMED, State.CLOSED)
BEGINNINGS = (StepKind.LIST, StepKind.PAGE, StepKind.APPLICATION)
APPROVING = (StepKind.DATA_CHECK, StepKind.ACCEPTANCE, StepKind.REVIEW, StepKind.DECISION)
# The first must come before the second wherever both are there, and why.
BEFORE = (
    *((one, StepKind.NOTICE) for one in APPROVING),
    *((one, StepKind.PAYMENT_LETTER) for one in APPROVING),
    (StepKind.ACCEPTANCE, StepKind.REVIEW),
    (StepKind.CREDIT_CHECK, StepKind.PAYMENT_LETTER),
    (StepKind.OPINIONS, StepKind.DECISION),
    (StepKind.OPINIONS, StepKind.NOTICE),
    (StepKind.WISH, StepKind.NOTICE),
    (StepKind.WISH, StepKind.PAYMENT_LETTER),
    (StepKind.NOTICE, StepKind.PAYMENT_LETTER),
    (StepKind.PAYMENT_LETTER, StepKind.RECEIPT),
    (StepKind.RECEIPT, StepKind.RATING),
)


def impossible(kinds: Sequence[str]) -> str:
    """Why these steps cannot follow each other like this; "" where they can."""
    if not kinds or kinds[0] not in BEGINNINGS or any(one in BEGINNINGS for one in kinds[1:]):
        return _("流程要以“生成名单”“一页确认”或“企业申报”开始，而且只有一个。")
    for needed in (StepKind.PAYMENT_LETTER, StepKind.RECEIPT):
        if needed not in kinds:
            return _("“%(step)s”不能停用：没有它就没有拨付的凭据。") % {"step": needed.label}
    if not any(one in kinds for one in APPROVING):
        return _("至少要有一个核验、审核或审定环节：没有审批不能拨付。")
    if kinds[0] == StepKind.LIST and StepKind.WISH not in kinds:
        return _("免申即享要有“企业意愿与收款账户”：没有账户无法拨付。")
    for first, second in BEFORE:
        if first in kinds and second in kinds and kinds.index(first) > kinds.index(second):
            return _("“%(first)s”要在“%(second)s”之前。") % {
                "first": StepKind(first).label,
                "second": StepKind(second).label,
            }
    return ""


def frozen(steps: Sequence[ProcedureStep]) -> list[dict[str, Any]]:
    """The active steps as a round keeps them."""
    return [
        {
            "kind": step.kind,
            "who": step.who,
            "is_required": step.is_required,
            "days": step.days,
            "counts_from": step.counts_from,
        }
        for step in steps
        if step.is_active
    ]


@dataclass(frozen=True)
class StepDue:
    """When the present step of a case is due, and the way there."""

    at: datetime | None
    equation: str


def step_due(case: DeliveryCase) -> StepDue | None:
    """Of the present step; None where it has no deadline. The duty's clock is the one that counts
    for the firm: this one is how the office keeps within it.
    """
    step = step_of(case)
    if step is None or not step["days"]:
        return None
    if case.step == StepKind.PAYMENT_LETTER and case.duty and case.duty.state in ANSWERED:
        return None  # between two instalments: the next one opens it again
    start = case.step_since
    if step["counts_from"] == CountsFrom.CASE and case.duty:
        start = case.duty.opened_at
    clock = Clock(step["days"], Unit.WORKING_DAYS, Start.SAME)
    found = due(start, clock, calendar())
    return StepDue(found.at, equations.equation(found, clock, start))


def step_of(case: DeliveryCase) -> dict[str, Any] | None:
    """The present step as the round froze it."""
    return next((step for step in case.round.steps if step["kind"] == case.step), None)


def next_kind(case: DeliveryCase) -> str | None:
    """The step that follows; None after the last."""
    kinds = case.round.kinds
    place = kinds.index(case.step) + 1
    return kinds[place] if place < len(kinds) else None


def is_firms(case: DeliveryCase) -> bool:
    """Whether the firm acts at the present step."""
    step = step_of(case)
    return step is not None and step["who"] == StepActor.FIRM
