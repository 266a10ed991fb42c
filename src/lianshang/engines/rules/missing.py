"""Which facts an unknown answer waits for: only those that could still change it."""

from collections.abc import Collection, Iterator, Mapping

from . import nodes
from .catalogue import Value
from .closures import Facts
from .nodes import Node

Values = Mapping[Node, Value]  # of every truth below the node asked about


def missing_facts(
    node: Node, values: Values, facts: Facts, judged: Collection[str]
) -> Iterator[str]:
    """Names of the facts an unknown node waits for, judgements of persons left out."""
    if isinstance(node, nodes.Variable | nodes.Flag):
        if facts.get(node.name) is None and node.name not in judged:
            yield node.name
        return
    for inner in _open_parts(node, values):
        yield from missing_facts(inner, values, facts, judged)


def _open_parts(node: Node, values: Values) -> Iterator[Node]:
    """What below a node may keep it unknown."""
    match node:
        case nodes.Conjunction(items) | nodes.Disjunction(items):
            yield from (item for item in items if item.total or values[item] is None)
        case nodes.Case():
            yield from _reached(node, values)
        case nodes.Decided(certain, possible):
            yield from (certain, possible)
        case nodes.Assumed() | nodes.AssumedFlag() | nodes.Missing():
            pass
        case _:
            yield from node.children


def _reached(case: nodes.Case, values: Values) -> Iterator[Node]:
    """The unknown tests that are reached, and the value of the first test that holds."""
    for test, value in case.branches:
        asked = test
        while isinstance(asked, nodes.Surely | nodes.Possibly | nodes.Negation):
            asked = asked.of
        if values[asked] is None:
            yield asked
        if values[test] is not False:
            if values[test]:
                yield value
            return
    yield case.otherwise
