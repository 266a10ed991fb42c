"""A set of changes made as small as it can be: nothing in it that is not needed, none too large."""

from collections.abc import Callable
from dataclasses import replace

from lianshang.engines.rules.catalogue import Quantity
from lianshang.engines.rules.gaps import nearest

from .asking import Facts, Tests
from .moves import Move, Option, applied

Holds = Callable[[int], bool]
ROUNDS = 6
PROBES = (8, 4, 2)  # parts of a change tried, where a test may hold in several stretches


def trimmed(tests: Tests, facts: Facts, option: Option) -> Option:
    """The same without what is not needed, every number as near to the present one as it can be."""
    kept = dict(option)
    for _ in range(ROUNDS):  # making one change smaller may let another shrink, or go
        before = dict(kept)
        for name in sorted(before, key=lambda one: (-before[one].kind, -before[one].relative)):
            without = {other: move for other, move in kept.items() if other != name}
            if tests.accepts(applied(facts, without)):
                kept = without
            else:
                kept[name] = _smaller(tests, facts, kept, name)
        if kept == before:
            break
    return kept


def _smaller(tests: Tests, facts: Facts, option: Option, name: str) -> Move:
    quantity, move = tests.catalogue.variables[name].quantity, option[name]
    if quantity.truth or quantity.type == "code":
        return move
    after = applied(facts, option)

    def holds(value: int) -> bool:
        return tests.accepts({**after, name: value})

    present = facts.get(name)
    if present is None:
        return replace(move, value=_bound(holds, quantity, int(move.value)))
    value, before = int(move.value), int(present)
    value = _or(nearest(holds, before, value), value)
    for part in PROBES:
        probe = before + (value - before) // part
        if probe not in (before, value) and holds(probe):
            value = _or(nearest(holds, before, probe), probe)
    size = abs(value - before) / max(1, abs(before))
    return replace(move, value=value, relative=size)


def _bound(holds: Holds, quantity: Quantity, value: int) -> int:
    """For a fact that is not known: the least that would do, or the most, or any value."""
    at_least, at_most = holds(quantity.least), holds(quantity.most)
    if at_least and at_most:
        return value
    found = nearest(holds, quantity.most, quantity.least) if at_least else None
    if not at_least:
        found = nearest(holds, quantity.least, value)
    return _or(found, value)


def _or(found: int | None, value: int) -> int:
    return value if found is None else found
