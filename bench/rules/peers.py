"""The peers of the library's table: how each is run, its target, how its answers compare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from bench.rules.arrays import Formulas, HandbookFormulas
from bench.rules.field import Field

SAMPLE = 20  # rows for rule-engine, which is slow


@dataclass(frozen=True)
class Peer:
    """Somebody else's engine. `target` is the least ratio of its time to ours; `scale` turns the
    time of a sample into the time of the whole."""

    run: Callable[[Any], object]
    prepare: Callable[[], Any] = lambda: None
    target: float | None = None
    note: str = ""
    scale: float = 1


def makers(field: Field, folder: Path) -> Mapping[str, Callable[[], Peer]]:
    """Peers by name; each raises ImportError where its library is not installed."""
    return {
        "OpenFisca, three-valued, handbook": lambda: _three_valued(field, HandbookFormulas),
        "OpenFisca, three-valued, for speed": lambda: _three_valued(field, Formulas),
        "OpenFisca, two-valued, handbook": lambda: _two_valued(field, HandbookFormulas),
        "OpenFisca, two-valued, for speed": lambda: _two_valued(field, Formulas),
        "DuckDB, one query": lambda: _duckdb(field, folder),
        f"rule-engine, {SAMPLE} rows scaled up": lambda: _rule_engine(field),
    }


def _three_valued(field: Field, style: type[Formulas]) -> Peer:
    from bench.rules.openfisca_peer import OpenFisca

    peer = OpenFisca(field.library, field.partial, unknowns=True, style=style)
    theirs = peer.answers(peer.run(peer.simulation()))
    note = field.differences(theirs, field.answers(field.partial))
    return Peer(peer.run, peer.simulation, target=4, note=note)


def _two_valued(field: Field, style: type[Formulas]) -> Peer:
    """On complete data; where we still say unknown (a ratio over 0) it cannot be compared."""
    from bench.rules.openfisca_peer import OpenFisca

    peer = OpenFisca(field.library, field.complete, unknowns=False, style=style)
    right = field.answers(field.complete)
    theirs = peer.answers(peer.run(peer.simulation())).with_columns(
        pl.when(right[policy.code].is_not_null()).then(pl.col(policy.code)).alias(policy.code)
        for policy in field.library
    )
    return Peer(peer.run, peer.simulation, target=1.5, note=field.differences(theirs, right))


def _duckdb(field: Field, folder: Path) -> Peer:
    from bench.rules.duckdb_peer import DuckDB

    peer = DuckDB(field.library, field.partial, folder)
    return Peer(peer.run, note=field.differences(peer.run(), field.answers(field.partial)))


def _rule_engine(field: Field) -> Peer:
    """Clause by clause on a few complete rows, since that is how it is meant to be used."""
    from bench.rules.rule_engine_peer import RuleEngine

    sample = field.complete.head(SAMPLE)
    peer = RuleEngine(field.library, sample)
    ours = field.plan(clauses=True).run(sample)
    clauses = [name for name in ours.columns if "#C" in name]
    wrong = sum(
        holds != (state == 1)
        for name, found in zip(clauses, peer.run(), strict=True)
        for holds, state in zip(found, ours[name], strict=True)
    )
    note = f"{wrong} of {peer.cells:,} clauses differ" if wrong else "answers equal"
    scale = field.clauses * field.complete.height / peer.cells
    return Peer(peer.run, target=1000, note=note, scale=scale)
