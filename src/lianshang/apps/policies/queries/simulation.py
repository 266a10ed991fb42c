"""What would follow if a policy were in force: who gets it, what it costs, what each threshold
does, what it overlaps with, and what changes against the version in force.

Rules as of the first day on which the policy holds, facts as of today. Sums are exact, in fen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.queries.library import library, stages
from lianshang.apps.policies.queries.populations import Column, Population, population
from lianshang.apps.policies.queries.thresholds import Threshold, variants

if TYPE_CHECKING:
    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.policy import Policy

LARGEST = 10  # firms whose share of the cost is told
MET, NOT_MET, NEEDS_PERSON = 1, 0, 3


@dataclass(frozen=True)
class Share:
    """One firm that gets something; the amount is None where a fact for it is missing."""

    firm: int
    amount: Decimal | None


@dataclass(frozen=True)
class Effect:
    """How many firms a variant reaches, and what it costs."""

    met: int
    cost: Decimal
    unknown_amounts: int


@dataclass(frozen=True)
class Move:
    """A threshold set elsewhere: what follows; no effect where the rules could not be computed."""

    value: str
    effect: Effect | None


@dataclass(frozen=True)
class Sensitivity:
    """One threshold, moved down and up."""

    threshold: Threshold
    moves: Sequence[Move]


@dataclass(frozen=True)
class Overlap:
    """Another benefit of the same stacking group: firms that are entitled to both."""

    code: str
    name: Mapping[str, str]
    firms: int
    theirs: Decimal


@dataclass(frozen=True)
class Change:
    """A firm whose amount differs between two versions; None: not entitled, or not known."""

    firm: int
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Comparison:
    """Against the version in force, by firm."""

    code: str
    name: Mapping[str, str]
    before: Effect
    entering: Sequence[Change]
    leaving: Sequence[Change]
    rising: Sequence[Change]
    falling: Sequence[Change]
    unclear: int  # entitled under both, but an amount is not known


@dataclass(frozen=True)
class Simulation:
    """Everything at once."""

    on: date
    rules_on: date
    firms: int
    counts: Mapping[Standing, int]
    effect: Effect
    per: str
    recipients: Sequence[Share]  # the largest amounts first
    concentration: Decimal | None  # the share of the ten largest; None: there is no cost
    group: str
    net: Decimal  # what it adds where of a stacking group only the highest counts
    overlaps: Sequence[Overlap]
    thresholds: Sequence[Sensitivity]
    comparison: Comparison | None


def rules_day(policy: Policy, today: date) -> date:
    """Today while it holds; else the nearest day on which it does."""
    start, end = policy.valid.start, policy.valid.end
    if start is not None and today < start:
        return start
    return end if end is not None and end < today else today


def compiled_for(policy: Policy, today: date) -> CompiledPolicy:
    from lianshang.engines.rules.evaluation import CompiledPolicy

    return CompiledPolicy(policy, catalogue(), rules_day(policy, today))


def affected(
    policy: Policy, firms: Collection[int], *, on: date
) -> tuple[dict[Standing, int], Effect]:
    """The short answer: how many firms stand where, and the cost. Raises PolicyError."""
    one = compiled_for(policy, on)
    column = population(firms, [one], on=on).run(one, steps=True)
    return _counts(column), _effect(column)


def simulate(policy: Policy, firms: Collection[int], *, on: date) -> Simulation:
    """The whole simulation over these firms. Raises PolicyError where it cannot be computed."""
    one = compiled_for(policy, on)
    rivals, older = _rivals(policy, on), _older(policy, on)
    everybody = population(firms, [one, *rivals, *older], on=on)
    column = everybody.run(one, steps=True)
    others = [(rival, everybody.run(rival)) for rival in rivals]
    shares = _shares(column, everybody.firms)
    effect = _effect(column)
    largest = sum((share.amount or Decimal(0) for share in shares[:LARGEST]), Decimal(0))
    return Simulation(
        on=on,
        rules_on=one.day,
        firms=len(everybody.firms),
        counts=_counts(column),
        effect=effect,
        per=policy.benefit.per if policy.benefit else "",
        recipients=shares,
        concentration=largest / effect.cost if effect.cost else None,
        group=policy.stacking.group if policy.stacking else "",
        net=_net(column, [other for _rival, other in others]),
        overlaps=[_overlap(column, rival, other) for rival, other in others],
        thresholds=list(_sensitivities(one, everybody)),
        comparison=_comparison(column, older[0], everybody) if older else None,
    )


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _counts(column: Column) -> dict[Standing, int]:
    found = Counter(map(_standing, column.states, column.steps))
    return {standing: found[standing] for standing in Standing}


def _standing(state: int, steps: int | None) -> Standing:
    if state == MET:
        return Standing.ENTITLED
    if state == NOT_MET:
        return Standing.ONE_STEP if steps == 1 else Standing.NOT_ENTITLED
    return Standing.NEEDS_PERSON if state == NEEDS_PERSON else Standing.NOT_KNOWN


def _effect(column: Column) -> Effect:
    amounts = [amount for state, amount in zip(column.states, column.amounts, strict=True)
               if state == MET]  # fmt: skip
    known = [amount for amount in amounts if amount is not None]
    return Effect(len(amounts), _yuan(sum(known)), len(amounts) - len(known))


def _shares(column: Column, firms: Sequence[int]) -> list[Share]:
    rows = zip(firms, column.states, column.amounts, strict=True)
    met = [
        Share(firm, None if amount is None else _yuan(amount))
        for firm, state, amount in rows
        if state == MET
    ]
    return sorted(met, key=lambda one: (-(one.amount or Decimal(0)), one.firm))


def _rivals(policy: Policy, on: date) -> list[CompiledPolicy]:
    """Other policies in force whose benefit is not added to this one's."""
    if policy.stacking is None:
        return []
    return [
        one
        for stage in stages(on)
        for one in stage
        if one.policy.stacking
        and one.policy.stacking.group == policy.stacking.group
        and one.policy.family != policy.family
    ]


