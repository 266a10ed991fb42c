"""The invented library in our own policy format, compiled by our own engine."""

from collections.abc import Iterator
from datetime import date
from functools import singledispatch
from typing import Any

import polars as pl

from bench.rules.synthetic import (
    LETTERS,
    Amount,
    Clause,
    Column,
    Fixed,
    Flag,
    Item,
    Member,
    Policy,
    Ratio,
    Score,
    Share,
    Stepped,
    Threshold,
    Tier,
    columns,
)
from lianshang.engines.rules import Catalogue, CompiledPolicy, policy_from_mapping

DAY = date(2026, 6, 1)
SOURCE = "d1"
Mapping = dict[str, Any]


def catalogue() -> Catalogue:
    """The sixty columns as quantities, with the bounds that the real catalogue gives money."""
    return Catalogue.from_mapping({"quantities": {c.name: quantity(c) for c in columns()}})


def quantity(column: Column) -> Mapping:
    """A column as the catalogue declares it."""
    label = _label(column.name)
    if column.kind == "flag":
        return {"label": label, "type": "bool"}
    if column.kind == "code":
        return {"label": label, "type": "code", "codes": {x: _label(x) for x in LETTERS}}
    kind: Mapping = {"label": label, "type": "number", "min": 0}
    if column.kind == "count":
        return {**kind, "unit": "人", "scale": 0, "max": 10_000_000}
    return {**kind, "unit": "元", "scale": 2, "max": 10_000_000_000_000}


def compiled(library: list[Policy], known: Catalogue) -> list[CompiledPolicy]:
    """Read, checked and compiled as a policy file is."""
    return [compile_one(policy, known) for policy in library]


def compile_one(policy: Policy, known: Catalogue) -> CompiledPolicy:
    return CompiledPolicy(policy_from_mapping(mapping(policy)), known, DAY)


def mapping(policy: Policy) -> Mapping:
    """The policy as its file would hold it."""
    return _Writer().mapping(policy)


def answers(result: pl.DataFrame, library: list[Policy]) -> pl.DataFrame:
    """As contestants are compared: met, not met or null, and the amount in fen."""
    state = {0: False, 1: True, 2: None, 3: None}
    return result.select(
        expression
        for policy in library
        for expression in (
            pl.col(policy.code).replace_strict(state, return_dtype=pl.Boolean),
            pl.col(f"{policy.code}#amount"),
        )
    )


class _Writer:
    """Writes one policy; what has a unit becomes a parameter, as the format asks."""

    def __init__(self) -> None:
        self.parameters: Mapping = {}
        self.items: Mapping = {}
        self.scores: Mapping = {}

    def mapping(self, policy: Policy) -> Mapping:
        clauses = [self._clause(number, one) for number, one in enumerate(policy.clauses)]
        return {
            "id": policy.code,
            "name": _label(policy.code),
            "issuer": _label("示例高新区"),
            "level": "zone",
            "kind": "grant",
            "channel": "application",
            "valid": {"from": date(2020, 1, 1)},
            "sources": {SOURCE: {"document": "示例"}},
            "require": {"all": [*clauses[:-2], {"any": clauses[-2:]}]},
            "benefit": {
                "label": _label("示例"),
                "amount": amount(policy.amount, self),
                "per": "year",
            },
            "parameters": self.parameters,
            "items": self.items,
            "scores": self.scores,
        }

    def _clause(self, number: int, clause: Clause) -> Mapping:
        text = test(clause, self)
        key = f"C{number}"
        return {"id": key, "label": _label(key), "source": SOURCE, "change": "firm", "when": text}

    def parameter(self, value: int, column: Column) -> str:
        """The name of a parameter with this value, in the column's unit."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = {
            "label": _label(name),
            "unit": "元" if column.kind == "money" else "人",
            "source": SOURCE,
            "values": [{"from": date(2020, 1, 1), "value": value}],
        }
        return name

    def score(self, items: Iterator[Mapping]) -> str:
        names = []
        for item in items:
            names.append(f"i{len(self.items)}")
            self.items[names[-1]] = item
        name = f"s{len(self.scores)}"
        self.scores[name] = {"label": _label(name), "items": names}
        return f"score.{name}"


@singledispatch
def test(clause: Clause, writer: _Writer) -> str:
    """A clause as the text of our format."""
    raise NotImplementedError(type(clause).__name__)


@test.register
def _(clause: Threshold, writer: _Writer) -> str:
    bound = writer.parameter(clause.bound, clause.column)
    return f"{clause.column.name} {clause.operator} {bound}"


@test.register
def _(clause: Ratio, writer: _Writer) -> str:
    return f"{_ratio(clause)} >= {_share(clause.percent)}"


@test.register
def _(clause: Tier, writer: _Writer) -> str:
    small, large = (writer.parameter(bound, clause.under) for bound in clause.bounds)
    shares, under = [_share(percent) for percent in clause.percents], clause.under.name
    tiers = f"WHEN {under} <= {small} THEN {shares[0]} WHEN {under} <= {large} THEN {shares[1]}"
    return f"{_ratio(clause)} >= CASE {tiers} ELSE {shares[2]} END"


@test.register
def _(clause: Score, writer: _Writer) -> str:
    return f"{writer.score(_item(item) for item in clause.items)} >= {clause.pass_mark}"


@test.register
def _(clause: Member, writer: _Writer) -> str:
    return f"{clause.column.name} IN ({', '.join(repr(letter) for letter in clause.letters)})"


@test.register
def _(clause: Flag, writer: _Writer) -> str:
    return clause.column.name if clause.wanted else f"NOT {clause.column.name}"


@singledispatch
def amount(value: Amount, writer: _Writer) -> str:
    """An amount as the text of our format."""
    raise NotImplementedError(type(value).__name__)


@amount.register
def _(value: Share, writer: _Writer) -> str:
    cap = writer.parameter(value.cap, value.column)
    return f"smaller({value.column.name} * {_share(value.percent)}, {cap})"


@amount.register
def _(value: Stepped, writer: _Writer) -> str:
    bound, name = writer.parameter(value.bound, value.column), value.column.name
    low, high = map(_share, value.percents)
    return f"CASE WHEN {name} <= {bound} THEN {name} * {low} ELSE {name} * {high} END"


@amount.register
def _(value: Fixed, writer: _Writer) -> str:
    return writer.parameter(value.yuan, Column("", "money"))


def _item(item: Item) -> Mapping:
    brackets: list[Mapping] = [
        {"when": f"{_ratio(item)} >= {_share(percent)}", "points": points}
        for percent, points in item.steps
    ]
    return {"label": _label("示例"), "source": SOURCE, "brackets": [*brackets, {"else": 0}]}


def _ratio(parts: Ratio | Tier | Item) -> str:
    return f"{parts.over.name} / NULLIF({parts.under.name}, 0)"


def _share(percent: int) -> str:
    return f"{percent // 100}.{percent % 100:02}"


def _label(text: str) -> Mapping:
    return {"zh": text, "en": text}
