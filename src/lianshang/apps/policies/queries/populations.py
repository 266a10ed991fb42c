"""The register as columns that variants of one policy are run over; facts are read once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.projection import values_of
from lianshang.apps.policies.queries.library import (
    feeding_families,
    results_by_family,
    stages,
)

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from lianshang.engines.rules.evaluation import CompiledPolicy


@dataclass(frozen=True)
class Column:
    """What one policy says about each firm of a population: state codes, steps, amounts in fen."""

    states: Sequence[int]
    steps: Sequence[int | None]
    amounts: Sequence[int | None]


@dataclass(frozen=True)
class Population:
    """Firms in order, and what is known of them."""

    firms: Sequence[int]
    frame: pl.DataFrame

    def run(self, compiled: CompiledPolicy, *, steps: bool = False) -> Column:
        """One policy over every firm, in one pass."""
        answered = _answered([compiled], self.frame, steps=steps)
        code = compiled.policy.id
        nothing: list[int | None] = [None] * len(self.firms)

        def part(name: str) -> list[int | None]:
            column = f"{code}#{name}"
            listed: list[int | None] = (
                answered[column].to_list() if column in answered.columns else nothing
            )
            return listed

        return Column(answered[code].to_list(), part("steps"), part("amount"))


def population(
    firms: Collection[int], compiled: Iterable[CompiledPolicy], *, on: date
) -> Population:
    """These firms with every fact that some of the policies ask for, as of a day."""
    import polars as pl

    wanted, keys = list(compiled), sorted(firms)
    feeders = _feeders(wanted, on)
    asked = {name for one in [*wanted, *(one for stage in feeders for one in stage)]
             for name in one.variables}  # fmt: skip
    known = catalogue().variables
    names = sorted(name for name in asked if not known[name].quantity.result_of)
    values = values_of(keys, names, on=on)
    frame = pl.DataFrame([
        pl.Series(
            name,
            [values.get(key, {}).get(name) for key in keys],
            dtype=pl.Boolean if known[name].quantity.truth else pl.Int64,
        )
        for name in names
    ])  # fmt: skip
    if not names:  # a frame without columns would have no rows
        frame = pl.DataFrame({"": keys})
    for stage in feeders:
        answered = _answered(stage, frame)
        frame = frame.with_columns(_results(stage, answered))
    return Population(keys, frame)


def _answered(
    stage: Sequence[CompiledPolicy], frame: pl.DataFrame, *, steps: bool = False
) -> pl.DataFrame:
    from lianshang.engines.rules.batch import BatchPlan

    return BatchPlan([one.program for one in stage], steps=steps).run(frame)


def _feeders(wanted: Iterable[CompiledPolicy], on: date) -> list[tuple[CompiledPolicy, ...]]:
    """The policies in force whose results these ask for, and theirs in turn, earliest first."""
    families = {family for one in wanted for family in feeding_families(one)}
    chosen: list[tuple[CompiledPolicy, ...]] = []
    for stage in reversed(stages(on)):
        kept = tuple(one for one in stage if one.policy.family in families)
        families |= {family for one in kept for family in feeding_families(one)}
        if kept:
            chosen.append(kept)
    return chosen[::-1]


def _results(stage: Sequence[CompiledPolicy], answered: pl.DataFrame) -> list[pl.Series]:
    """The answers as the facts that later policies ask for: see `answers.result_value`."""
    import polars as pl

    fed, known = results_by_family(), catalogue()
    found = []
    for one in stage:
        code = one.policy.id
        for name in fed.get(one.policy.family, ()):
            if known.quantities[name].type == "code":
                classes = enumerate(one.policy.classes)
                places = {index: known.encode(name, rule.code) for index, rule in classes}
                series = answered[f"{code}#class"].replace_strict(places, return_dtype=pl.Int64)
            else:
                answers = {0: False, 1: True}
                series = answered[code].replace_strict(
                    answers, default=None, return_dtype=pl.Boolean
                )
            found.append(series.alias(name))
    return found