def _older(policy: Policy, on: date) -> list[CompiledPolicy]:
    """The version that holds today, if it is another than this."""
    versions = (
        one
        for one in library().policies.values()
        if one.family == policy.family and one.id != policy.id and one.in_force(on)
    )
    return [compiled_for(one, on) for one in versions][:1]


def _net(column: Column, others: Sequence[Column]) -> Decimal:
    """What this adds to what the firms are entitled to anyway, of one group only the highest."""
    total = 0
    for row, (state, amount) in enumerate(zip(column.states, column.amounts, strict=True)):
        if state == MET and amount is not None:
            held = (one.amounts[row] or 0 for one in others if one.states[row] == MET)
            total += max(amount - max(held, default=0), 0)
    return _yuan(total)


def _overlap(column: Column, rival: CompiledPolicy, other: Column) -> Overlap:
    both = [
        amount or 0
        for mine, theirs, amount in zip(column.states, other.states, other.amounts, strict=True)
        if mine == MET and theirs == MET
    ]
    return Overlap(rival.policy.id, rival.policy.name, len(both), _yuan(sum(both)))


def _sensitivities(one: CompiledPolicy, everybody: Population) -> Iterator[Sensitivity]:
    for threshold in variants(one.policy, one.day):
        moves = [Move(threshold.shown(value), _moved(one, everybody, threshold.name, value))
                 for value in (threshold.lower, threshold.upper)]  # fmt: skip
        yield Sensitivity(threshold, moves)


def _moved(one: CompiledPolicy, everybody: Population, name: str, value: Fraction) -> Effect | None:
    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.problems import PolicyError

    try:
        changed = CompiledPolicy(one.policy, one.catalogue, one.day, {name: value})
    except PolicyError:  # e.g. the amount could then fall below 0
        return None
    return _effect(everybody.run(changed))


def _comparison(column: Column, older: CompiledPolicy, everybody: Population) -> Comparison:
    before = everybody.run(older)
    found: dict[str, list[Change]] = {"entering": [], "leaving": [], "rising": [], "falling": []}
    unclear = 0
    for firm, was, now in zip(everybody.firms, _amounts(before), _amounts(column), strict=True):
        kind = _kind(was, now)
        unclear += kind == "unclear"
        if kind in found:
            found[kind].append(Change(firm, was and was[0], now and now[0]))
    for changes in found.values():
        changes.sort(key=lambda one: -abs((one.after or Decimal(0)) - (one.before or Decimal(0))))
    policy = older.policy
    return Comparison(policy.id, policy.name, _effect(before), unclear=unclear, **found)


def _amounts(column: Column) -> Iterator[tuple[Decimal | None] | None]:
    """Per firm: None where it is not entitled, else its amount, which may not be known."""
    for state, amount in zip(column.states, column.amounts, strict=True):
        yield ((None if amount is None else _yuan(amount)),) if state == MET else None


def _kind(was: tuple[Decimal | None] | None, now: tuple[Decimal | None] | None) -> str:
    if was is None or now is None:
        return "" if was is now else "entering" if was is None else "leaving"
    before, after = was[0], now[0]
    if before is None or after is None:
        return "unclear" if before is not after else ""
    return "" if before == after else "rising" if after > before else "falling"
