"""What the policies say about one firm, computed afresh from the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.projection import Values, values_of
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.queries.library import all_variables, results_by_family, stages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.engines.rules.evaluation import CompiledPolicy, Outcome
    from lianshang.engines.rules.program import State


@dataclass(frozen=True)
class Answer:
    """One policy about one firm: what came out, and the values that went in."""

    compiled: CompiledPolicy
    outcome: Outcome
    values: Mapping[str, int | bool | None]

    @property
    def code(self) -> str:
        return self.compiled.policy.id

    @property
    def standing(self) -> Standing:
        return standing(self.outcome.state, self.outcome.steps)

    @property
    def amount(self) -> Decimal | None:
        """In yuan: what the benefit is worth if entitled, would be worth if not."""
        return None if self.outcome.amount is None else Decimal(self.outcome.amount).scaleb(-2)


def answers(enterprise: Enterprise, *, on: date) -> list[Answer]:
    """Every policy in force on the day, in the order in which they feed each other."""
    values = values_of([enterprise.pk], all_variables(on), on=on).get(enterprise.pk, {})
    return answers_from(values, on=on)


def answers_from(values: Values, *, on: date, only: Collection[str] | None = None) -> list[Answer]:
    """The same from given values; results of earlier policies are added to them on the way.

    `only` some codes: whose answers these rest on (`library.feeders`) have to be among them.
    """
    values, fed, found = dict(values), results_by_family(), []
    for stage in stages(on):
        for compiled in stage:
            if only is not None and compiled.policy.id not in only:
                continue
            outcome = compiled.evaluate(values)
            found.append(Answer(compiled, outcome, values))
            for name in fed.get(compiled.policy.family, ()):
                values[name] = result_value(name, outcome.state, outcome.class_code)
    return found


def entitled_amount(found: Iterable[Answer]) -> Decimal:
    """What the entitled benefits come to in yuan; of one stacking group the highest counts."""
    highest: dict[str, Decimal] = {}
    for one in found:
        if one.standing is Standing.ENTITLED and one.amount is not None:
            stacking = one.compiled.policy.stacking
            group = stacking.group if stacking else one.code
            highest[group] = max(one.amount, highest.get(group, Decimal(0)))
    return sum(highest.values(), Decimal(0))


def result_value(name: str, state: State, class_code: str | None) -> int | bool | None:
    """A policy's answer as the fact that later policies ask for: yes, no, unknown; or a class."""
    from lianshang.engines.rules.program import State

    if catalogue().quantities[name].type == "code":
        return catalogue().encode(name, class_code)
    return {State.MET: True, State.NOT_MET: False}.get(state)


def standing(state: State, steps: int | None) -> Standing:
    """How an officer reads an answer."""
    from lianshang.engines.rules.program import State

    if state is State.NOT_MET:
        return Standing.ONE_STEP if steps == 1 else Standing.NOT_ENTITLED
    return {
        State.MET: Standing.ENTITLED,
        State.NOT_KNOWN: Standing.NOT_KNOWN,
        State.NEEDS_PERSON: Standing.NEEDS_PERSON,
    }[state]
