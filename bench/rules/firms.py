"""The invented firms of the bench as columns: whole numbers as the engine holds them."""

from random import Random

import polars as pl

from bench.rules.synthetic import LETTERS, Column, Policy, bounds_by_column, columns

ON_A_BOUND = 0.001  # of the values: float arithmetic goes wrong nowhere else


def firms(count: int, library: list[Policy], seed: int = 1) -> pl.DataFrame:
    """Complete data: money in fen, heads, codes as places of letters, flags.

    A firm has a size, and each of its columns lies about what that size lets expect. One value in
    a hundred is 0; one in a thousand lies on a bound of some clause, or one fen or head beside it.
    """
    drawn = _Drawn(count, seed)
    size, bounds = drawn.normal("size"), bounds_by_column(library)
    frame = {}
    for column in columns():
        frame[column.name] = drawn.column(column, size, bounds.get(column.name, []))
    return pl.DataFrame(frame)


def forgotten(frame: pl.DataFrame, seed: int = 1) -> pl.DataFrame:
    """The same firms with 5 to 20 % of each column missing."""
    drawn = _Drawn(frame.height, seed)
    kept = [
        pl.when(drawn.uniform(f"{name}/missing") >= Random(f"{seed}/{name}").uniform(0.05, 0.2))
        .then(pl.col(name))
        .alias(name)
        for name in frame.columns
    ]
    return frame.select(kept)


class _Drawn:
    """Columns of chance: every column is a shuffle of evenly spaced numbers."""

    def __init__(self, count: int, seed: int) -> None:
        self.count, self.seed = count, seed

    def uniform(self, name: str) -> pl.Series:
        dice = Random(f"{self.seed}/{name}").getrandbits(63)
        places = pl.int_range(self.count, eager=True).shuffle(seed=dice)
        return (places + 0.5) / self.count

    def normal(self, name: str) -> pl.Series:
        """Nearly normal, mean 0 and deviation 1: the sum of four uniform columns."""
        parts = [self.uniform(f"{name}/{i}") for i in range(4)]
        return (parts[0] + parts[1] + parts[2] + parts[3] - 2) * 3**0.5

    def column(self, column: Column, size: pl.Series, bounds: list[int]) -> pl.Series:
        draw = self.uniform(column.name)
        if column.kind == "flag":
            return draw < 0.8
        if column.kind == "code":
            return (draw * len(LETTERS)).cast(pl.Int64)
        power = 0.8 * size + 0.25 * self.normal(f"{column.name}/own")
        middle = column.middle * column.scale
        values = (middle * pl.select(pl.lit(10.0).pow(power)).to_series()).cast(pl.Int64)
        frame = pl.DataFrame({"value": values, "draw": draw, "at": self._at(column, bounds)})
        on_a_bound, zero = pl.col("draw") < ON_A_BOUND, pl.col("draw") > 0.99
        chosen = pl.when(on_a_bound).then("at").when(~zero).then("value").otherwise(0)
        return frame.select(chosen).to_series()

    def _at(self, column: Column, bounds: list[int]) -> pl.Series:
        """Bounds of this column, exactly met, just met or just missed."""
        near = [bound + step for bound in bounds or [0] for step in (-1, 0, 1)]
        places = (self.uniform(f"{column.name}/at") * len(near)).cast(pl.Int64)
        return pl.Series([max(0, bound) for bound in near]).gather(places)
