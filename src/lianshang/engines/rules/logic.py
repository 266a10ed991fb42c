"""Truth on nodes: small constructors that leave out what changes nothing."""

from collections.abc import Collection, Iterable, Iterator

from . import nodes
from .arithmetic import linear
from .nodes import Integer, Node, Truth

TRUE = nodes.Always(True)
FALSE = nodes.Always(False)


def every(items: Iterable[Truth]) -> Truth:
    """Kleene's AND of any number of tests; none at all is true."""
    opened = _opened(items, nodes.Conjunction, neutral=TRUE)
    if FALSE in opened:
        return FALSE
    return opened[0] if len(opened) == 1 else nodes.Conjunction(opened) if opened else TRUE


def some(items: Iterable[Truth]) -> Truth:
    """Kleene's OR of any number of tests; none at all is false."""
    opened = _opened(items, nodes.Disjunction, neutral=FALSE)
    if TRUE in opened:
        return TRUE
    return opened[0] if len(opened) == 1 else nodes.Disjunction(opened) if opened else FALSE


def _opened(
    items: Iterable[Truth],
    kind: type[nodes.Conjunction | nodes.Disjunction],
    *,
    neutral: Truth,
) -> tuple[Truth, ...]:
    """The items in order, nested ones of the same kind opened, repeats and neutral ones dropped."""
    found: dict[Truth, None] = {}
    for item in items:
        for part in item.items if isinstance(item, kind) else (item,):
            if part is not neutral:
                found[part] = None
    return tuple(found)


def negation(item: Truth) -> Truth:
    if isinstance(item, nodes.Always):
        return FALSE if item.value else TRUE
    return item.of if isinstance(item, nodes.Negation) else nodes.Negation(item)


def surely(item: Truth) -> Truth:
    return item if item.total else nodes.Surely(item)


def possibly(item: Truth) -> Truth:
    return item if item.total else nodes.Possibly(item)


def missing(item: Node) -> Truth:
    return FALSE if item.total else nodes.Missing(item)


def at_least(items: Iterable[Truth], n: int) -> Truth:
    """Whether n or more of the tests hold: decided as soon as the known ones decide."""
    tests = list(items)
    needed = nodes.Constant(n)
    certain = linear([(nodes.Indicator(test), 1) for test in tests])
    possible = linear([(nodes.Indicator(possibly(test)), 1) for test in tests])
    return nodes.Decided(
        nodes.Compare(">=", certain, needed), nodes.Compare(">=", possible, needed), FALSE
    )


def awaits_fact(item: Node, judged: Collection[str]) -> Truth:
    """Where a node is unknown because a fact is missing; total.

    `judged` names the quantities that only a person can know: they are no missing facts. Where it
    is unknown otherwise a person must look, also where only a denominator of 0 makes it so.
    """
    if not may_need_person(item, judged):
        return missing(item)
    match item:
        case nodes.Variable() | nodes.Flag():
            return FALSE
        case nodes.Decided(waits=waits):
            return every([missing(item), waits])
        case nodes.Conjunction(items) | nodes.Disjunction(items):
            return every([missing(item), some(awaits_fact(part, judged) for part in items)])
        case nodes.Case():
            return some(_case_awaits(item, judged))
        case _:
            return some(awaits_fact(child, judged) for child in item.children)


def _case_awaits(case: nodes.Case, judged: Collection[str]) -> Iterator[Truth]:
    """A case waits for the first unknown test, or for the value of the first that holds."""
    reached: list[Truth] = []
    for test, value in case.branches:
        yield every([*reached, awaits_fact(test, judged)])
        yield every([*reached, surely(test), awaits_fact(value, judged)])
        reached.append(negation(possibly(test)))
    yield every([*reached, awaits_fact(case.otherwise, judged)])


def may_need_person(item: Node, judged: Collection[str]) -> bool:
    """Whether a test can be unknown although no fact is missing."""
    if isinstance(item, nodes.Decided):
        return item.waits is not TRUE
    if isinstance(item, nodes.NonZero) and item.of.low <= 0:
        return True
    if isinstance(item, nodes.Lookup) and None in item.values:
        return True
    if isinstance(item, nodes.Variable | nodes.Flag) and item.name in judged:
        return True
    return any(may_need_person(child, judged) for child in item.children)


def smallest(items: Iterable[Integer]) -> Integer:
    """The smallest of one or more numbers."""
    first, *rest = items
    for item in rest:
        first = nodes.Extreme(False, first, item)
    return first
