"""Points of items and scores as intervals: everything that is still possible."""

from collections.abc import Collection, Sequence

from . import logic, nodes
from .arithmetic import linear
from .meaning import Points
from .nodes import Integer, Truth
from .policy import Bracket


def judged(low: int, high: int, given: Integer | None) -> Points:
    """Points that a person gives between low and high; all are possible until they are given."""
    if given is None:
        return Points(nodes.Constant(low), nodes.Constant(high), logic.FALSE)
    least, most = (_within(nodes.Assumed(given, end), low, high) for end in (low, high))
    return Points(least, most, logic.FALSE)


def bracketed(
    brackets: Sequence[Bracket], tests: Sequence[Truth], persons: Collection[str]
) -> Points:
    """The points of the first bracket whose test holds, of all still possible where unknown.

    `persons` names the quantities that only a person knows. The item waits for a fact where its
    points are open and a test that is reached, and on which they depend, is unknown for want of it.
    """
    low: Integer = nodes.Constant(brackets[-1].low)
    high: Integer = nodes.Constant(brackets[-1].high)
    asked: list[Truth] = []
    for bracket, test in zip(reversed(brackets[:-1]), reversed(tests), strict=True):
        here = nodes.Constant(bracket.low), nodes.Constant(bracket.high)
        if here == (low, high):
            continue  # the same points, whatever comes of the test
        asked.insert(0, test)
        low = _either(test, here[0], low, largest=False)
        high = _either(test, here[1], high, largest=True)
    exact = all(bracket.low == bracket.high for bracket in brackets)
    if exact and not any(logic.may_need_person(test, persons) for test in asked):
        return Points(low, high, logic.TRUE)
    passed = [logic.negation(logic.surely(test)) for test in asked]
    reached = (
        logic.every([logic.awaits_fact(test, persons), *passed[:index]])
        for index, test in enumerate(asked)
    )
    return Points(low, high, logic.every([nodes.Compare("<", low, high), logic.some(reached)]))


def total(parts: Sequence[Points], cap: int | None) -> Points:
    """The sum of parts, never above the cap."""
    low, high = (
        linear((end, 1) for end in ends)
        for ends in zip(*((part.low, part.high) for part in parts), strict=True)
    )
    if cap is not None and high.high > cap:
        most = nodes.Constant(cap)
        low, high = nodes.Extreme(False, low, most), nodes.Extreme(False, high, most)
    if all(part.waits is logic.TRUE for part in parts):
        return Points(low, high, logic.TRUE)
    return Points(low, high, logic.some(map(_waiting, parts)))


def _waiting(part: Points) -> Truth:
    """Where a part is open for want of a fact."""
    return nodes.Compare("<", part.low, part.high) if part.waits is logic.TRUE else part.waits


def _within(node: Integer, low: int, high: int) -> Integer:
    """The points an expert gave, kept within what the item allows."""
    if node.low < low:
        node = nodes.Extreme(True, node, nodes.Constant(low))
    return node if node.high <= high else nodes.Extreme(False, node, nodes.Constant(high))


def _either(test: Truth, here: Integer, below: Integer, *, largest: bool) -> Integer:
    """The points here where the test holds, those below where not, the outer where unknown."""
    if here is below:
        return below
    if here.low >= below.high:
        unknown_is_here = largest
    elif here.high <= below.low:
        unknown_is_here = not largest
    else:
        sure = ((logic.surely(test), here), (logic.negation(logic.possibly(test)), below))
        return nodes.Case(sure, nodes.Extreme(largest, here, below))
    return nodes.Case((((logic.possibly if unknown_is_here else logic.surely)(test), here),), below)
