"""The invented clauses in rule-engine, which takes one row and one rule at a time."""

from collections.abc import Iterator
from functools import singledispatch
from importlib import import_module
from typing import Any

import polars as pl

from bench.rules.synthetic import (
    LETTERS,
    Clause,
    Flag,
    Item,
    Member,
    Policy,
    Ratio,
    Score,
    Threshold,
    Tier,
    columns,
)


class RuleEngine:
    """Parsed rules and rows of complete data, in yuan and heads."""

    def __init__(self, library: list[Policy], frame: pl.DataFrame) -> None:
        """Raises ImportError where rule-engine is not installed."""
        engine: Any = import_module("rule_engine")
        self.rules = [engine.Rule(test(one)) for policy in library for one in policy.clauses]
        self.rows = list(_rows(frame))

    @property
    def cells(self) -> int:
        return len(self.rules) * len(self.rows)

    def run(self, _: Any = None) -> list[list[bool]]:
        """A list per rule: whether it holds for each row."""
        return [[rule.matches(row) for row in self.rows] for rule in self.rules]


def _rows(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    scales = {column.name: column.scale for column in columns() if column.kind == "money"}
    yield from frame.with_columns(pl.col(name) / scale for name, scale in scales.items()).to_dicts()


@singledispatch
def test(clause: Clause) -> str:
    """A clause in rule-engine's own language."""
    raise NotImplementedError(type(clause).__name__)


@test.register
def _(clause: Threshold) -> str:
    return f"{clause.column.name} {clause.operator} {clause.bound}"


@test.register
def _(clause: Ratio) -> str:
    return _reaches(clause, str(clause.percent))


@test.register
def _(clause: Tier) -> str:
    under, (small, large) = clause.under.name, clause.bounds
    first, second, third = clause.percents
    tier = f"({under} <= {small} ? {first} : ({under} <= {large} ? {second} : {third}))"
    return _reaches(clause, tier)


@test.register
def _(clause: Score) -> str:
    return f"{' + '.join(_points(item) for item in clause.items)} >= {clause.pass_mark}"


@test.register
def _(clause: Member) -> str:
    places = ", ".join(str(LETTERS.index(letter)) for letter in clause.letters)
    return f"{clause.column.name} in [{places}]"


@test.register
def _(clause: Flag) -> str:
    return clause.column.name if clause.wanted else f"not {clause.column.name}"


def _points(item: Item) -> str:
    text = "0"
    for percent, points in reversed(item.steps):
        text = f"({_reaches(item, str(percent))} ? {points} : {text})"
    return text


def _reaches(parts: Ratio | Tier | Item, percent: str) -> str:
    """Cross-multiplied: the language would fail on a division by 0."""
    over, under = parts.over.name, parts.under.name
    return f"({under} > 0 and {over} * 100 >= {under} * {percent})"
