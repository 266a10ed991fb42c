"""Any nodes over many enterprises in one Polars query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from .columns import input_nodes
from .schedule import kept_levels

if TYPE_CHECKING:
    import polars as pl

    from .nodes import Node


class NodePlan:
    """Columns by name, each a node; written once, run on any number of frames."""

    def __init__(self, columns: Mapping[str, Node]) -> None:
        from .polars_writer import Writer

        self.inputs, self.names = input_nodes(columns), list(columns)
        writer = Writer()
        self._levels = [writer.keep(level) for level in kept_levels(list(columns.values()))]
        self._levels.append([writer.value(node).alias(name) for name, node in columns.items()])

    def run(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A row per row of the frame; what has no column there is not known."""
        import polars as pl

        from .polars_writer import input_column

        query = frame.lazy().with_columns(
            input_column(node, frame.schema.get(name)) for name, node in self.inputs.items()
        )
        for level in self._levels:
            query = query.with_columns(level)
        return query.select(self.names).collect(optimizations=pl.QueryOptFlags.none())
