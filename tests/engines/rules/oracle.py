"""A second, slow reading of docs/policy-format.md that shares no code with the engine.

Expressions are read by sqlglot and evaluated with fractions; intervals, states and steps are found
by trying every possibility.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations, product
from typing import Any

import sqlglot
from sqlglot import exp
from tests.engines.rules.kleene import clauses_of, kleene_and, kleene_not, kleene_or, tree_value

Value = Any  # Fraction, bool, str, date or None
Tree = Any  # a node of sqlglot

COMPARISONS: Mapping[type[Any], Callable[[Any, Any], bool]] = {
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b,
    exp.GT: lambda a, b: a > b,
    exp.GTE: lambda a, b: a >= b,
}


class Oracle:
    """One policy file (as loaded) and the decoded facts of one enterprise."""

    def __init__(
        self, policy: Mapping[str, Any], facts: Mapping[str, Value], judged: set[str]
    ) -> None:
        self.policy, self.facts, self.judged = policy, facts, judged

    def parse(self, text: str) -> Tree:
        return sqlglot.parse_one(text, read="duckdb")

    def value(self, text: str) -> Value:
        return self.of(self.parse(text))

    def of(self, node: Tree) -> Value:  # noqa: PLR0911, PLR0912 - one case per form
        match node:
            case exp.Paren():
                return self.of(node.this)
            case exp.Literal():
                return node.this if node.is_string else Fraction(node.this)
            case exp.Neg():
                inner = self.of(node.this)
                return None if inner is None else -inner
            case exp.Cast():
                return date.fromisoformat(node.this.this)
            case exp.Column():
                return self.named(node.name)
            case exp.And() | exp.Or():
                sides = [self.of(node.left), self.of(node.right)]
                return kleene_and(sides) if isinstance(node, exp.And) else kleene_or(sides)
            case exp.Not():
                return kleene_not(self.of(node.this))
            case exp.Is():
                return self.of(node.this) is None
            case exp.In():
                found = self.of(node.this)
                options = [self.of(option) for option in node.expressions]
                return None if found is None else found in options
            case exp.Between():
                value, low, high = (self.of(node.args[key]) for key in ("this", "low", "high"))
                above = None if None in (value, low) else value >= low
                below = None if None in (value, high) else value <= high
                return kleene_and([above, below])
            case exp.Case():
                return self.case(node)
            case exp.Nullif():
                inner = self.of(node.this)
                return None if inner == 0 else inner
            case exp.Anonymous():
                sides = [self.of(side) for side in node.expressions]
                pick = min if node.name.lower() == "smaller" else max
                return None if None in sides else pick(sides)
            case _ if type(node) in COMPARISONS:
                return self.comparison(node)
            case _:
                return self.arithmetic(node)

    def arithmetic(self, node: Tree) -> Value:
        left, right = self.of(node.left), self.of(node.right)
        if left is None or right is None:
            return None
        match node:
            case exp.Add():
                return left + right
            case exp.Sub():
                return left - right
            case exp.Mul():
                return left * right
            case exp.Div():
                return left / right
        raise NotImplementedError(repr(node))

    def case(self, node: exp.Case) -> Value:
        for branch in node.args["ifs"]:
            test = self.of(branch.this)
            if test is None:
                return None
            if test:
                return self.of(branch.args["true"])
        return self.of(node.args["default"])

    def comparison(self, node: Tree) -> bool | None:
        holds = COMPARISONS[type(node)]
        sides = (node.left, node.right, False), (node.right, node.left, True)
        for score, other, flipped in sides:
            if isinstance(score, exp.Column) and score.table == "score":
                low, high = self.score(score.name)
                bound = self.of(other)
                met = {
                    holds(bound, points) if flipped else holds(points, bound)
                    for points in range(low, high + 1)
                }
                return met.pop() if len(met) == 1 else None
        left, right = self.of(node.left), self.of(node.right)
        return None if left is None or right is None else holds(left, right)

    def named(self, name: str) -> Value:
        if name in self.policy.get("parameters", {}):
            parameter = self.policy["parameters"][name]
            factor = {"万元": 10**4, "亿元": 10**8}.get(parameter["unit"], 1)
            return Fraction(str(parameter["values"][-1]["value"])) * factor
        if name in self.policy.get("let", {}):
            return self.value(self.policy["let"][name]["expr"])
        found = self.facts.get(name)
        if found is None and name in self.policy.get("assume", {}):
            found = self.policy["assume"][name]["value"]
            return Fraction(found) if type(found) is int else found
        return found

    def score(self, name: str) -> tuple[int, int]:
        score = self.policy["scores"][name]
        parts = [self.item(item) for item in score.get("items", [])]
        parts += [self.score(part) for part in score.get("sum", [])]
        low, high = sum(p[0] for p in parts), sum(p[1] for p in parts)
        cap = score.get("cap", math.inf)
        return min(low, cap), min(high, cap)

    def item(self, name: str) -> tuple[int, int]:
        item = self.policy["items"][name]
        if "expert" in item:
            low, high = item["expert"]
            given = self.facts.get(item.get("fact", ""))
            given = None if given is None else min(max(int(given), low), high)
            return (low, high) if given is None else (given, given)
        tests = [self.value(b["when"]) for b in item["brackets"] if "when" in b]
        reached = []
        for guess in product([False, True], repeat=len(tests)):
            if any(test is not None and test != g for test, g in zip(tests, guess, strict=True)):
                continue
            chosen = item["brackets"][guess.index(True) if True in guess else -1]
            points = chosen.get("points", chosen.get("else"))
            reached.append(points if isinstance(points, list) else [points, points])
        return min(p[0] for p in reached), max(p[1] for p in reached)

    def waits(self, node: Tree) -> bool:
        """Whether an unknown value is unknown because a fact is missing."""
        if self.of(node) is not None:
            return False
        match node:
            case exp.Column():
                return self.name_waits(node.name)
            case exp.Case():
                return self.case_waits(node)
            case exp.Nullif():
                return self.waits(node.this)
        children = list(node.iter_expressions())
        for child in children:
            if isinstance(child, exp.Column) and child.table == "score":
                return any(self.item_waits(item) for item in self.items_of(child.name))
        return any(self.waits(child) for child in children)

    def name_waits(self, name: str) -> bool:
        if name in self.policy.get("let", {}):
            return self.waits(self.parse(self.policy["let"][name]["expr"]))
        return name not in self.judged

    def case_waits(self, node: exp.Case) -> bool:
        for branch in node.args["ifs"]:
            test = self.of(branch.this)
            if test is None:
                return self.waits(branch.this)
            if test:
                return self.waits(branch.args["true"])
        return self.waits(node.args["default"])

    def items_of(self, score: str) -> Iterator[str]:
        yield from self.policy["scores"][score].get("items", [])
        for part in self.policy["scores"][score].get("sum", []):
            yield from self.items_of(part)

    def item_waits(self, name: str) -> bool:
        """Open, and a reached test on which the points depend is unknown for want of a fact."""
        low, high = self.item(name)
        brackets = self.policy["items"][name].get("brackets", [])
        points = [bracket.get("points", bracket.get("else")) for bracket in brackets]
        points = [p if isinstance(p, list) else [p, p] for p in points]
        for index, bracket in enumerate(brackets[:-1]):
            if all(later == points[index] for later in points[index + 1 :]):
                continue
            test = self.value(bracket["when"])
            if test is None and self.waits(self.parse(bracket["when"])):
                return low < high
            if test:
                return False
        return False

    def clause_state(self, clause: Mapping[str, Any]) -> str:
        value = self.value(clause["when"])
        if value is None:
            waits = self.waits(self.parse(clause["when"]))
            return "not_known" if waits else "needs_person"
        return "met" if value else "not_met"

    def state(self) -> str:
        """Try every way in which the missing facts could turn out."""
        leaves = list(clauses_of(self.policy["require"]))
        states = {leaf["id"]: self.clause_state(leaf) for leaf in leaves}
        known = {"met": True, "not_met": False}
        values = {key: known.get(state) for key, state in states.items()}
        whole = tree_value(self.policy["require"], values)
        if whole is not None:
            return "met" if whole else "not_met"
        waiting = [key for key, state in states.items() if state == "not_known"]
        outcomes = {
            tree_value(self.policy["require"], {**values, **dict(zip(waiting, guess, strict=True))})
            for guess in product([False, True], repeat=len(waiting))
        }
        return "needs_person" if outcomes == {None} else "not_known"

    def steps(self) -> int | None:
        """Try every set of clauses that could change, smallest first."""
        leaves = list(clauses_of(self.policy["require"]))
        values = {leaf["id"]: self.value(leaf["when"]) for leaf in leaves}
        open_ = [
            leaf["id"]
            for leaf in leaves
            if values[leaf["id"]] is None
            or (values[leaf["id"]] is False and leaf.get("change") != "fixed")
        ]
        holds = {key: value is True for key, value in values.items()}
        for size in range(len(open_) + 1):
            for chosen in combinations(open_, size):
                if tree_value(self.policy["require"], {**holds, **dict.fromkeys(chosen, True)}):
                    return size
        return None

    def amount(self) -> int | None:
        value = self.value(self.policy["benefit"]["amount"])
        return None if value is None else math.floor(value * 100 + Fraction(1, 2))

    def class_code(self) -> str | None:
        for rule in self.policy["classes"]:
            test = True if "when" not in rule else self.value(rule["when"])
            if test is None:
                return None
            if test:
                return str(rule["code"])
        return None
