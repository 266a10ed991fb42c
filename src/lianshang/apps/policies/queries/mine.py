"""The report "my policies" of one firm: what it can have, what is lacking, and how to get it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Channel, Kind, Standing
from lianshang.apps.policies.queries.answers import answers
from lianshang.apps.policies.queries.declared import declared_keys, resting_on
from lianshang.apps.policies.queries.explanations import Told, entries_of, told
from lianshang.apps.policies.queries.portal import rounds_for
from lianshang.apps.policies.queries.reasons import reason, variable_label
from lianshang.apps.policies.queries.windows import Opening, opening
from lianshang.apps.policies.queries.wording import TONES, label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.policies.models import DeliveryRound
    from lianshang.apps.policies.queries.answers import Answer

SHOWN_AT_ONCE = 6  # facts that are lacking; the others are a fold away


@dataclass(frozen=True)
class Item:
    """One policy in the report."""

    told: Told
    is_declared: bool  # rests on a value that waits to be checked
    counts: bool = True  # in the total: of one stacking group the highest does
    round: DeliveryRound | None = None  # the open one in which the firm can apply

    @property
    def answer(self) -> Answer:
        return self.told.answer

    @property
    def standing(self) -> Standing:
        return self.answer.standing

    @property
    def tone(self) -> str:
        return TONES[self.standing]

    @property
    def code(self) -> str:
        return self.answer.code

    @property
    def name(self) -> str:
        return self.told.name

    @property
    def amount(self) -> Decimal | None:
        benefit = self.answer.compiled.policy.benefit
        return self.answer.amount if benefit and benefit.amount else None

    @property
    def gives(self) -> str:
        """What the benefit is called."""
        benefit = self.answer.compiled.policy.benefit
        return label(benefit.label) if benefit else ""

    @property
    def per(self) -> str:
        """`year`, `once` or nothing."""
        benefit = self.answer.compiled.policy.benefit
        return benefit.per if benefit else ""

    @property
    def channel(self) -> str:
        return str(Channel(self.answer.compiled.policy.channel).label)

    @property
    def is_self_assessed(self) -> bool:
        return self.answer.compiled.policy.channel == Channel.SELF_ASSESSED

    @property
    def office(self) -> str:
        return label(self.answer.compiled.policy.office)

    @property
    def materials(self) -> list[str]:
        return [label(one) for one in self.answer.compiled.policy.materials]

    @property
    def deadline(self) -> str:
        return label(self.answer.compiled.policy.deadline)

    @cached_property
    def opening(self) -> Opening | None:
        return opening(self.answer.compiled.policy, self.answer.compiled.day)

    @property
    def documents(self) -> list[str]:
        return [one.document for one in self.answer.compiled.policy.sources.values()]

    @property
    def to_confirm(self) -> bool:
        """The wording of the rule itself still waits for its office."""
        return self.answer.compiled.policy.confirm

    @property
    def reason(self) -> str:
        return reason(self.answer)

    @cached_property
    def steps(self) -> list[tuple[str, list[str], bool]]:
        """Each failing clause: its name, how far, and whether the firm cannot change it."""
        return [
            (one.told.label, [gap.text for gap in one.told.gaps] or [one.told.reading.text],
             one.told.change == "fixed")
            for one in self.told.clauses
            if one.tone == "short"
        ]  # fmt: skip


@dataclass
class Lacking:
    """One fact that is not known, and the policies that wait for it."""

    quantity: str
    label: str
    year: int | None
    is_derived: bool
    items: list[tuple[Item, int]] = field(default_factory=list)  # with: how many others it lacks

    @property
    def amount(self) -> Decimal:
        """The most that could come of it; what cannot be computed yet counts nothing."""
        return sum((item.amount or Decimal(0) for item, _others in self.items), Decimal(0))


@dataclass(frozen=True)
class MyPolicies:
    """The whole report."""

    firm: Enterprise
    on: date
    items: Sequence[Item]
    lacking: Sequence[Lacking]

    @property
    def most_lacking(self) -> Sequence[Lacking]:
        """What the page shows at once: the facts that unlock most."""
        return self.lacking[:SHOWN_AT_ONCE]

    @property
    def also_lacking(self) -> Sequence[Lacking]:
        """The others, a fold away."""
        return self.lacking[SHOWN_AT_ONCE:]

    def standing(self, standing: Standing) -> list[Item]:
        return [one for one in self.items if one.standing is standing]

    @property
    def entitled(self) -> list[Item]:
        return self.standing(Standing.ENTITLED)

    @property
    def one_step(self) -> list[Item]:
        return self.standing(Standing.ONE_STEP)

    @property
    def not_known(self) -> list[Item]:
        return self.standing(Standing.NOT_KNOWN)

    @property
    def needs_person(self) -> list[Item]:
        return self.standing(Standing.NEEDS_PERSON)

    @property
    def not_entitled(self) -> list[Item]:
        return self.standing(Standing.NOT_ENTITLED)

    def total(self, per: str) -> Decimal:
        """Of the entitled ones, by year or once; of one stacking group the highest counts."""
        counted = (
            one for one in self.entitled if one.counts and (one.per == "year") == (per == "year")
        )
        return sum((one.amount or Decimal(0) for one in counted), Decimal(0))

    @property
    def per_year(self) -> Decimal:
        return self.total("year")

    @property
    def once(self) -> Decimal:
        return self.total("once")

    @property
    def has_declared(self) -> bool:
        return any(one.is_declared for one in self.items)


def my_policies(firm: Enterprise, *, on: date) -> MyPolicies:
    """The report of a firm on a day, computed afresh from the ledger."""
    entries = entries_of(firm, on=on)
    found = answers(firm, on=on)
    resting = resting_on(found, declared_keys(entries))
    counted = _counted(found)
    rounds = {one.policy.code: one for one in reversed(rounds_for(firm))}
    items = []
    for answer in found:
        if answer.compiled.policy.kind == Kind.CLASSIFICATION:
            continue
        why, code = told(firm, answer, on=on, entries=entries), answer.code
        items.append(Item(why, code in resting, code in counted, rounds.get(code)))
    items.sort(key=lambda one: -(one.amount or 0))
    return MyPolicies(firm, on, items, lacking(items, found))


def _counted(found: Sequence[Answer]) -> set[str]:
    """Of each stacking group the entitled policy with the highest amount, as `entitled_amount`."""
    best: dict[str, Answer] = {}
    for one in found:
        if one.standing is Standing.ENTITLED and one.amount is not None:
            stacking = one.compiled.policy.stacking
            group = stacking.group if stacking else one.code
            if group not in best or one.amount > (best[group].amount or 0):
                best[group] = one
    return {one.code for one in best.values()}


def lacking(items: Sequence[Item], found: Sequence[Answer]) -> list[Lacking]:
    """Each unknown fact once, the one that unlocks most first.

    Where a policy waits for the result of another, the facts that the other waits for stand here.
    """
    by_family: dict[str, list[Answer]] = {}
    for answer in found:
        by_family.setdefault(answer.compiled.policy.family, []).append(answer)
    waiting: dict[str, Lacking] = {}
    for item in items:
        if item.standing is Standing.NOT_KNOWN:
            names = _facts_behind(item.answer, by_family, set())
            for name in names:
                if name not in waiting:
                    waiting[name] = _lacking(name, item.answer.compiled.day)
                waiting[name].items.append((item, len(names) - 1))
    return sorted(waiting.values(), key=lambda one: (-one.amount, -len(one.items), one.label))


def _facts_behind(answer: Answer, by_family: dict[str, list[Answer]], seen: set[str]) -> list[str]:
    variables, names = catalogue().variables, list[str]()
    for name in answer.outcome.missing:
        family = variables[name].quantity.result_of
        if not family:
            names.append(name)
        elif family not in seen:
            for other in by_family.get(family, ()):
                names += _facts_behind(other, by_family, seen | {family})
    return list(dict.fromkeys(names))


def _lacking(name: str, day: date) -> Lacking:
    variable = catalogue().variables[name]
    back = variable.years_back
    return Lacking(
        quantity=variable.quantity.name,
        label=variable_label(name, day),
        year=None if back is None else day.year - 1 - back,
        is_derived=variable.quantity.period == "derived",
    )
