"""Small grounds: every way to make grids is tried, so that nothing better is overlooked."""

import math
from collections.abc import Iterator

from lianshang.engines.partition.ground import Ground
from lianshang.engines.partition.nearness import components
from lianshang.engines.partition.state import State

MOST = 60_000  # ways


def is_small(ground: Ground, grids: int) -> bool:
    return ground.size * math.log(grids) <= math.log(MOST) + math.lgamma(grids + 1)


def every_way_tried(ground: Ground, grids: int, tolerance: float) -> State | None:
    """The best with every grid in one piece: least outside the tolerance, then least distance."""
    found, best = None, (math.inf, math.inf)
    probe = State(ground, [0] * ground.size, grids, tolerance)
    for of, load in _ways(ground, grids):
        worst = max(map(probe.over, load))
        if worst > best[0] or not _in_pieces_of_one(ground, of, grids):
            continue
        state = State(ground, of, grids, tolerance)
        rank = (worst, state.distance())
        if rank < best:
            found, best = state, rank
    return found


def _ways(ground: Ground, grids: int) -> Iterator[tuple[list[int], list[int]]]:
    """Each way once: a grid gets its number with its first plot. The lists are reused."""
    of, load = [0] * ground.size, [0] * grids

    def place(plot: int, used: int) -> Iterator[tuple[list[int], list[int]]]:
        if ground.size - plot < grids - used:
            return
        if plot == ground.size:
            yield of, load
            return
        for grid in range(min(used + 1, grids)):
            of[plot] = grid
            load[grid] += ground.load[plot]
            yield from place(plot + 1, max(used, grid + 1))
            load[grid] -= ground.load[plot]

    return place(0, 0)


def _in_pieces_of_one(ground: Ground, of: list[int], grids: int) -> bool:
    return all(
        len(components(ground.near, [plot for plot, own in enumerate(of) if own == grid])) == 1
        for grid in range(grids)
    )
