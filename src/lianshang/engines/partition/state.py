"""A partition being worked on: which plot is in which grid, with loads and centres kept up."""

import math
from collections.abc import Sequence

from lianshang.engines.partition.ground import Ground
from lianshang.engines.partition.nearness import components


class State:
    """Plots in grids 0 … k-1. Grids never become empty; whether they stay in one piece is asked."""

    def __init__(self, ground: Ground, of: Sequence[int], grids: int, tolerance: float) -> None:
        self.ground, self.grids = ground, grids
        self.of = list(of)
        self.mean = ground.total / grids
        self.slack = tolerance * self.mean
        self.load = [0] * grids
        self.count = [0] * grids
        self._x, self._y = [0.0] * grids, [0.0] * grids  # sums of load × coordinate
        for plot, grid in enumerate(self.of):
            self._add(plot, grid, 1)

    def _add(self, plot: int, grid: int, sign: int) -> None:
        load = sign * self.ground.load[plot]
        self.load[grid] += load
        self.count[grid] += sign
        self._x[grid] += load * self.ground.x[plot]
        self._y[grid] += load * self.ground.y[plot]

    def move(self, plot: int, grid: int) -> None:
        self._add(plot, self.of[plot], -1)
        self._add(plot, grid, 1)
        self.of[plot] = grid

    def way(self, plot: int, grid: int) -> float:
        """From a plot to the centre of a grid."""
        load = self.load[grid]
        if not load:
            return 0.0
        return math.hypot(
            self.ground.x[plot] - self._x[grid] / load, self.ground.y[plot] - self._y[grid] / load
        )

    def over(self, load: float) -> float:
        """By how much a load lies outside what is tolerated."""
        return max(abs(load - self.mean) - self.slack - 1e-9, 0.0)

    def excess(self) -> float:
        return sum(map(self.over, self.load))

    def eases(self, plot: int, grid: int) -> float:
        """How much nearer to balance a move would bring; below 0 if further away."""
        load, own, other = self.ground.load[plot], self.load[self.of[plot]], self.load[grid]
        return self.over(own) + self.over(other) - self.over(own - load) - self.over(other + load)

    def beside(self, plot: int) -> list[int]:
        """The other grids that a plot borders on."""
        own = self.of[plot]
        return sorted({self.of[other] for other in self.ground.near[plot]} - {own})

    def may_leave(self, plot: int) -> bool:
        """Whether the plot's grid stays in one piece, and is not empty, without it."""
        own, near, of = self.of[plot], self.ground.near, self.of
        if self.count[own] == 1:
            return False
        ends = {other for other in near[plot] if of[other] == own}
        if not ends:
            return True  # it hung by nothing
        first = next(iter(ends))
        seen, queue = {plot, first}, [first]
        missing = len(ends) - 1
        while missing and queue:
            for other in near[queue.pop()]:
                if of[other] == own and other not in seen:
                    seen.add(other)
                    queue.append(other)
                    missing -= other in ends
        return not missing

    def pieces(self, grid: int) -> list[list[int]]:
        members = [plot for plot, own in enumerate(self.of) if own == grid]
        return components(self.ground.near, members)

    def distance(self) -> float:
        """Load × way to the centre, over all plots."""
        return sum(
            load * self.way(plot, grid)
            for plot, (load, grid) in enumerate(zip(self.ground.load, self.of, strict=True))
        )
