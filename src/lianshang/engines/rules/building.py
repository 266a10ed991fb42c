"""Write a policy out as nodes, noting every expression at fault."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import TypeVar

from . import arithmetic, logic, nodes
from .language.units import PURE, Dimension
from .limits import overflows
from .meaning import Meaning, Numeric, Points
from .nodes import Integer, Truth
from .policy import Clause, Group
from .problems import ExpressionError, PolicyError, Problem
from .program import FEN, ClauseProgram, Program, State
from .scope import Scope

YUAN = Dimension((("元", 1),))
MOST_COMBINATIONS = 500  # of branches in one at_least
T = TypeVar("T")
_MET, _NOT_MET, _NOT_KNOWN, _NEEDS_PERSON = (
    nodes.Constant(int(state))
    for state in (State.MET, State.NOT_MET, State.NOT_KNOWN, State.NEEDS_PERSON)
)


def build(scope: Scope) -> Program:
    """The program of a policy on a day; raises PolicyError with every expression at fault."""
    builder = Builder(scope)
    program = builder.program()
    if builder.problems:
        raise PolicyError(builder.problems)
    return program


class Builder:
    """Builds the whole program even where parts are at fault, so that all faults show at once."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.policy = scope, scope.policy
        self.problems: list[Problem] = []
        self._reported: set[tuple[str, str]] = set()

    def program(self) -> Program:
        policy, scope = self.policy, self.scope
        lets = {
            name: found
            for name, let in policy.lets.items()
            if (found := self._at(f"let.{name}.expr", partial(scope.meaning, let.expression)))
        }
        for name in policy.items:
            self._at(f"items.{name}", partial(scope.item, name))
        scores = {name: self._score(name) for name in policy.scores}
        class_index = self._class_index()
        clauses = {
            clause.id: self._clause(f"require.{path}.when", clause)
            for path, clause in policy.require.clauses()
        }
        tree = _Tree(policy.require, clauses, class_index)
        program = Program(
            policy=policy,
            day=scope.day,
            clauses=clauses,
            state=tree.state(),
            steps=tree.steps(),
            amount=self._amount(),
            class_index=class_index,
            scores={name: (score.low, score.high) for name, score in scores.items()},
            lets=lets,
            disputes=dict(self._disputes()),
        )
        self.problems += overflows(program)
        return program

    def _at(self, path: str, make: Callable[[], T]) -> T | None:
        """The result, or None with the fault noted; a fault inside a let is noted once."""
        try:
            return make()
        except ExpressionError as error:
            problem = error.placed(policy=self.policy.id, path=path)
            if (problem.code, problem.what) not in self._reported:
                self.problems.append(problem)
                self._reported.add((problem.code, problem.what))
            return None

    def _score(self, name: str) -> Points:
        stand_in = Points(nodes.Constant(0), nodes.Constant(0), logic.TRUE)
        return self._at(f"scores.{name}", partial(self.scope.score, name)) or stand_in

    def _clause(self, path: str, clause: Clause) -> ClauseProgram:
        value = self._at(path, partial(self.scope.truth, clause.when)) or logic.FALSE
        waits = logic.awaits_fact(value, self.scope.judged)
        return ClauseProgram(value, waits, _state(value, _person(value, waits)))

    def _class_index(self) -> Integer | None:
        rules = self.policy.classes
        if not rules:
            return None
        tests = [
            self._at(f"classes[{i}].when", partial(self.scope.truth, rule.when)) or logic.FALSE
            for i, rule in enumerate(rules)
            if rule.when is not None
        ]
        branches = tuple((test, nodes.Constant(i)) for i, test in enumerate(tests))
        return nodes.Case(branches, nodes.Constant(len(rules) - 1))

    def _amount(self) -> Integer | None:
        benefit = self.policy.benefit
        if benefit is None or benefit.amount is None:
            return None
        text = benefit.amount
        return self._at("benefit.amount", lambda: self._rounded(self.scope.meaning(text)))

    def _rounded(self, value: Meaning) -> Integer:
        if not isinstance(value, Numeric):
            raise ExpressionError("type", "An amount is a number in 元.", "", 0)
        zero = value.literal and value.quotient.value == 0
        if value.dimension == PURE and not zero:
            hint = "Write it as a parameter with its unit, 元 or 万元, and its source."
            raise ExpressionError("no-currency", "This amount has no currency.", hint, 0)
        if value.dimension != YUAN and not zero:
            hint = "Multiply or divide by what is missing."
            raise ExpressionError("unit-clash", f"This is in {value.dimension}, not 元.", hint, 0)
        if not value.quotient.never_negative:
            hint = "Write larger(…, 0) around what may fall below 0."
            raise ExpressionError("negative-amount", "This amount could be negative.", hint, 0)
        return arithmetic.rounded(value.quotient, FEN)

    def _disputes(self) -> Iterator[tuple[str, Truth]]:
        for index, dispute in enumerate(self.policy.disputes):
            text = dispute.when
            if text is None:
                yield dispute.id, logic.TRUE
            else:
                found = self._at(f"disputes[{index}].when", partial(self.scope.truth, text))
                yield dispute.id, found or logic.FALSE


