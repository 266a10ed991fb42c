"""What alone separates each firm from an entitlement, for a whole register at once."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lianshang.apps.policies.choices import Nearness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import polars as pl

    from lianshang.engines.rules.batch import BatchPlan
    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.node_plan import NodePlan
    from lianshang.engines.rules.policy import Clause, Group

POINT = Fraction(1, 100)  # one percentage point
FAR = 1_000  # more clauses than any policy has
NOT_MET, MET, NOT_KNOWN = 0, 1, 2  # state codes of the engine


def nearness(compiled: CompiledPolicy, frame: pl.DataFrame, answered: pl.DataFrame) -> pl.Series:
    """A code of `Nearness` per firm (Int8), in the order of the rows.

    `frame` holds the encoded facts by variable, `answered` the columns of a `BatchPlan` made with
    `steps=True, clauses=True`. Only firms that one step may separate are looked at closely.
    """
    import polars as pl

    code = compiled.policy.id
    numbered = answered.with_row_index("row")
    found = pl.repeat(Nearness.NONE.value, frame.height, dtype=pl.Int8, eager=True).alias(code)
    if not compiled.policy.clauses:
        return found
    ready = _ready(compiled)
    failing = numbered.filter(pl.col(code) == NOT_MET)
    for near, changes in ((Nearness.BEYOND, ready.any_change), (Nearness.WITHIN, ready.by_firm)):
        rows = failing.filter(_steps(compiled, changes) == 1)["row"]
        found = found.scatter(rows, near.value)
    within = numbered.filter((pl.col(code) == NOT_MET) & (pl.col(f"{code}#steps") == 1))["row"]
    if ready.lenient is not None and len(within):
        relaxed = ready.lenient.run(frame[within])
        found = found.scatter(within.filter(relaxed[code] == MET), Nearness.POINT.value)
    rows = numbered.filter(pl.col(code) == NOT_KNOWN)["row"]
    if len(rows):
        alone = _one_fact_short(compiled, ready, frame[rows], answered[rows])
        found = found.scatter(rows.filter(alone), Nearness.DOCUMENT.value)
    return found


@dataclass(frozen=True)
class _Ready:
    """What is prepared once for a policy."""

    lenient: BatchPlan | None
    lacking: NodePlan
    facts: Mapping[str, Collection[str]]  # fact → the clauses that ask for it
    any_change = ("firm", "document", "fixed", "expert")
    by_firm = ("firm", "document")


_made: WeakKeyDictionary[CompiledPolicy, _Ready] = WeakKeyDictionary()


def _ready(compiled: CompiledPolicy) -> _Ready:
    from lianshang.engines.rules.batch import BatchPlan
    from lianshang.engines.rules.lacking import lacking
    from lianshang.engines.rules.lenient import lenient
    from lianshang.engines.rules.node_plan import NodePlan

    if compiled not in _made:
        relaxed, waits = lenient(compiled, POINT), lacking(compiled)
        plan = None
        if relaxed is not None:
            plan = BatchPlan([relaxed.program], steps=False, amounts=False)
        columns = {_cell(key, n): test for key, by in waits.items() for n, test in by.items()}
        facts: dict[str, list[str]] = {}
        for key, by in waits.items():
            for name in by:
                facts.setdefault(name, []).append(key)
        _made[compiled] = _Ready(plan, NodePlan(columns), facts)
    return _made[compiled]


def _cell(clause: str, fact: str) -> str:
    return f"{clause}?{fact}"


def _steps(compiled: CompiledPolicy, changes: Collection[str]) -> pl.Expr:
    """The fewest failing clauses to turn, where only some kinds of clauses may be turned and
    nothing is left unknown.
    """
    import polars as pl

    code = compiled.policy.id

    def price(clause: Clause) -> pl.Expr:
        state = pl.col(f"{code}#{clause.id}")
        turned = pl.lit(1 if clause.change in changes else FAR)
        return pl.when(state == MET).then(0).when(state == NOT_MET).then(turned).otherwise(FAR)

    return _fewest(compiled.policy.require, price)


def _fewest(branch: Group | Clause, price: Callable[[Clause], pl.Expr]) -> pl.Expr:
    """The cheapest way through a tree of clauses."""
    import polars as pl

    from lianshang.engines.rules.policy import Clause

    if isinstance(branch, Clause):
        return price(branch).cast(pl.Int32)
    parts = [_fewest(below, price) for below in branch.branches]
    if branch.kind == "any":
        return pl.min_horizontal(parts)
    if branch.kind == "all":
        return pl.sum_horizontal(parts)
    return pl.concat_list(parts).list.sort().list.head(branch.n).list.sum()


def _one_fact_short(
    compiled: CompiledPolicy, ready: _Ready, frame: pl.DataFrame, answered: pl.DataFrame
) -> pl.Series:
    """Where one fact is all that any clause on the way to "met" waits for."""
    import polars as pl

    code = compiled.policy.id
    waits = ready.lacking.run(frame)
    both = pl.concat([answered, waits], how="horizontal")
    keys = {clause.id: [] for clause in compiled.policy.clauses}  # type: dict[str, list[str]]
    for name, clauses in ready.facts.items():
        for key in clauses:
            keys[key].append(_cell(key, name))
    both = both.with_columns(
        (
            pl.sum_horizontal(pl.col(name).cast(pl.Int32) for name in names) if names else pl.lit(0)
        ).alias(f"{key}?")
        for key, names in keys.items()
    )

    def closed_by(name: str) -> pl.Expr:
        def price(clause: Clause) -> pl.Expr:
            state = pl.col(f"{code}#{clause.id}")
            met = state == MET
            if clause.id in ready.facts[name]:
                alone = pl.col(_cell(clause.id, name)) & (pl.col(f"{clause.id}?") == 1)
                met = met | ((state == NOT_KNOWN) & alone)
            return pl.when(met).then(0).otherwise(1)

        return _fewest(compiled.policy.require, price) == 0

    if not ready.facts:
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    return both.select(pl.any_horizontal(closed_by(name) for name in ready.facts)).to_series()
