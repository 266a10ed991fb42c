"""Truth values of three."""

from dataclasses import dataclass

from lianshang.engines.rules.language.syntax import Operator

from .base import Integer, Node, Truth


@dataclass(frozen=True, eq=False, slots=True)
class Always(Truth):
    value: bool


@dataclass(frozen=True, eq=False, slots=True)
class Flag(Truth):
    """A yes-or-no quantity of the catalogue, or a title."""

    name: str
    known = False


@dataclass(frozen=True, eq=False, slots=True)
class AssumedFlag(Truth):
    of: Flag
    value: bool
    known = True


@dataclass(frozen=True, eq=False, slots=True)
class Compare(Truth):
    operator: Operator
    left: Integer
    right: Integer


@dataclass(frozen=True, eq=False, slots=True)
class Among(Truth):
    of: Integer
    values: tuple[int, ...]  # sorted


@dataclass(frozen=True, eq=False, slots=True)
class Conjunction(Truth):
    """Kleene's AND: false if one is false, else unknown if one is unknown."""

    items: tuple[Truth, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Disjunction(Truth):
    """Kleene's OR: true if one is true, else unknown if one is unknown."""

    items: tuple[Truth, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Negation(Truth):
    of: Truth


@dataclass(frozen=True, eq=False, slots=True)
class Missing(Truth):
    """Whether a node is unknown."""

    of: Node
    known = True


@dataclass(frozen=True, eq=False, slots=True)
class Surely(Truth):
    """True where a test is known to hold, else false."""

    of: Truth
    known = True


@dataclass(frozen=True, eq=False, slots=True)
class Possibly(Truth):
    """False where a test is known not to hold, else true."""

    of: Truth
    known = True


@dataclass(frozen=True, eq=False, slots=True)
class Decided(Truth):
    """True where certain, false where not even possible, else unknown. All three are total.

    `waits` tells what an undecided value waits for: true, a missing fact; false, a person.
    """

    certain: Truth
    possible: Truth
    waits: Truth
    known = False
