"""The invented clauses on numpy arrays of float32, in two styles of OpenFisca formulas.

`get(name)` gives an array: yuan and heads as float32, codes as integers, flags as bool. Two-valued
tests take a missing value for 0; `sure` and `possible` carry by hand what is known.
"""

from collections.abc import Callable
from functools import reduce
from operator import and_, or_
from typing import Any

from bench.rules.synthetic import (
    LETTERS,
    Amount,
    Clause,
    Flag,
    Item,
    Member,
    Ratio,
    Score,
    Share,
    Stepped,
    Threshold,
    Tier,
)

Array = Any
Get = Callable[[str], Array]


class Formulas:
    """Clauses and amounts written for speed: cross-multiplied, nested `where`, codes looked up.

    `np` is numpy, which is loaded only where it is installed.
    """

    def __init__(self, np: Any) -> None:
        self.np = np

    def test(self, clause: Clause, get: Get) -> Array:
        """Two-valued: whether the clause holds, a ratio over 0 counting as not reached."""
        match clause:
            case Threshold(column, operator, bound):
                held = get(column.name)
                return held >= bound if operator == ">=" else held <= bound
            case Ratio(over, under, percent):
                below = get(under.name)
                return (below > 0) & (get(over.name) >= below * (percent / 100))
            case Tier(over, under):
                below = get(under.name)
                return (below > 0) & (get(over.name) >= below * self._tier(clause, below))
            case Score(items, mark):
                return reduce(lambda a, b: a + b, (self.points(i, get) for i in items)) >= mark
            case Member(column, letters):
                listed = self.np.array([letter in letters for letter in LETTERS])
                return listed[get(column.name)]
            case Flag(column, wanted):
                return get(column.name) if wanted else ~get(column.name)

    def points(self, item: Item, get: Get) -> Array:
        """Points of an item of a score."""
        ratio, np = self._ratio(item, get), self.np
        given = np.float32(0)
        for percent, points in reversed(item.steps):
            given = np.where(ratio >= percent / 100, np.float32(points), given)
        return given

    def sure(self, clause: Clause, get: Get, known: Get) -> Array:
        """Where the clause surely holds."""
        if isinstance(clause, Score):
            least = (self.points(i, get) * self._reachable(i, get, known) for i in clause.items)
            return reduce(lambda a, b: a + b, least) >= clause.pass_mark
        return self.test(clause, get) & self.decided(clause, get, known)

    def possible(self, clause: Score, get: Get, known: Get) -> Array:
        """Where a score may reach its mark: an item that is not known brings all it could."""
        most = (
            self.np.where(
                self._reachable(i, get, known),
                self.points(i, get),
                self.np.float32(i.steps[0][1]),
            )
            for i in clause.items
        )
        return reduce(lambda a, b: a + b, most) >= clause.pass_mark

    def decided(self, clause: Clause, get: Get, known: Get) -> Array:
        """Where a clause other than a score is known one way or the other."""
        if isinstance(clause, Ratio | Tier):
            return self._reachable(clause, get, known)
        assert not isinstance(clause, Score)
        return known(clause.column.name)

    def amount(self, value: Amount, get: Get, height: int) -> Array:
        """In yuan."""
        np = self.np
        match value:
            case Share(column, percent, cap):
                return np.minimum(get(column.name) * (percent / 100), cap)
            case Stepped(column, bound, (low, high)):
                held = get(column.name)
                return np.where(held <= bound, held * (low / 100), held * (high / 100))
            case _:
                return np.full(height, value.yuan, dtype=np.float32)

    def _tier(self, clause: Tier, below: Array) -> Array:
        np, (small, large) = self.np, clause.bounds
        first, second, third = (np.float32(percent / 100) for percent in clause.percents)
        return np.where(below <= small, first, np.where(below <= large, second, third))

    def _ratio(self, item: Item | Ratio | Tier, get: Get) -> Array:
        over, under = get(item.over.name), get(item.under.name)
        return self.np.divide(over, under, out=self.np.zeros_like(over), where=under > 0)

    def _reachable(self, parts: Item | Ratio | Tier, get: Get, known: Get) -> Array:
        """Where a ratio can be told: both sides are known and it is not over 0."""
        return known(parts.over.name) & known(parts.under.name) & (get(parts.under.name) > 0)


class HandbookFormulas(Formulas):
    """The same as OpenFisca's handbook writes it: divisions, `select`, `isin`."""

    def test(self, clause: Clause, get: Get) -> Array:
        match clause:
            case Ratio(_, _, percent):
                return self._ratio(clause, get) >= percent / 100
            case Tier():
                return self._ratio(clause, get) >= self._tier(clause, get(clause.under.name))
            case Member(column, letters):
                places = [LETTERS.index(letter) for letter in letters]
                return self.np.isin(get(column.name), places)
            case _:
                return super().test(clause, get)

    def points(self, item: Item, get: Get) -> Array:
        ratio = self._ratio(item, get)
        tests = [ratio >= percent / 100 for percent, _ in item.steps]
        return self.np.select(tests, [points for _, points in item.steps], 0)

    def _tier(self, clause: Tier, below: Array) -> Array:
        tests = [below <= bound for bound in clause.bounds]
        first, second, third = (percent / 100 for percent in clause.percents)
        return self.np.select(tests, [first, second], third)


def together(tests: list[Array]) -> Array:
    """A policy's clauses: all, of the last two only one."""
    return reduce(and_, [*tests[:-2], or_(*tests[-2:])])
