"""What lies beside what: pieces of the ground, bridges between them, neighbours of points."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.engines.partition.asked import Block

if TYPE_CHECKING:
    import numpy as np

AROUND = 12  # of a point's nearest, how many may be its neighbours


@dataclass(frozen=True, slots=True)
class Bridge:
    """Two blocks that are no neighbours, joined because the ground is not in one piece."""

    one: str
    other: str
    km: float


def components(near: Sequence[Sequence[int]], within: Iterable[int]) -> list[list[int]]:
    """The pieces in which these plots lie."""
    left = dict.fromkeys(within)
    found = []
    while left:
        first = next(iter(left))
        del left[first]
        piece, at = [first], 0
        while at < len(piece):
            for other in near[piece[at]]:
                if other in left:
                    del left[other]
                    piece.append(other)
            at += 1
        found.append(sorted(piece))
    return found


def bridge(blocks: Sequence[Block], beside: list[set[int]]) -> list[Bridge]:
    """Join the pieces of the ground by the shortest ways there are; `beside` is completed."""
    pieces = components([sorted(one) for one in beside], range(len(blocks)))
    if len(pieces) == 1:
        return []
    pieces.sort(key=lambda piece: (-len(piece), piece))
    xy = _places(blocks)
    fresh, left = pieces[0], pieces[1:]
    best = {piece[0]: (math.inf, 0, 0) for piece in left}
    bridges = []
    while left:
        for piece in left:
            best[piece[0]] = min(best[piece[0]], _shortest(xy, piece, fresh))
        fresh = min(left, key=lambda piece: best[piece[0]])
        left.remove(fresh)
        km, there, here = best[fresh[0]]
        beside[here].add(there)
        beside[there].add(here)
        bridges.append(Bridge(blocks[there].name, blocks[here].name, km))
    return bridges


def neighbours_of_points(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """For points without borders: neighbours are two with no third in the circle between them."""
    import numpy as np

    xy = _places(blocks)
    found = set()
    for here in range(len(blocks)):
        ways = np.hypot(*(xy - xy[here]).T)
        nearest = np.argsort(ways, kind="stable")[: AROUND + 1]
        nearest = nearest[nearest != here]
        for there in nearest:
            middle, radius = (xy[here] + xy[there]) / 2, ways[there] / 2
            others = xy[nearest[nearest != there]]
            if not np.any(np.hypot(*(others - middle).T) < radius * (1 - 1e-9)):
                found.add((min(here, int(there)), max(here, int(there))))
    return [(blocks[one].name, blocks[other].name) for one, other in sorted(found)]


def _places(blocks: Sequence[Block]) -> np.ndarray:
    import numpy as np

    return np.array([(block.x, block.y) for block in blocks], dtype=float)


def _shortest(xy: np.ndarray, piece: list[int], joined: list[int]) -> tuple[float, int, int]:
    """The shortest way from a piece to what is joined: length, where from, where to."""
    import numpy as np

    best = (math.inf, 0, 0)
    there = xy[joined]
    for one in piece:
        ways = np.hypot(*(there - xy[one]).T)
        nearest = int(ways.argmin())
        best = min(best, (float(ways[nearest]), one, joined[nearest]))
    return best