class _Tree:
    """The state of a tree of clauses, and its steps."""

    def __init__(
        self, root: Group, clauses: Mapping[str, ClauseProgram], class_index: Integer | None
    ) -> None:
        self.root, self.clauses, self.class_index = root, clauses, class_index
        self.impossible = len(clauses) + 1  # more than any number of steps

    def state(self) -> Integer:
        """Not known where a missing fact could still decide it, else what the clauses say.

        An unknown answer needs a person if it stays unknown both with every clause that waits for
        a fact taken as met and with each taken as not met. The tree is monotone, so these two are
        the extremes.
        """
        value = self._truth(self.root, lambda clause: clause.value)
        if not any(map(_may_need_person, self.clauses.values())):
            return _state(value, logic.FALSE)
        open_ = [logic.missing(self._truth(self.root, _worst))]
        if self.root.kind != "all" or any(isinstance(b, Group) for b in self.root.branches):
            open_.append(logic.missing(self._truth(self.root, _best)))  # else follows from worst
        return _state(value, logic.every(open_))

    def _truth(self, group: Group, of: Callable[[ClauseProgram], Truth]) -> Truth:
        items = [
            of(self.clauses[branch.id]) if isinstance(branch, Clause) else self._truth(branch, of)
            for branch in group.branches
        ]
        if group.kind == "at_least":
            return logic.at_least(items, group.n)
        if not items and self.class_index is not None:  # a classification is met once it is known
            known = logic.negation(logic.missing(self.class_index))
            return nodes.Decided(known, logic.TRUE, logic.TRUE)
        return logic.every(items) if group.kind == "all" else logic.some(items)

    def steps(self) -> Integer:
        """The fewest clauses that would have to change; unknown where none may."""
        steps = self._steps(self.root)
        fixed = any(clause.change == "fixed" for _, clause in self.root.clauses())
        return nodes.Below(steps, self.impossible) if fixed else steps

    def _steps(self, branch: Group | Clause) -> Integer:
        if isinstance(branch, Clause):
            return self._clause_steps(branch)
        parts = [self._steps(below) for below in branch.branches]
        if branch.kind == "all":
            return arithmetic.linear((part, 1) for part in parts)
        if branch.kind == "any":
            return self._smallest(parts)
        chosen = combinations(parts, branch.n)
        return self._smallest([arithmetic.linear((part, 1) for part in some) for some in chosen])

    def _smallest(self, ways: list[Integer]) -> Integer:
        return logic.smallest(ways) if ways else nodes.Constant(self.impossible)

    def _clause_steps(self, clause: Clause) -> Integer:
        value = self.clauses[clause.id].value
        open_ = logic.negation(logic.surely(value))
        if clause.change != "fixed":
            return nodes.Indicator(open_)
        fails = logic.negation(logic.possibly(value))
        return arithmetic.linear(
            [(nodes.Indicator(open_), 1), (nodes.Indicator(fails), self.impossible - 1)]
        )


def _may_need_person(clause: ClauseProgram) -> bool:
    return clause.waits is not logic.missing(clause.value)


def _person(value: Truth, waits: Truth) -> Truth:
    """Where an unknown clause is left to a person."""
    unknown = logic.missing(value)
    return logic.FALSE if waits is unknown else logic.every([unknown, logic.negation(waits)])


def _best(clause: ClauseProgram) -> Truth:
    """A clause taken as met where it waits for a fact."""
    if not _may_need_person(clause):
        return logic.possibly(clause.value)
    return logic.some([clause.value, clause.waits])


def _worst(clause: ClauseProgram) -> Truth:
    """A clause taken as not met where it waits for a fact."""
    if not _may_need_person(clause):
        return logic.surely(clause.value)
    return logic.every([clause.value, logic.negation(clause.waits)])


def _state(value: Truth, person: Truth) -> Integer:
    if value.total:
        return nodes.Case(((value, _MET),), _NOT_MET)
    branches = [
        (logic.surely(value), _MET),
        (logic.negation(logic.possibly(value)), _NOT_MET),
    ]
    if person is not logic.FALSE:
        branches.append((person, _NEEDS_PERSON))
    return nodes.Case(tuple(branches), _NOT_KNOWN)
