"""Balance at a distance: load handed on from grid to grid until one has room for it."""

from collections.abc import Iterator
from itertools import pairwise

from lianshang.engines.partition.search import Search
from lianshang.engines.partition.state import State

Log = list[tuple[int, int]]  # plot, where it was
ENDS = 6  # how many grids with room are tried, the nearest first
MOST = 400  # moves in one chain


def hand_on(state: State, search: Search) -> bool:
    """One chain from a grid that is out of balance; True if that helped."""
    off = [grid for grid, load in enumerate(state.load) if state.over(load)]
    before = state.excess()
    for grid in sorted(off, key=lambda one: (-state.over(state.load[one]), one)):
        too_much = state.load[grid] > state.mean
        for path, amount in _paths(state, grid, too_much):
            log: Log = []
            for here, there in pairwise(path):
                hop = (here, there) if too_much else (there, here)
                _pass(state, search, hop, amount if here == grid else None, log)
            if state.excess() < before - 1e-9:
                return True
            for plot, grid_before in reversed(log):
                state.move(plot, grid_before)
    return False


def _paths(state: State, grid: int, too_much: bool) -> Iterator[tuple[list[int], float]]:
    """Shortest ways to grids that can take, or spare, something; and how much."""
    beside: list[set[int]] = [set() for _ in range(state.grids)]
    for plot, own in enumerate(state.of):
        beside[own].update(state.beside(plot))
    for own, others in enumerate(beside):
        for other in others:
            beside[other].add(own)
    need, way, queue, found = state.over(state.load[grid]), {grid: [grid]}, [grid], 0
    for here in queue:
        for there in sorted(beside[here], key=lambda one: (state.load[one], one)):
            if there in way:
                continue
            way[there] = [*way[here], there]
            queue.append(there)
            room = state.mean - state.load[there] if too_much else state.load[there] - state.mean
            if room + state.slack > 0.1 * state.slack:
                yield way[there], min(need, room + state.slack)
                found += 1
                if found == ENDS:
                    return


def _pass(
    state: State, search: Search, hop: tuple[int, int], amount: float | None, log: Log
) -> None:
    """Move plots over one border: so much load, or until the grid in between is in balance."""
    giver, taker = hop
    start = state.load[giver]
    for _ in range(MOST):
        if amount is None:
            over = state.load[giver] - state.mean - state.slack
            need = max(over, state.mean - state.slack - state.load[taker])
        else:
            need = amount - (start - state.load[giver])
        plot = _best(state, search, hop, need) if need > 0 else None
        if plot is None:
            return
        log.append((plot, giver))
        state.move(plot, taker)


def _best(state: State, search: Search, hop: tuple[int, int], need: float) -> int | None:
    """What is liked best per unit of load; with no more load than needed, if there is such."""
    giver, taker = hop
    border = [
        plot
        for plot, own in enumerate(state.of)
        if own == giver and any(state.of[other] == taker for other in state.ground.near[plot])
    ]
    load = state.ground.load

    def rank(plot: int) -> tuple[bool, float, float, int]:
        over = max(load[plot] - need - state.slack, 0.0)
        return (over > 0, over, search.worse(plot, giver, taker) / (load[plot] or 0.01), plot)

    for plot in sorted(border, key=rank):
        if load[plot] and search.permits(plot, taker):
            return plot
    return None
