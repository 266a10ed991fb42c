"""The invented library as one SQL query, written by hand as an analyst would: exact, in integers.

NULL is not known, so Kleene's logic is SQL's own. Ratios are cross-multiplied; amounts are rounded
half up by whole-number division, since ROUND on DOUBLE is not exact.
"""

from functools import singledispatch
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from bench.rules.synthetic import (
    LETTERS,
    Amount,
    Clause,
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
)


class DuckDB:
    """A table of firms in memory, and the query about it."""

    def __init__(self, library: list[Policy], frame: pl.DataFrame, folder: Path) -> None:
        file = folder / "firms.parquet"
        frame.write_parquet(file)
        self.connection = duckdb.connect(config={"threads": 1})
        self.connection.execute(f"CREATE TABLE firms AS SELECT * FROM read_parquet('{file}')")
        self.query = f"SELECT {', '.join(_columns(library))} FROM firms"

    def run(self, _: Any = None) -> pl.DataFrame:
        """Plan, answer, and hand over as Arrow."""
        return pl.DataFrame(self.connection.sql(self.query))


def _columns(library: list[Policy]) -> list[str]:
    found = []
    for policy in library:
        tests = [test(clause) for clause in policy.clauses]
        state = " AND ".join([*tests[:-2], f"({tests[-2]} OR {tests[-1]})"])
        found.append(f'{state} AS "{policy.code}"')
        found.append(f'CAST({amount(policy.amount)} AS BIGINT) AS "{policy.code}#amount"')
    return found


@singledispatch
def test(clause: Clause) -> str:
    """A clause as SQL: true, false or NULL."""
    raise NotImplementedError(type(clause).__name__)


@test.register
def _(clause: Threshold) -> str:
    column = clause.column
    return f"({column.name} {clause.operator} {clause.bound * column.scale})"


@test.register
def _(clause: Ratio) -> str:
    return reaches(clause, str(clause.percent))


@test.register
def _(clause: Tier) -> str:
    under, scale = clause.under.name, clause.under.scale
    small, large = (bound * scale for bound in clause.bounds)
    first, second, third = clause.percents
    tiers = f"WHEN {under} <= {small} THEN {first} WHEN {under} <= {large} THEN {second}"
    return reaches(clause, f"CASE {tiers} ELSE {third} END")


@test.register
def _(clause: Score) -> str:
    least, most = (" + ".join(points(i, unknown=end) for i in clause.items) for end in ("0", "max"))
    mark = clause.pass_mark
    return f"(CASE WHEN {least} >= {mark} THEN TRUE WHEN {most} < {mark} THEN FALSE END)"


@test.register
def _(clause: Member) -> str:
    places = ", ".join(str(LETTERS.index(letter)) for letter in clause.letters)
    return f"({clause.column.name} IN ({places}))"


@test.register
def _(clause: Flag) -> str:
    return clause.column.name if clause.wanted else f"(NOT {clause.column.name})"


def reaches(parts: Ratio | Tier | Item, percent: str) -> str:
    return f"({parts.over.name} * 100 >= NULLIF({parts.under.name}, 0) * {percent})"


def points(item: Item, *, unknown: str) -> str:
    """Points of an item; where its ratio is unknown none, or all it could bring."""
    steps = " ".join(f"WHEN {reaches(item, str(p))} THEN {given}" for p, given in item.steps)
    if unknown == "0":
        return f"(CASE {steps} ELSE 0 END)"
    open_ = f"{item.over.name} IS NULL OR NULLIF({item.under.name}, 0) IS NULL"
    return f"(CASE WHEN {open_} THEN {item.steps[0][1]} {steps} ELSE 0 END)"


@singledispatch
def amount(value: Amount) -> str:
    """An amount in fen; NULL where the column is."""
    raise NotImplementedError(type(value).__name__)


@amount.register
def _(value: Share) -> str:
    share, cap = f"{value.column.name} * {value.percent}", value.cap * 100
    capped = f"WHEN {share} > {cap * 100} THEN {cap}"
    return f"(CASE WHEN {share} <= {cap * 100} THEN {_fen(share)} {capped} END)"


@amount.register
def _(value: Stepped) -> str:
    name, bound = value.column.name, value.bound * 100
    low, high = (_fen(f"{name} * {percent}") for percent in value.percents)
    return f"(CASE WHEN {name} <= {bound} THEN {low} WHEN {name} > {bound} THEN {high} END)"


@amount.register
def _(value: Fixed) -> str:
    return str(value.yuan * 100)


def _fen(hundredths: str) -> str:
    """Hundredths of a fen as fen, half up."""
    return f"({hundredths} + 50) // 100"
