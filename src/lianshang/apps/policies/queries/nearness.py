"""What alone separates each firm from an entitlement, for a whole register at once."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from lianshang.apps.policies.choices import Nearness

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from lianshang.engines.rules.batch import BatchPlan
    from lianshang.engines.rules.evaluation import CompiledPolicy
    from lianshang.engines.rules.node_plan import NodePlan
    from lianshang.engines.rules.nodes import Truth
    from lianshang.engines.rules.policy import Clause, Group

    Facts = Mapping[str, Collection[str]]  # fact → the clauses that ask for it

POINT = Fraction(1, 100)  # one percentage point
FAR = 1_000  # more clauses than any policy has
NOT_MET, MET, NOT_KNOWN = 0, 1, 2  # state codes of the engine
MAYBE = 16  # that one fact may do
LOOKED_UP = 7  # states that are looked up together: 16,384 combinations


def nearness(compiled: CompiledPolicy, frame: pl.DataFrame, answered: pl.DataFrame) -> pl.Series:
    """A code of `Nearness` per firm (Int8), in the order of the rows.

    `frame` holds the encoded facts by variable, `answered` the columns of a `BatchPlan` made with
    `steps=True, clauses=True`. Only firms that one step or one fact may separate are looked at
    closely: what the states of the clauses say already is looked up.
    """
    import polars as pl

    code = compiled.policy.id
    if not compiled.policy.clauses:
        return pl.repeat(Nearness.NONE.value, frame.height, dtype=pl.Int8, eager=True).alias(code)
    ready = _ready(compiled)
    found = ready.by_states(answered)
    if ready.lenient is not None:
        state, steps = pl.col(code), pl.col(f"{code}#steps")
        short = (state == NOT_MET) & (steps == 1).fill_null(False)
        within = answered.select(short.arg_true()).to_series()
        if len(within):
            relaxed = ready.lenient.run(frame[within])
            found = found.scatter(within.filter(relaxed[code] == MET), Nearness.POINT.value)
    rows = (found == MAYBE).arg_true()
    if len(rows):
        alone = _one_fact_short(ready, frame[rows], answered[rows])
        kind = pl.Series([Nearness.NONE.value, Nearness.DOCUMENT.value], dtype=pl.Int8)
        found = found.scatter(rows, kind.gather(alone.cast(pl.UInt32)))
    return found


@dataclass(frozen=True)
class _Ready:
    """What is prepared once for a policy; what few policies need, when it is first asked for."""

    compiled: CompiledPolicy
    any_change = ("firm", "document", "fixed", "expert")
    by_firm = ("firm", "document")

    @functools.cached_property
    def lenient(self) -> BatchPlan | None:
        """The policy that asks one point less, where it asks for a share at all."""
        from lianshang.engines.rules.batch import BatchPlan
        from lianshang.engines.rules.lenient import lenient

        relaxed = lenient(self.compiled, POINT)
        if relaxed is None:
            return None
        return BatchPlan([relaxed.program], steps=False, amounts=False)

    @functools.cached_property
    def _waits(self) -> Mapping[str, Mapping[str, Truth]]:
        from lianshang.engines.rules.lacking import lacking

        return lacking(self.compiled)

    @functools.cached_property
    def lacking(self) -> NodePlan:
        """A column per clause and fact: whether the clause waits for it."""
        from lianshang.engines.rules.node_plan import NodePlan

        return NodePlan({
            _cell(key, name): test for key, by in self._waits.items() for name, test in by.items()
        })  # fmt: skip

    @functools.cached_property
    def facts(self) -> Facts:
        """Fact → the clauses that ask for it."""
        found: dict[str, list[str]] = {}
        for key, by in self._waits.items():
            for name in by:
                found.setdefault(name, []).append(key)
        return found

    @functools.cached_property
    def closing(self) -> tuple[list[pl.Expr], pl.Expr]:
        """Where one fact closes all that is open: see `_closing`."""
        return _closing(self.compiled, self.facts)

    def by_states(self, answered: pl.DataFrame) -> pl.Series:
        """What the states of the clauses say about each row: a code of `Nearness`, or `MAYBE`."""
        import numpy as np
        import polars as pl

        states = _states(self.compiled)
        if len(states) > LOOKED_UP:
            return answered.select(_said(self.compiled, self)).to_series()
        place = np.zeros(answered.height, dtype=np.uint16)
        for name in reversed(states):
            place <<= 2
            place |= answered[name].to_numpy().view(np.uint8)
        return pl.Series(self.compiled.policy.id, self._table[place])

    @functools.cached_property
    def _table(self) -> NDArray[np.int8]:
        """The same for every combination of states that policy and clauses can have."""
        import polars as pl

        states = _states(self.compiled)
        places = pl.int_range(4 ** len(states), eager=True)
        combinations = pl.DataFrame(
            [(places // 4**n % 4).cast(pl.Int8).alias(name) for n, name in enumerate(states)]
        )
        return combinations.select(_said(self.compiled, self)).to_series().to_numpy()


_made: WeakKeyDictionary[CompiledPolicy, _Ready] = WeakKeyDictionary()


def _ready(compiled: CompiledPolicy) -> _Ready:
    if compiled not in _made:
        _made[compiled] = _Ready(compiled)
    return _made[compiled]


def _states(compiled: CompiledPolicy) -> list[str]:
    """The columns with the state of the policy and those of its clauses."""
    code = compiled.policy.id
    return [code, *(f"{code}#{clause.id}" for clause in compiled.policy.clauses)]


def _said(compiled: CompiledPolicy, ready: _Ready) -> pl.Expr:
    """From the states: what turning one clause would do where the policy is not met; where it is
    not known, whether one fact may close all that is open.
    """
    import polars as pl

    from lianshang.engines.rules import nodes

    asking: dict[str, set[str]] = {}
    for key, clause in compiled.program.clauses.items():
        for name in nodes.variables(clause.value):
            asking.setdefault(name, set()).add(key)

    def closed_by(keys: Collection[str]) -> pl.Expr:
        def price(clause: Clause) -> pl.Expr:
            state = pl.col(f"{compiled.policy.id}#{clause.id}")
            met = state == MET
            if clause.id in keys:
                met = met | (state == NOT_KNOWN)
            return pl.when(met).then(0).otherwise(1)

        return _fewest(compiled.policy.require, price) == 0

    some = {frozenset(keys) for keys in asking.values()}
    maybe = pl.any_horizontal([closed_by(keys) for keys in sorted(some, key=sorted)] or [False])
    state = pl.col(compiled.policy.id)
    near = (
        pl.when(_steps(compiled, ready.by_firm) == 1).then(Nearness.WITHIN.value)
        .when(_steps(compiled, ready.any_change) == 1).then(Nearness.BEYOND.value)
        .otherwise(Nearness.NONE.value)
    )  # fmt: skip
    return (
        pl.when(state == NOT_MET).then(near)
        .when((state == NOT_KNOWN) & maybe).then(MAYBE)
        .otherwise(Nearness.NONE.value).cast(pl.Int8)
    )  # fmt: skip


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


def _one_fact_short(ready: _Ready, frame: pl.DataFrame, answered: pl.DataFrame) -> pl.Series:
    """Where one fact is all that any clause on the way to "met" waits for."""
    import polars as pl

    if not ready.facts:
        return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
    both = pl.concat([answered, ready.lacking.run(frame)], how="horizontal")
    counted, closed = ready.closing
    query = both.lazy().with_columns(counted).select(closed)
    return query.collect(optimizations=pl.QueryOptFlags.none()).to_series()


def _closing(compiled: CompiledPolicy, facts: Facts) -> tuple[list[pl.Expr], pl.Expr]:
    """Columns that count what each clause waits for, and from them the answer."""
    import polars as pl

    keys = {clause.id: [] for clause in compiled.policy.clauses}  # type: dict[str, list[str]]
    for name, clauses in facts.items():
        for key in clauses:
            keys[key].append(_cell(key, name))
    counted = [
        pl.sum_horizontal(pl.col(name).cast(pl.Int32) for name in names).alias(f"{key}?")
        for key, names in keys.items()
        if names
    ]

    def closed_by(name: str) -> pl.Expr:
        def price(clause: Clause) -> pl.Expr:
            state = pl.col(f"{compiled.policy.id}#{clause.id}")
            met = state == MET
            if clause.id in facts[name]:
                alone = pl.col(_cell(clause.id, name)) & (pl.col(f"{clause.id}?") == 1)
                met = met | ((state == NOT_KNOWN) & alone)
            return pl.when(met).then(0).otherwise(1)

        return _fewest(compiled.policy.require, price) == 0

    return counted, pl.any_horizontal(closed_by(name) for name in facts)
