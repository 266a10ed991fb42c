"""First partitions from METIS, and the best that cooling makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from lianshang.engines.partition.asked import Wishes
from lianshang.engines.partition.exact import every_way_tried, is_small
from lianshang.engines.partition.ground import Ground
from lianshang.engines.partition.mending import mend
from lianshang.engines.partition.search import Search, Taste, moves_for, tension
from lianshang.engines.partition.settling import settle
from lianshang.engines.partition.state import State

STARTS = 16
TRIES = 4  # starts that are worked out
ENOUGH = 120_000  # moves, after which the first partition in balance is taken
MOST = 1_600_000  # moves, after which balance is given up
WITHIN_AREA = 8  # a border within an area costs METIS as much as eight others


def metis(ground: Ground, grids: int, seed: int, ties: Sequence[Sequence[int]] = ()) -> list[int]:
    """One contiguous partition with few borders. Loads may be off, grids may be empty."""
    if grids == 1:
        return [0] * ground.size
    import pymetis

    starts, ends, prices = [0], [], []
    for plot, near in enumerate(ground.near):
        tied = set(ties[plot]) if ties else set()
        ends += near
        prices += [WITHIN_AREA if other in tied else 1 for other in near]
        starts.append(len(ends))
    options = pymetis.Options(ufactor=30, contig=1, seed=seed)
    _, of = pymetis.part_graph(
        grids,
        pymetis.CSRAdjacency(starts, ends),
        vweights=ground.load,
        eweights=prices,
        recursive=False,
        options=options,
    )
    return [int(grid) for grid in of]


def fresh(ground: Ground, wishes: Wishes, ties: Sequence[Sequence[int]] = ()) -> State:
    """The best of several starts, cooled and settled; of all ways, where these are few."""
    if is_small(ground, wishes.grids):
        small = every_way_tried(ground, wishes.grids, wishes.tolerance)
        if small is not None:
            return small
    starts, grids, tolerance = [], wishes.grids, wishes.tolerance
    for number in range(STARTS):
        of = metis(ground, grids, wishes.seed * STARTS + number, ties)
        state = State(ground, of, grids, tolerance)
        mend(state)
        starts.append(state)
    starts.sort(key=tension)
    moves = moves_for(ground.size, wishes.effort)
    found: list[State] = []
    for number, start in enumerate(starts[:TRIES]):
        done = number * moves
        if done >= MOST or (done >= ENOUGH and min(map(tension, found))[0] <= 0):
            break
        state = State(ground, start.of, grids, tolerance)
        search = Search(state, Taste(ties=ties))
        search.run(wishes.seed + number, moves)
        settle(state, search)
        found.append(state)
    return min(found, key=tension)
