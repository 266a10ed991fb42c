"""One step short is proved on the real library: the changes proposed make a policy pass, together
and to the last cent, for 500 firms that stand on its bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from tests.policies_data.boundary_firms import BoundaryFirms, Facts

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.queries.library import library_of_files
from lianshang.engines.rules import CompiledPolicy, State
from lianshang.engines.rules.remedies import Change, Kind, Remedies, remedies

FIRMS, POLICIES_EACH = 500, 4
DAY = date(2026, 11, 23)
PASSED = (State.MET, State.NEEDS_PERSON)


@dataclass(frozen=True)
class Case:
    """What is proposed to one firm about one policy."""

    name: str
    compiled: CompiledPolicy
    facts: Facts
    found: Remedies

    def passes(self, *, without: Change | None = None, **values: int | bool | None) -> bool:
        """Met with the changes made (one left out, or at another value), or left to persons for
        what was said to be left to them. A ratio over zero, which nobody can tell, is neither.
        """
        made = {one.variable: one.needed for one in self.found.changes if one is not without}
        outcome = self.compiled.evaluate({**self.facts, **made, **values})
        if outcome.state is not State.NEEDS_PERSON:
            return outcome.state is State.MET
        left = {key for key, one in outcome.clauses.items() if one is State.NEEDS_PERSON}
        return left <= {one.clause for one in self.found.judgements}


@cache
def cases() -> list[Case]:
    policies = [
        CompiledPolicy(policy, catalogue(), DAY)
        for policy in library_of_files().policies.values()
        if policy.in_force(DAY) and policy.clauses
    ]
    asked = sorted({name for one in policies for name in one.variables})
    drawn = BoundaryFirms([one.program for one in policies], catalogue(), asked)
    found = []
    for number, facts in enumerate(drawn.draw(FIRMS, seed="remedies")):
        for compiled in Random(f"policies/{number}").sample(policies, POLICIES_EACH):
            told = remedies(compiled, facts)
            if told.state not in PASSED:
                found.append(Case(f"firm {number}, {compiled.policy.id}", compiled, facts, told))
    return found


def changes() -> Iterator[tuple[Case, Change]]:
    for case in cases():
        yield from ((case, change) for change in case.found.changes)


def test_the_changes_make_the_policy_pass_and_each_clause_they_are_for() -> None:
    wrong = []
    for case in cases():
        if case.found.changes:
            made = {one.variable: one.needed for one in case.found.changes}
            outcome = case.compiled.evaluate({**case.facts, **made})
            if outcome.state not in PASSED or outcome.state is not case.found.reached:
                wrong.append(case.name)
            if outcome.state is State.NEEDS_PERSON and not case.found.judgements:
                wrong.append(f"{case.name}: nothing is left to judge")
    assert wrong == []


def test_something_is_found_for_nearly_every_firm() -> None:
    """What is not found is said to be out of reach, so that must be rare."""
    helpless = [case.name for case in cases() if not case.found.changes]
    assert len(cases()) > 1200
    assert len(helpless) <= len(cases()) // 100


def test_no_change_could_be_left_out() -> None:
    idle = [
        f"{case.name}: {change.text}" for case, change in changes() if case.passes(without=change)
    ]
    assert idle[:9] == []


def test_no_smaller_change_of_the_same_fact_would_do() -> None:
    """One step of the stored scale less is not enough, and nothing in between is."""
    random, smaller = Random("smaller"), []
    for case, change in changes():
        if change.change is None:
            continue
        present, needed = int(change.present or 0), int(change.needed)
        between = [needed - (1 if needed > present else -1)]
        between += [random.randint(*sorted((present, needed))) for _ in range(4)]
        smaller += [
            f"{case.name}: {change.text}, yet {value} would do"
            for value in between
            if abs(value - present) < abs(needed - present)
            and case.passes(**{change.variable: value})
        ]
    assert smaller[:9] == []


def test_each_change_says_whose_it_is_and_by_when() -> None:
    wrong = []
    for case, change in changes():
        clauses = [one for one in case.compiled.policy.clauses if one.id in change.clauses]
        fixed = any(one.change == "fixed" for one in clauses)
        quantity = case.compiled.catalogue.variables[change.variable].quantity
        if change.present is None or all(one.change == "document" for one in clauses):
            expected = Kind.SUPPLY
        elif fixed or quantity.expert:
            expected = Kind.BEYOND
        else:
            continue  # the rest is told apart by hand below
        if change.kind is not expected or (change.when is None) != (expected is Kind.BEYOND):
            wrong.append(f"{case.name}: {change.text} is {change.kind.key}")
    assert wrong == []


def test_all_three_kinds_and_both_ends_occur() -> None:
    """Without this the tests above would say little."""
    kinds = [change.kind for _, change in changes()]
    assert all(kinds.count(kind) > 100 for kind in Kind)
    reached = [case.found.reached for case in cases()]
    assert all(reached.count(state) > 50 for state in PASSED)
