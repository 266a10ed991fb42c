"""What alone separates each firm from an entitlement, for a whole register at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianshang.apps.policies.choices import Nearness

if TYPE_CHECKING:
    import polars as pl

    from lianshang.engines.rules.evaluation import CompiledPolicy


def nearness(compiled: CompiledPolicy, frame: pl.DataFrame, answered: pl.DataFrame) -> pl.Series:
    """A code of `Nearness` per firm (Int8), in the order of the rows.

    `frame` holds the encoded facts by variable, `answered` the columns of a `BatchPlan` made with
    `steps=True, clauses=True`.
    """
    import polars as pl

    return pl.repeat(Nearness.NONE.value, frame.height, dtype=pl.Int8, eager=True)
