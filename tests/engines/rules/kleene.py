"""Three-valued logic and trees of clauses, spelt out for the oracle."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any


def kleene_and(values: Sequence[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def kleene_or(values: Sequence[bool | None]) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def kleene_not(value: bool | None) -> bool | None:
    return None if value is None else not value


def clauses_of(branch: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "when" in branch:
        yield branch
        return
    for key in ("all", "any"):
        for below in branch.get(key, []):
            yield from clauses_of(below)
    for below in branch.get("at_least", {}).get("of", []):
        yield from clauses_of(below)


def tree_value(branch: Mapping[str, Any], values: Mapping[str, bool | None]) -> bool | None:
    if "when" in branch:
        return values[branch["id"]]
    if "all" in branch:
        return kleene_and([tree_value(below, values) for below in branch["all"]])
    if "any" in branch:
        return kleene_or([tree_value(below, values) for below in branch["any"]])
    n = branch["at_least"]["n"]
    found = [tree_value(below, values) for below in branch["at_least"]["of"]]
    if found.count(True) >= n:
        return True
    return None if len(found) - found.count(False) >= n else False
