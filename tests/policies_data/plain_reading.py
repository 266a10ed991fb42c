"""A second, slow reading of a policy file, to check the engine against.

It takes the numbers from the YAML as written and calculates with fractions, one expression after
the other. Only the parser is shared with the engine: nothing here knows nodes, scales or units
beyond 万元 and 亿元.
"""

import operator
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from lianshang.engines.rules.language import syntax
from lianshang.engines.rules.language.parsing import parse

FACTORS = {"万元": 10**4, "亿元": 10**8}
OPERATORS = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
Known = Fraction | bool | str
Facts = Mapping[str, Known]
tree_of = cache(parse)


class PlainReading:
    """What one policy says on a day about one firm; None where it cannot be calculated."""

    def __init__(self, mapping: Mapping[str, Any], day: date, facts: Facts) -> None:
        self.mapping, self.day, self.facts = mapping, day, facts
        self._lets: dict[str, Known | None] = {}

    def test(self, text: str) -> bool | None:
        found = self.value(tree_of(text))
        assert found is None or isinstance(found, bool)
        return found

    def value(self, tree: syntax.Expression) -> Any:  # noqa: PLR0911, PLR0912 - one per form
        match tree:
            case syntax.Number(value):
                return Fraction(value)
            case syntax.Code(value):
                return value
            case syntax.Day(value):
                return Fraction(value.toordinal())
            case syntax.Name():
                return self._name(tree)
            case syntax.And(items):
                return _first([self.value(item) for item in items], decisive=False)
            case syntax.Or(items):
                return _first([self.value(item) for item in items], decisive=True)
            case syntax.Not(item):
                found = self.value(item)
                return None if found is None else not found
            case syntax.IsNull(name):
                return str(name) not in self.facts
            case syntax.In(value, options):
                found = self.value(value)
                return None if found is None else found in [self.value(one) for one in options]
            case syntax.Case(branches, otherwise):
                for test, result in branches:
                    if (holds := self.value(test)) or holds is None:
                        return None if holds is None else self.value(result)
                return self.value(otherwise)
            case syntax.Comparison(sign, left, right):
                return self._compared(sign, left, right)
        return self._calculated(tree)

    def _calculated(self, tree: syntax.Expression) -> Any:
        assert isinstance(tree, syntax.Arithmetic | syntax.Division | syntax.Choice)
        left, right = self.value(tree.left), self.value(tree.right)
        if left is None or right is None:
            return None
        if isinstance(tree, syntax.Division):
            return left / right if right else None
        if isinstance(tree, syntax.Choice):
            return max(left, right) if tree.which == "larger" else min(left, right)
        return {"+": operator.add, "-": operator.sub, "*": operator.mul}[tree.operator](left, right)

    def _compared(
        self, sign: str, left: syntax.Expression, right: syntax.Expression
    ) -> bool | None:
        if isinstance(left, syntax.Name) and left.owner == "score":
            bound, ends = self.value(right), self.score(left.name)
            verdicts = {OPERATORS[sign](Fraction(end), bound) for end in ends}
            return verdicts.pop() if len(verdicts) == 1 else None
        one, other = self.value(left), self.value(right)
        return None if one is None or other is None else OPERATORS[sign](one, other)

    def _name(self, name: syntax.Name) -> Any:
        if name.owner:
            table = self.mapping["tables"][name.owner]
            row = table["rows"].get(self.facts[table["key"]])
            factor = FACTORS.get(table["columns"][name.name], 1)
            return None if row is None else _exact(row.get(name.name, 0)) * factor
        if name.name in self.mapping.get("parameters", {}):
            parameter = self.mapping["parameters"][name.name]
            dated = [one for one in parameter["values"] if one["from"] <= self.day]
            current = max(dated, key=lambda one: one["from"])
            return _exact(current["value"]) * FACTORS.get(parameter["unit"], 1)
        if name.name in self.mapping.get("let", {}):
            if name.name not in self._lets:
                self._lets[name.name] = self.value(tree_of(self.mapping["let"][name.name]["expr"]))
            return self._lets[name.name]
        return self.facts[name.name]

    def score(self, name: str) -> tuple[int, int]:
        """The lowest and highest points; every bracket counts that cannot be ruled out."""
        score = self.mapping["scores"][name]
        parts = [self._item(item) for item in score.get("items", [])]
        parts += [self.score(part) for part in score.get("sum", [])]
        cap = score.get("cap", 10**9)
        ends = [min(cap, sum(part[end] for part in parts)) for end in (0, 1)]
        return ends[0], ends[1]

    def _item(self, name: str) -> tuple[int, int]:
        item = self.mapping["items"][name]
        if "brackets" not in item:
            if "fact" not in item:
                low, high = item["expert"]
                return low, high
            given = int(min(self.facts[item["fact"]], item["expert"][1]))
            return given, given
        possible: list[tuple[int, int]] = []
        for bracket in item["brackets"]:
            holds = True if "else" in bracket else self.test(bracket["when"])
            points = bracket.get("points", bracket.get("else"))
            if holds is not False:
                possible.append((points, points) if isinstance(points, int) else tuple(points))
            if holds:
                break
        return min(low for low, _ in possible), max(high for _, high in possible)


def clauses(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every clause below a group, as written."""
    for kind in ("all", "any", "at_least"):
        if kind in tree:
            branches = tree[kind]["of"] if kind == "at_least" else tree[kind]
            for branch in branches:
                yield from [branch] if "when" in branch else clauses(branch)


def expressions(mapping: Mapping[str, Any]) -> Iterator[str]:
    """Every expression of a policy file."""
    yield from (clause["when"] for clause in clauses(mapping.get("require", {})))
    yield from (let["expr"] for let in mapping.get("let", {}).values())
    for item in mapping.get("items", {}).values():
        yield from (one["when"] for one in item.get("brackets", []) if "when" in one)
    yield from (one["when"] for one in mapping.get("classes", []) if "when" in one)
    yield from (one["when"] for one in mapping.get("disputes", []) if one.get("when"))


def below(tree: syntax.Expression) -> Iterator[syntax.Expression]:
    """The tree and everything in it."""
    yield tree
    match tree:
        case syntax.And(items) | syntax.Or(items):
            parts = list(items)
        case syntax.Not(item):
            parts = [item]
        case syntax.In(value):
            parts = [value]
        case syntax.Case(branches, otherwise):
            parts = [part for branch in branches for part in branch] + [otherwise]
        case syntax.Comparison() | syntax.Arithmetic() | syntax.Division() | syntax.Choice():
            parts = [tree.left, tree.right]
        case _:
            parts = []
    for part in parts:
        yield from below(part)


def _exact(written: object) -> Fraction:
    return Fraction(str(written))


def _first(found: list[bool | None], *, decisive: bool) -> bool | None:
    if decisive in found:
        return decisive
    return None if None in found else not decisive
