"""Which facts a clause waits for, as tests that can be asked of a whole register."""

from collections.abc import Iterator, Mapping

from . import logic, nodes, scoring
from .evaluation import CompiledPolicy
from .nodes import Truth


def lacking(compiled: CompiledPolicy) -> Mapping[str, Mapping[str, Truth]]:
    """Clause → fact → whether the clause waits for it."""
    judged, assumed = compiled.catalogue.judged, compiled.scope.assumed
    found: dict[str, dict[str, Truth]] = {}
    for key, clause in compiled.program.clauses.items():
        names = nodes.variables(clause.value)
        facts = [name for name in names if name not in judged and name not in assumed]
        others = judged | set(facts)
        found[key] = {name: _waits(compiled, clause.value, name, others - {name}) for name in facts}
    return found


def _waits(compiled: CompiledPolicy, test: Truth, name: str, others: frozenset[str]) -> Truth:
    """Taking every other fact for one that only a person can know leaves what waits for this."""
    scores = _scores(compiled, test)
    if not scores:
        return logic.awaits_fact(test, others)
    items = {item for score in scores for item in _items(compiled, score)}
    return logic.some(_item_waits(compiled, item, name, others) for item in sorted(items))


def _scores(compiled: CompiledPolicy, test: Truth) -> set[str]:
    ends = {end: name for name, both in compiled.program.scores.items() for end in both}
    return {ends[node] for node in nodes.walk(test) if node in ends}


def _items(compiled: CompiledPolicy, score: str) -> Iterator[str]:
    found = compiled.policy.scores[score]
    yield from found.items
    for below in found.sums:
        yield from _items(compiled, below)


def _item_waits(compiled: CompiledPolicy, name: str, fact: str, others: frozenset[str]) -> Truth:
    item = compiled.policy.items[name]
    tests = [compiled.scope.truth(one.when) for one in item.brackets if one.when is not None]
    if not any(fact in nodes.variables(test) for test in tests):
        return logic.FALSE
    points = scoring.bracketed(item.brackets, tests, others)
    if points.waits is logic.TRUE:  # nothing but this fact can keep it open
        return nodes.Compare("<", points.low, points.high)
    return points.waits
