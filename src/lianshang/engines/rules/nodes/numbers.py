"""Whole numbers."""

from dataclasses import dataclass
from math import prod

from .base import Integer, Truth


@dataclass(frozen=True, eq=False, slots=True)
class Constant(Integer):
    value: int

    def _measured(self) -> tuple[int, int, int]:
        return self.value, self.value, 0


@dataclass(frozen=True, eq=False, slots=True)
class Variable(Integer):
    """A number, date or code of the catalogue, with its declared bounds."""

    name: str
    least: int
    most: int
    known = False

    def _measured(self) -> tuple[int, int, int]:
        return self.least, self.most, 0


@dataclass(frozen=True, eq=False, slots=True)
class Assumed(Integer):
    """A number that counts as a stated value where it is unknown."""

    of: Integer
    value: int
    known = True

    def _measured(self) -> tuple[int, int, int]:
        return min(self.of.low, self.value), max(self.of.high, self.value), 0


@dataclass(frozen=True, eq=False, slots=True)
class NonZero(Integer):
    """A denominator: a number that is never negative, made unknown where it is 0."""

    of: Integer
    known = False

    def _measured(self) -> tuple[int, int, int]:
        return max(self.of.low, 1), max(self.of.high, 1), 0


@dataclass(frozen=True, eq=False, slots=True)
class Lookup(Integer):
    """The value at a code's place in a table; unknown where the table has no row."""

    of: Integer
    values: tuple[int | None, ...]
    known = False

    def _measured(self) -> tuple[int, int, int]:
        present = [value for value in self.values if value is not None] or [0]
        return min(present), max(present), 0


@dataclass(frozen=True, eq=False, slots=True)
class Linear(Integer):
    """Terms × coefficients + constant. A coefficient may be 0: unknown × 0 is unknown."""

    terms: tuple[tuple[Integer, int], ...]
    constant: int

    def _measured(self) -> tuple[int, int, int]:
        reach = [sorted((c * t.low, c * t.high)) for t, c in self.terms]
        low = self.constant + sum(least for least, _ in reach)
        high = self.constant + sum(most for _, most in reach)
        parts = (max(1, abs(c)) * max(1, t.magnitude) for t, c in self.terms)
        return low, high, abs(self.constant) + sum(parts)


@dataclass(frozen=True, eq=False, slots=True)
class Product(Integer):
    factors: tuple[Integer, ...]

    def _measured(self) -> tuple[int, int, int]:
        low = high = 1
        for factor in self.factors:
            corners = [a * b for a in (low, high) for b in (factor.low, factor.high)]
            low, high = min(corners), max(corners)
        return low, high, prod(max(1, factor.magnitude) for factor in self.factors)


@dataclass(frozen=True, eq=False, slots=True)
class Extreme(Integer):
    """The larger or the smaller of two numbers."""

    largest: bool
    left: Integer
    right: Integer

    def _measured(self) -> tuple[int, int, int]:
        pick = max if self.largest else min
        low, high = pick(self.left.low, self.right.low), pick(self.left.high, self.right.high)
        return low, high, max(self.left.magnitude, self.right.magnitude)


@dataclass(frozen=True, eq=False, slots=True)
class Case(Integer):
    """The value of the first test that holds; unknown if an unknown test comes before it.

    Not strict: what stands in branches not taken does not matter.
    """

    branches: tuple[tuple[Truth, Integer], ...]
    otherwise: Integer

    def _measured(self) -> tuple[int, int, int]:
        values = [*(value for _, value in self.branches), self.otherwise]
        low, high = min(v.low for v in values), max(v.high for v in values)
        return low, high, max(v.magnitude for v in values)


@dataclass(frozen=True, eq=False, slots=True)
class Indicator(Integer):
    """1 where a test surely holds, 0 where it does not or is unknown."""

    test: Truth
    known = True

    def _measured(self) -> tuple[int, int, int]:
        return 0, 1, 0


@dataclass(frozen=True, eq=False, slots=True)
class Below(Integer):
    """A number, made unknown where it reaches the limit."""

    of: Integer
    limit: int
    known = False

    def _measured(self) -> tuple[int, int, int]:
        return self.of.low, min(self.of.high, self.limit - 1), self.of.magnitude


@dataclass(frozen=True, eq=False, slots=True)
class Rounded(Integer):
    """numerator ÷ denominator, half up; the one is never negative, the other always positive.

    Half up is (numerator + denominator // 2) // denominator: all are whole numbers.
    """

    numerator: Integer
    denominator: Integer

    def _measured(self) -> tuple[int, int, int]:
        over, under = self.numerator, self.denominator
        low, high = over.low // under.high, over.high // max(1, under.low) + 1
        return low, high, over.magnitude + under.magnitude
