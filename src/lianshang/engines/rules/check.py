"""Check a policy before anyone relies on it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from . import logic
from .building import Builder
from .catalogue import Catalogue
from .jointly import clashes, contradictory
from .nodes import Truth
from .payments import paid_parameters
from .policy import Policy
from .problems import Problem
from .program import Program
from .reachability import decided, unreachable_brackets
from .scope import Scope
from .structure import structural_problems


def check_policy(policy: Policy, catalogue: Catalogue) -> list[Problem]:
    """Everything wrong with a policy on any day of its validity, errors first."""
    problems = list(structural_problems(policy, catalogue))
    used: set[str] = set()
    daily: list[list[Problem]] = []
    for day in days_to_check(policy):
        scope = Scope(policy, catalogue, day)
        builder = Builder(scope)
        program = builder.program()
        problems += builder.problems
        if not builder.problems:
            daily.append(list(_Findings(policy, scope, program).all()))
        used |= scope.used
    if not any(problem.severity == "error" for problem in problems):
        # A dated parameter may switch a clause off for a time: only what holds every day counts.
        problems += [problem for problem in daily[0] if all(problem in day for day in daily)]
        problems += _unused(policy, used | paid_parameters(policy))
    placed = dict.fromkeys(replace(problem, policy=policy.id) for problem in problems)
    return sorted(placed, key=lambda problem: problem.severity)


def days_to_check(policy: Policy) -> list[date]:
    """The first day of validity and every later day on which a parameter changes."""
    changes = {start for p in policy.parameters.values() for start, _ in p.values}
    first = policy.valid.start or max(
        (p.values[0][0] for p in policy.parameters.values()), default=date(2000, 1, 1)
    )
    later = {day for day in changes if day > first and policy.valid.covers(day)}
    return [first, *sorted(later)]


class _Findings:
    """What only the finished program shows."""

    def __init__(self, policy: Policy, scope: Scope, program: Program) -> None:
        self.policy, self.scope, self.program = policy, scope, program

    def all(self) -> Iterator[Problem]:
        yield from self._dead_clauses()
        yield from clashes(self.policy.require, self.program.clauses)
        yield from self._dead_brackets()
        yield from self._dead_classes()

    def _dead_clauses(self) -> Iterator[Problem]:
        for path, clause in self.policy.require.clauses():
            yield from _dead(self.program.clauses[clause.id].value, f"require.{path}.when")

    def _dead_brackets(self) -> Iterator[Problem]:
        for name, item in self.policy.items.items():
            for index, why in unreachable_brackets(item.brackets, self.scope):
                yield Problem(
                    "unreachable",
                    f"This bracket is never reached. {why}",
                    "Order brackets from the hardest test to the easiest.",
                    f"items.{name}.brackets[{index}]",
                )

    def _dead_classes(self) -> Iterator[Problem]:
        for index, rule in enumerate(self.policy.classes):
            if rule.when is not None:
                yield from _dead(self.scope.truth(rule.when), f"classes[{index}].when")


def _dead(test: Truth, path: str) -> Iterator[Problem]:
    verdict = decided(test)
    if verdict is None:
        return
    what = f"Given the declared bounds this {'always' if verdict else 'never'} holds."
    hint = "Check the threshold and its unit against the catalogue's min and max."
    if contradictory([logic.negation(test) if verdict else test]):
        parts = "together cover every case: this always" if verdict else "contradict: this never"
        what, hint = f"Its parts {parts} holds.", "Check the thresholds against each other."
    yield Problem("dead-clause", what, hint, path)


def _unused(policy: Policy, used: set[str]) -> Iterator[Problem]:
    """Warnings for what is defined and never asked."""
    summed = set(chain.from_iterable(score.items for score in policy.scores.values()))
    parts = {f"score.{part}" for score in policy.scores.values() for part in score.sums}
    used = used | parts
    defined: list[tuple[str, Sequence[str], Callable[[str], bool]]] = [
        ("parameters", list(policy.parameters), used.__contains__),
        ("tables", list(policy.tables), used.__contains__),
        ("assume", [a.variable for a in policy.assume], used.__contains__),
        ("items", list(policy.items), summed.__contains__),
        ("scores", list(policy.scores), lambda name: f"score.{name}" in used),
    ]
    for kind, names, is_used in defined:
        for name in names:
            if not is_used(name):
                yield Problem(
                    "unused", "Nothing uses this.", "Delete it.", f"{kind}.{name}", "", "warning"
                )
