"""From the grids of today to grids in balance, with as little moved as can be found."""

import math
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace

from lianshang.engines.partition.areas import Make, drawn_whole, wholes_of
from lianshang.engines.partition.asked import Block, Present, Share, Wishes
from lianshang.engines.partition.ground import Ground
from lianshang.engines.partition.mending import mend
from lianshang.engines.partition.search import Search, Taste
from lianshang.engines.partition.settling import settle
from lianshang.engines.partition.starting import metis
from lianshang.engines.partition.state import State

NOWHERE = -1
HEATS = (0.0, 0.15, 0.5, 1.2)  # how much is tried to find a way that moves less
BETTER = 3  # times that the best way is worked on once more


def homes(ground: Ground, blocks: Sequence[Block], present: Present) -> list[int | None]:
    """Of each plot the number of its grid today; parts of a heavy block follow its shares."""
    left: dict[int, dict[int, int]] = {}
    found: list[int | None] = []
    for plot, (place, *_) in enumerate(ground.block):
        held = present.get(blocks[place].name)
        if held is None or isinstance(held, int):
            found.append(held)
            continue
        shares = left.setdefault(place, _summed(held))
        grid = max(shares, key=lambda one: (shares[one], -one)) if shares else None
        if grid is not None:
            shares[grid] -= ground.load[plot]
        found.append(grid)
    return found


def _summed(shares: Sequence[Share]) -> dict[int, int]:
    found: dict[int, int] = {}
    for share in shares:
        found[share.grid] = found.get(share.grid, 0) + share.load
    return found


def numbering(home: Sequence[int | None], load: Sequence[int], grids: int) -> list[int]:
    """The numbers of the grids to be: today's, without the lightest if there are too many."""
    carried: dict[int, int] = {}
    for grid, own in zip(home, load, strict=True):
        if grid is not None:
            carried[grid] = carried.get(grid, 0) + own
    kept = sorted(sorted(carried, key=lambda one: (-carried[one], one))[:grids])
    fresh = max(carried, default=0)
    return kept + [fresh + extra for extra in range(1, grids - len(kept) + 1)]


def redraw(ground: Ground, home: list[int], wishes: Wishes, anew: Callable[[], State]) -> State:
    """The least moved of several ways to balance.

    A fresh drawing is the beginning of one only where a grid is new, or no other way leads there.
    """
    start = State(ground, _spread(ground, home, wishes.grids), wishes.grids, wishes.tolerance)
    _grow(start, wishes)
    mend(start)
    found = [start]
    if start.excess() > 0:
        found += [_eased(start, home, wishes, heat) for heat in HEATS]
        for extra in range(1, BETTER + 1):
            best = min(found, key=lambda state: preference(state, home))
            found.append(_eased(best, home, replace(wishes, seed=wishes.seed + extra), HEATS[1]))
        if all(state.excess() > 0 for state in found) or not set(range(wishes.grids)) <= set(home):
            other = relabelled(anew(), home)
            found += [other, _eased(other, home, wishes, HEATS[1])]
    return min(found, key=lambda state: preference(state, home))


def preference(state: State, home: Sequence[int]) -> tuple[float, int, float]:
    """Smaller is better: balance, then what stays, then distance."""
    return (round(max(map(state.over, state.load)), 6), moved(state, home), state.distance())


def moved(state: State, home: Sequence[int]) -> int:
    """The load that leaves its grid of today."""
    return sum(
        load
        for load, own, before in zip(state.ground.load, state.of, home, strict=True)
        if before not in {NOWHERE, own}
    )


def relabelled(state: State, home: Sequence[int]) -> State:
    """A fresh drawing with the numbers of those grids of today that it overlaps most."""
    shared: dict[tuple[int, int], int] = {}
    for load, own, before in zip(state.ground.load, state.of, home, strict=True):
        if before != NOWHERE:
            shared[own, before] = shared.get((own, before), 0) + load
    name: dict[int, int] = {}
    for (own, before), _ in sorted(shared.items(), key=lambda one: (-one[1], one[0])):
        if own not in name and before not in name.values():
            name[own] = before
    free = [grid for grid in range(state.grids) if grid not in name.values()]
    for own in range(state.grids):
        if own not in name:
            name[own] = free.pop(0)
    tolerance = state.slack / state.mean
    return State(state.ground, [name[own] for own in state.of], state.grids, tolerance)


def least(
    load: Mapping[int, int], kept: Set[int], mean: float, tolerance: float, arrived: int
) -> int:
    """What any drawing within the tolerance has to move out of, or into, the grids of today.

    `arrived` is load that has no grid today: it may fill light grids without anybody moving.
    """
    slack = tolerance * mean
    gone = sum(own for grid, own in load.items() if grid not in kept)
    out = sum(max(load[grid] - mean - slack, 0.0) for grid in kept)
    into = sum(max(mean - slack - load[grid], 0.0) for grid in kept)
    return max(math.ceil(gone + out - 1e-6), math.ceil(into - arrived - 1e-6), 0)


def _spread(ground: Ground, home: list[int], grids: int) -> list[int]:
    """New plots join the grid beside them, the nearest first."""
    of = list(home)
    border = [plot for plot, grid in enumerate(of) if grid != NOWHERE]
    for plot in border:  # grows while it is walked
        for other in ground.near[plot]:
            if of[other] == NOWHERE:
                of[other] = of[plot]
                border.append(other)
    return [grid if grid != NOWHERE else 0 for grid in of] if grids else of


def _grow(state: State, wishes: Wishes) -> None:
    """A grid that is new takes half of the heaviest."""
    for grid in range(state.grids):
        if state.count[grid]:
            continue
        heaviest = max(range(state.grids), key=lambda one: (state.load[one], -one))
        plots = max(state.pieces(heaviest), key=lambda piece: (len(piece), piece))
        if len(plots) < 2:
            continue
        number = {plot: place for place, plot in enumerate(plots)}
        ground = state.ground
        part = Ground(
            [ground.load[plot] for plot in plots],
            [ground.x[plot] for plot in plots],
            [ground.y[plot] for plot in plots],
            [[number[other] for other in ground.near[plot] if other in number] for plot in plots],
            [ground.area[plot] for plot in plots],
            [ground.block[plot] for plot in plots],
        )
        halves = State(part, metis(part, 2, wishes.seed), 2, 1.0)
        mend(halves)
        for plot, half in zip(plots, halves.of, strict=True):
            if half:
                state.move(plot, grid)


def _eased(start: State, home: list[int], wishes: Wishes, heat: float) -> State:
    """Balance found from the present; areas that are whole today stay whole if they can."""
    most = (1 + wishes.tolerance) * start.mean

    def keep(piece: list[int]) -> bool:
        return wishes.keep_areas and len({(start.of[one], home[one]) for one in piece}) == 1

    def make(ground: Ground, groups: list[list[int]], ties: list[list[int]]) -> State:
        of = [start.of[group[0]] for group in groups]
        state = State(ground, of, start.grids, wishes.tolerance)
        own = [home[group[0]] for group in groups]
        search = Search(
            state, Taste(heat=heat, distance=0.1, home=own, stay=3.0, ties=ties, tie=0.3)
        )
        if heat:
            search.run(wishes.seed, min(ground.size * wishes.effort // 4, 150_000))
        settle(state, search)
        return state

    making: Make = make
    wholes = wholes_of(start.ground, most, keep)
    return drawn_whole(
        wholes,
        (start.grids, wishes.tolerance),
        making,
        Taste(distance=0.1, home=home, stay=3.0),
    )
