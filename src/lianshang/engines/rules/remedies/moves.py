"""Changes of facts that are tried together, and what they cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from lianshang.engines.rules.catalogue import Value


class Kind(IntEnum):
    """Whose doing a change is; the order is that of preference."""

    SUPPLY = 0  # a fact that is not known, or a paper that is missing
    WITHIN = 1  # the firm can bring it about
    BEYOND = 2  # it cannot: the clause is fixed, or a person judges

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Move:
    """One fact put at another value, for some clauses."""

    value: int | bool
    kind: Kind
    clauses: tuple[str, ...]
    lowers_base: bool = False  # a ratio would be met by a smaller denominator
    relative: float = 0.0  # how much of the present value


Option = Mapping[str, Move]
Cost = tuple[int, int, int, int, float]
NOTHING: Option = {}


def merged(first: Option, second: Option) -> Option:
    """Both; where one fact is in both, the later value counts, for all their clauses."""
    if not first:
        return second
    found = dict(first)
    for name, move in second.items():
        before = found.get(name)
        found[name] = move if before is None else _both(before, move)
    return found


def _both(before: Move, move: Move) -> Move:
    clauses = tuple(dict.fromkeys([*before.clauses, *move.clauses]))
    return replace(move, kind=max(before.kind, move.kind), clauses=clauses)


def cost(option: Option) -> Cost:
    """What cannot be done comes last; then the fewest changes, what is only to be supplied before
    what is to be done, nothing that shrinks the firm where something else helps, and the smallest
    relative change.
    """
    moves = option.values()
    return (
        sum(move.kind is Kind.BEYOND for move in moves),
        len(moves),
        sum(move.kind is Kind.WITHIN for move in moves),
        sum(move.lowers_base for move in moves),
        sum(move.relative for move in moves),
    )


def cheapest(options: Iterable[Option], most: int) -> list[Option]:
    """The cheapest few, each set of facts once."""
    found: dict[tuple[tuple[str, int | bool], ...], Option] = {}
    for option in sorted(options, key=cost):
        key = tuple(sorted((name, move.value) for name, move in option.items()))
        found.setdefault(key, option)
        if len(found) == most:
            break
    return list(found.values())


def applied(facts: Mapping[str, Value], option: Option) -> Mapping[str, Value]:
    """The facts as they would be."""
    if not option:
        return facts
    return {**facts, **{name: move.value for name, move in option.items()}}
