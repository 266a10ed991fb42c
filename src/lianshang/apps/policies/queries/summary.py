"""What the last evaluation adds up to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import (
    Aggregate,
    Count,
    DecimalField,
    Exists,
    F,
    Field,
    IntegerField,
    Max,
    OuterRef,
    QuerySet,
    Subquery,
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
    # A subquery each: a page of policies asks about those alone, and counting them about none.
    firms = list(seen.values_list("pk", flat=True))
    answers = Assessment.objects.filter(policy=OuterRef("pk"), enterprise__in=firms).order_by()
    found: dict[str, Any] = {
        f"n_{standing}": _one_of(answers.filter(condition), Count("pk"), IntegerField())
        for standing, condition in STANDING.items()
    }
    entitled, money = answers.filter(STANDING[Standing.ENTITLED]), DecimalField()
    return policies.annotate(**found, entitled_amount=_one_of(entitled, Sum("amount"), money))


def _one_of(rows: QuerySet[Assessment], what: Aggregate, field: Field[Any, Any]) -> Coalesce:
    """One number about the answers of a policy; 0 where there are none."""
    summed = rows.values("policy").annotate(all=what).values("all")
    return Coalesce(Subquery(summed), Value(0, output_field=field), output_field=field)


def _within_reach(
    policies: QuerySet[Policy], seen: QuerySet[Enterprise] | None, most: int
) -> list[int]:
    """Keys of the policies that the most firms are entitled to or one step from, these first."""
    if seen is None:
        reach = F(f"tally__{Standing.ENTITLED}") + F(f"tally__{Standing.ONE_STEP}")
        return list(
            policies.order_by(reach.desc(), "name", "pk").values_list("pk", flat=True)[:most]
        )
    firms = list(seen.values_list("pk", flat=True))
    rows = Assessment.objects.filter(enterprise__in=firms, policy__in=policies.values("pk"))
    near = STANDING[Standing.ENTITLED] | STANDING[Standing.ONE_STEP]
    counted = rows.values("policy").annotate(near=Count("pk", filter=near))
    return list(counted.order_by("-near", "policy").values_list("policy", flat=True)[:most])


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
    seen = counted_for(user)
    if most is not None:
        keys = _within_reach(policies, seen, most)
        policies = policies.filter(pk__in=keys)
    counted = list(with_counts(policies, seen))
    if most is not None:
        counted.sort(key=lambda one: keys.index(one.pk))
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
