"""Every policy over many firms at once: the same answers as one firm's page, in columns."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.projection import values_of
from lianshang.apps.policies.queries.library import (
    all_variables,
    edition,
    feeding_families,
    results_by_family,
    stages,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    import polars as pl

    from lianshang.engines.rules.batch import BatchPlan
    from lianshang.engines.rules.evaluation import CompiledPolicy


@dataclass(frozen=True)
class Row:
    """One answer as the batch gives it: codes of the engine, amount in fen."""

    enterprise: int
    policy: str
    state: int
    steps: int | None
    amount: int | None
    class_code: str


def evaluate(enterprises: Collection[int], *, on: date) -> Iterator[Row]:
    """The answers of every policy in force about these firms, at most some 50,000 at once."""
    keys = sorted(enterprises)
    yield from rows_from(values_of(keys, all_variables(on), on=on), keys, on=on)


def rows_from(
    values: Mapping[int, Mapping[str, int | bool | None]], keys: Sequence[int], *, on: date
) -> Iterator[Row]:
    """The same from given values, in the order of the keys; answers of a stage feed the next."""
    frame = frame_of(values, keys, on)
    for stage, plan in zip(stages(on), plans(on), strict=True):
        answered = plan.run(frame)
        frame = frame.with_columns(_results(stage, answered))
        for compiled in stage:
            yield from _rows(compiled, answered, keys)


def plans(on: date) -> tuple[BatchPlan, ...]:
    """The queries of a day, one per stage."""
    return _plans(edition(), on)


@functools.lru_cache(maxsize=4)
def _plans(_edition: int, on: date) -> tuple[BatchPlan, ...]:
    from lianshang.engines.rules.batch import BatchPlan

    return tuple(BatchPlan([one.program for one in stage]) for stage in stages(on))


def frame_of(
    values: Mapping[int, Mapping[str, int | bool | None]], keys: Collection[int], on: date
) -> pl.DataFrame:
    """Encoded facts as columns, a row per key in order."""
    import polars as pl

    known = catalogue().variables
    empty: dict[str, int | bool | None] = {}
    return pl.DataFrame(
        [
            pl.Series(
                name,
                [values.get(key, empty).get(name) for key in keys],
                dtype=pl.Boolean if known[name].quantity.truth else pl.Int64,
            )
            for name in all_variables(on)
        ]
    )


def settled_frame(keys: Sequence[int], compiled: CompiledPolicy, *, on: date) -> pl.DataFrame:
    """The facts of some firms, with the results that one policy asks for among them."""
    from lianshang.engines.rules.batch import BatchPlan

    frame = frame_of(values_of(keys, all_variables(on), on=on), keys, on)
    wanted, feeding = [compiled], set[str]()
    while wanted:
        families = feeding_families(wanted.pop())
        for one in (one for stage in stages(on) for one in stage):
            if one.policy.family in families and one.policy.id not in feeding:
                feeding.add(one.policy.id)
                wanted.append(one)
    for stage in stages(on):
        some = tuple(one for one in stage if one.policy.id in feeding)
        if some:
            plan = BatchPlan([one.program for one in some], steps=False, amounts=False)
            frame = frame.with_columns(_results(some, plan.run(frame)))
    return frame


def _results(stage: tuple[CompiledPolicy, ...], answered: pl.DataFrame) -> list[pl.Series]:
    """The answers that later policies ask for, as facts: see `answers.result_value`."""
    import polars as pl

    fed, quantities = results_by_family(), catalogue().quantities
    found = []
    for compiled in stage:
        code = compiled.policy.id
        for name in fed.get(compiled.policy.family, ()):
            if quantities[name].type == "code":
                places = {
                    index: catalogue().encode(name, one.code)
                    for index, one in enumerate(compiled.policy.classes)
                }
                series = answered[f"{code}#class"].replace_strict(places, return_dtype=pl.Int64)
            else:
                series = answered[code].replace_strict(
                    {0: False, 1: True}, default=None, return_dtype=pl.Boolean
                )
            found.append(series.alias(name))
    return found


def _rows(compiled: CompiledPolicy, answered: pl.DataFrame, keys: Sequence[int]) -> Iterator[Row]:
    code, classes = compiled.policy.id, compiled.policy.classes
    nothing: list[int | None] = [None] * len(keys)

    def column(part: str) -> list[int | None]:
        name = f"{code}#{part}"
        listed: list[int | None] = answered[name].to_list() if name in answered.columns else nothing
        return listed

    parts = (answered[code].to_list(), column("steps"), column("amount"), column("class"))
    for key, state, steps, amount, place in zip(keys, *parts, strict=True):
        yield Row(key, code, state, steps, amount, "" if place is None else classes[place].code)
