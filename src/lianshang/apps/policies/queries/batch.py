"""Every policy over many firms at once: the same answers as one firm's page, in columns."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.projection import columns_of
from lianshang.apps.policies.queries.library import (
    all_variables,
    edition,
    fault_of,
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


@dataclass(frozen=True)
class Chunk:
    """Some policies of a stage, their answers about all firms, and the facts these rest on."""

    policies: tuple[CompiledPolicy, ...]
    answered: pl.DataFrame
    frame: pl.DataFrame


def evaluate(enterprises: Collection[int], *, on: date) -> Iterator[Row]:
    """The answers of every policy in force about these firms, at most some 50,000 at once."""
    keys, frame = columns_of(sorted(enterprises), all_variables(on), on=on)
    yield from _listed(frame, keys, on)


def rows_from(
    values: Mapping[int, Mapping[str, int | bool | None]], keys: Sequence[int], *, on: date
) -> Iterator[Row]:
    """The same from given values, in the order of the keys; answers of a stage feed the next."""
    yield from _listed(frame_of(values, keys, on), keys, on)


def _listed(frame: pl.DataFrame, keys: Sequence[int], on: date) -> Iterator[Row]:
    for chunk in chunks(frame, on=on, faults={}):
        for compiled in chunk.policies:
            yield from _rows(compiled, chunk.answered, keys)


def chunks(
    frame: pl.DataFrame,
    *,
    on: date,
    faults: dict[str, str],
    only: Collection[str] | None = None,
    clauses: bool = False,
) -> Iterator[Chunk]:
    """The answers of every policy in force (or of `only` these) from columns of facts, some
    policies at a time; those of a stage feed the next. A policy that cannot be computed goes into
    `faults`; its answer is then not known to those who ask for it.
    """
    for stage in plans(on, None if only is None else frozenset(only), clauses=clauses):
        fed: list[pl.Series] = []
        for policies, plan in stage:
            for chunk in _run(policies, plan, frame, faults, clauses):
                fed += _results(chunk.policies, chunk.answered)
                yield chunk
        frame = frame.with_columns(fed)


def _run(
    policies: tuple[CompiledPolicy, ...],
    plan: BatchPlan,
    frame: pl.DataFrame,
    faults: dict[str, str],
    clauses: bool,
) -> Iterator[Chunk]:
    """One chunk; if it fails, each of its policies alone, so that one fault is one policy's."""
    from lianshang.engines.rules.batch import BatchPlan

    try:
        answered = plan.run(frame)
    except Exception as error:  # whatever it is, it is this policy's own
        if len(policies) == 1:
            faults[policies[0].policy.id] = fault_of(error)
            return
    else:
        yield Chunk(policies, answered, frame)
        return
    for one in policies:
        yield from _run((one,), BatchPlan([one.program], clauses=clauses), frame, faults, clauses)


Stage = tuple[tuple[tuple["CompiledPolicy", ...], "BatchPlan"], ...]


def plans(
    on: date, only: frozenset[str] | None = None, *, clauses: bool = False
) -> tuple[Stage, ...]:
    """The queries of a day, some policies each, stage by stage."""
    return _plans(edition(), on, only, clauses)


@functools.lru_cache(maxsize=4)
def _plans(
    _edition: int, on: date, only: frozenset[str] | None, clauses: bool
) -> tuple[Stage, ...]:
    from lianshang.engines.rules.batch import POLICIES_AT_ONCE, BatchPlan

    found = []
    for stage in stages(on):
        asked = [one for one in stage if only is None or one.policy.id in only]
        pieces = [
            tuple(asked[first : first + POLICIES_AT_ONCE])
            for first in range(0, len(asked), POLICIES_AT_ONCE)
        ]
        found.append(
            tuple(
                (piece, BatchPlan([one.program for one in piece], clauses=clauses))
                for piece in pieces
            )
        )
    return tuple(found)


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


def settled_frame(keys: Collection[int], compiled: CompiledPolicy, *, on: date) -> pl.DataFrame:
    """What one policy asks about these firms (in the order of their keys, retired ones left out),
    the results of the policies that feed it among it.
    """
    from lianshang.engines.rules.batch import BatchPlan

    feeding = _feeding(compiled, on)
    known = catalogue().variables
    asked = {name for one in (compiled, *feeding) for name in one.variables}
    facts = sorted(name for name in asked if not known[name].quantity.result_of)
    _keys, frame = columns_of(sorted(keys), facts, on=on)
    for stage in stages(on):
        some = tuple(one for one in stage if one in feeding)
        if some:
            plan = BatchPlan([one.program for one in some], steps=False, amounts=False)
            frame = frame.with_columns(_results(some, plan.run(frame)))
    return frame


def _feeding(compiled: CompiledPolicy, on: date) -> list[CompiledPolicy]:
    """Every policy whose result this one takes as a fact, also by way of another."""
    wanted = [compiled]
    found: list[CompiledPolicy] = []
    while wanted:
        families = feeding_families(wanted.pop())
        for one in (one for stage in stages(on) for one in stage):
            if one.policy.family in families and one not in found:
                found.append(one)
                wanted.append(one)
    return found


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
