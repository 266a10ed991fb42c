"""What the last evaluation adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Count,
    DecimalField,
    Exists,
    F,
    FilteredRelation,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models import (
    STANDING,
    AnswerBlock,
    Assessment,
    EvaluatedFirm,
    EvaluationRun,
    Policy,
)
from lianshang.apps.policies.models.assessments import sees_all

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User


BEST = 200  # blocks of a policy and 512 firms that a list of the whole zone looks at


@dataclass(frozen=True)
class PolicyCounts:
    """One policy: how many firms stand where, and what the entitled ones get together (yuan)."""

    policy: Policy
    counts: dict[Standing, int]
    amount: Decimal


def with_counts(policies: QuerySet[Policy], seen: QuerySet[Enterprise] | None) -> QuerySet[Policy]:
    """Policies with `n_<standing>` and `entitled_amount`, over the firms `seen` (None: all)."""
    if seen is None:
        counted = {f"n_{one}": Coalesce(F(f"tally__{one}"), 0) for one in STANDING}
        nothing = Value(0, output_field=DecimalField())
        return policies.annotate(**counted, entitled_amount=Coalesce("tally__amount", nothing))
    firms = list(seen.values_list("pk", flat=True))
    within = FilteredRelation("assessments", condition=Q(assessments__enterprise__in=firms))
    found = {
        f"n_{standing}": Count("seen", filter=_below("seen__", condition))
        for standing, condition in STANDING.items()
    }
    entitled = _below("seen__", STANDING[Standing.ENTITLED])
    amount = Sum("seen__amount", filter=entitled, default=Decimal(0))
    return policies.annotate(seen=within, **found, entitled_amount=amount)


def counted_for(user: User | None) -> QuerySet[Enterprise] | None:
    """The firms that are counted for a user; None where these are all."""
    if user is None or sees_all(user):
        return None
    return Enterprise.objects.visible_to(user)


def summary(
    user: User | None = None, code: str | None = None, most: int | None = None
) -> list[PolicyCounts]:
    """Policies in force at the last run (or one of them), counted over what the user may see
    (None: the whole zone). At `most` so many: those that the most firms are entitled to or one
    step from.
    """
    policies = Policy.objects.current().filter(tally__isnull=False)
    if code is not None:
        policies = policies.filter(code=code)
    counted = with_counts(policies, counted_for(user))
    if most is not None:
        within_reach = F(f"n_{Standing.ENTITLED}") + F(f"n_{Standing.ONE_STEP}")
        counted = counted.order_by(within_reach.desc(), "name", "pk")[:most]
    return [
        PolicyCounts(
            policy=policy,
            counts={standing: getattr(policy, f"n_{standing}") for standing in STANDING},
            amount=policy.entitled_amount,  # type: ignore[attr-defined]  # annotated
        )
        for policy in counted
    ]


def entitled_total() -> Decimal:
    """What all entitled firms of the zone get together, in yuan a year or once. Benefits
    of one stacking group are not added: the highest counts (从高不重复).
    """
    met = Assessment.objects.filter(STANDING[Standing.ENTITLED], amount__isnull=False)
    grouped = KeyTextTransform("group", KeyTransform("stacking", "policy__definition"))
    group = Coalesce(grouped, "policy__code", output_field=TextField())
    highest = met.values("enterprise", stack=group).annotate(highest=Max("amount"))
    return sum((row["highest"] for row in highest), Decimal(0))


def latest_run() -> EvaluationRun | None:
    return EvaluationRun.objects.filter(finished_at__isnull=False).first()


def one_step_short(user: User) -> QuerySet[Assessment]:
    """Firms that one clause separates from an entitlement, as this user may see them."""
    return best_of(user, Assessment.objects.visible_to(user).standing(Standing.ONE_STEP))


def best_of(user: User, rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Where there are so many near misses that nobody could act on them, those of the `BEST` blocks
    of firms with the largest amounts: the first pages are the same, and answer at once.
    """
    blocks = best_blocks(user)
    return rows if blocks is None else rows.filter(block__in=blocks)


def best_blocks(user: User) -> list[int] | None:
    """The blocks that a list of near misses looks at; None where it looks at all."""
    if not sees_all(user):
        return None
    best = AnswerBlock.objects.filter(one_step__gt=0).order_by(F("best").desc(nulls_last=True))
    blocks = list(best.values_list("pk", flat=True)[: BEST + 1])
    return blocks[:BEST] if len(blocks) > BEST else None


def _below(prefix: str, condition: Q) -> Q:
    """The same condition seen from a related model."""
    children: list[Any] = [
        _below(prefix, child) if isinstance(child, Q) else (f"{prefix}{child[0]}", child[1])  # type: ignore[index]  # a Q holds pairs
        for child in condition.children
    ]
    return Q(*children, _connector=condition.connector, _negated=condition.negated)


def standing_in(rows: QuerySet[Assessment], chosen: str) -> QuerySet[Assessment]:
    """Those of the answers that stand there."""
    return rows.filter(STANDING[Standing(chosen)])


def out_of_date() -> QuerySet[Enterprise]:
    """Firms never evaluated, or whose facts have changed since."""
    fresh = EvaluatedFirm.objects.filter(
        enterprise=OuterRef("pk"), facts_version__gte=OuterRef("facts_version")
    )
    return Enterprise.objects.present().filter(~Exists(fresh))


def retired() -> bool:
    """Whether firms that left the register are still counted."""
    return EvaluatedFirm.objects.filter(enterprise__is_retired=True).exists()
