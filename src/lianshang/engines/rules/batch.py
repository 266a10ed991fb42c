"""Many enterprises and policies in Polars queries. Polars is loaded when a plan is made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from . import nodes
from .columns import answer_columns, column_bits, input_nodes
from .schedule import kept_levels

if TYPE_CHECKING:
    import polars as pl

    from .program import Program

# Larger pieces gain nothing; these keep what is computed on the way below about 1 GB.
POLICIES_AT_ONCE = 100
ROWS_AT_ONCE = 250_000


class BatchPlan:
    """The answers of some programs as queries, to be run on any number of frames.

    The columns of the answer are those of `answer_columns`. State codes and classes are Int8, steps
    Int16, amounts Int64 (Int128 where their bounds pass it).
    """

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        steps: bool = True,
        amounts: bool = True,
        clauses: bool = False,
    ) -> None:
        self._queries = [
            _Query(
                programs[first : first + POLICIES_AT_ONCE],
                steps=steps,
                amounts=amounts,
                clauses=clauses,
            )
            for first in range(0, len(programs), POLICIES_AT_ONCE)
        ]
        self.inputs = {name: node for query in self._queries for name, node in query.inputs.items()}

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A row per row of the frame, whose columns are encoded facts by variable.

        A variable without a column is not known. Raises ValueError for values outside the bounds
        that the catalogue declares: the exactness of the arithmetic rests on them.
        """
        import polars as pl

        self._check_bounds(frame)
        pieces = list(frame.iter_slices(ROWS_AT_ONCE)) or [frame]
        return pl.concat(
            pl.concat([query.run(piece) for query in self._queries], how="horizontal")
            for piece in pieces
        )

    def _check_bounds(self, frame: pl.DataFrame) -> None:
        import polars as pl

        numbers = {
            name: node
            for name, node in self.inputs.items()
            if isinstance(node, nodes.Variable) and name in frame.columns
        }
        if not numbers:
            return
        least = frame.select(pl.col(name).min() for name in numbers).row(0)
        most = frame.select(pl.col(name).max() for name in numbers).row(0)
        for (name, node), low, high in zip(numbers.items(), least, most, strict=True):
            if low is not None and (low < node.least or high > node.most):
                raise ValueError(
                    f"{name}: values from {low} to {high} leave the bounds of the catalogue, "
                    f"{node.least} to {node.most} (as held by the engine)"
                )


class _Query:
    """One lazy query: facts, then level by level what is shared, then the answers."""

    def __init__(
        self, programs: Sequence[Program], *, steps: bool, amounts: bool, clauses: bool
    ) -> None:
        from .polars_writer import TYPES, Writer

        columns = answer_columns(programs, steps=steps, amounts=amounts, clauses=clauses)
        self.inputs = input_nodes(columns)
        self.names = list(columns)
        writer = Writer()
        self.levels = [writer.keep(level) for level in kept_levels(list(columns.values()))]
        self.levels.append([
            writer.value(node).cast(TYPES[column_bits(name, node)]).alias(name)
            for name, node in columns.items()
        ])  # fmt: skip

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        import polars as pl

        from .polars_writer import input_column

        query = frame.lazy().with_columns(
            input_column(node, frame.schema.get(name)) for name, node in self.inputs.items()
        )
        for level in self.levels:
            query = query.with_columns(level)
        # What is shared is shared already: an optimiser would only cost time.
        return query.select(self.names).collect(optimizations=pl.QueryOptFlags.none())
