"""Grounds and firms for bench.grids: a set that is read, and zones that are made up.

The set is LIANSHANG_BENCH_DATA/grids/cells.npz (default ../shared/data): 2,804 hexagons with the
number of firms in each, their centres in kilometres, and which touch. Made-up zones are hexagons of
350 m with a few dense centres and a river that cuts them.
"""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lianshang.engines.partition import Block, Firms, Taker

SIZES = {"S": (300, 6, 1_000), "M": (1_000, 20, 10_000), "L": (5_000, 60, 200_000)}
SIZES["tower"] = SIZES["M"]
SIDE = 0.35  # between hexagons' centres


@dataclass(frozen=True)
class Zone:
    """Blocks, which touch, and how many grids are asked for."""

    name: str
    blocks: list[Block]
    pairs: list[tuple[str, str]]
    grids: int

    def arrays(self) -> tuple[np.ndarray, np.ndarray, list[tuple[int, int]]]:
        number = {block.name: place for place, block in enumerate(self.blocks)}
        xy = np.array([(block.x, block.y) for block in self.blocks])
        load = np.array([block.load for block in self.blocks])
        return xy, load, [(number[one], number[other]) for one, other in self.pairs]


def cells_file() -> Path:
    """Where the set would be."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("LIANSHANG_BENCH_DATA") or default) / "grids" / "cells.npz"


def read_cells() -> Zone:
    data = np.load(cells_file())
    names = data["ids"].tolist()
    blocks = [
        Block(name, int(load), float(x), float(y))
        for name, load, (x, y) in zip(names, data["w"], data["xy"], strict=True)
    ]
    return Zone("cells", blocks, [(names[one], names[other]) for one, other in data["adj"]], 60)


def made(size: str) -> Zone:
    """The same every time. The zone `tower` is M with one block that is heavier than a grid."""
    count, grids, firms = SIZES[size]
    chance = np.random.default_rng(20261128)
    wide = math.ceil(math.sqrt(count * 1.1))
    places = {
        (row, column): (SIDE * (column + row % 2 / 2), SIDE * row * math.sqrt(3) / 2)
        for row in range(wide)
        for column in range(wide)
        if abs(row - wide // 3) > 0 or column % 12 in {0, 1}  # the river and its bridges
    }
    kept = dict(list(places.items())[:count])
    xy = np.array(list(kept.values()))
    centres = chance.uniform(0, wide * SIDE * 0.85, (max(grids // 6, 2), 2))
    near = np.hypot(*(xy[:, None] - centres[None]).transpose(2, 0, 1)).min(1)
    weight = np.exp(-near / 1.2) * chance.lognormal(0, 1, len(xy)) + 0.02
    load = chance.multinomial(firms, weight / weight.sum())
    if size == "tower":
        load[int(near.argmin())] = int(1.7 * firms / grids)
    blocks = [
        Block(f"{row}-{column}", int(one), float(x), float(y))
        for ((row, column), (x, y)), one in zip(kept.items(), load, strict=True)
    ]
    return Zone(size, blocks, _touching(list(kept)), grids)


def _touching(cells: list[tuple[int, int]]) -> list[tuple[str, str]]:
    known, pairs = set(cells), []
    for row, column in cells:
        shift = row % 2
        for other in ((row, column + 1), (row + 1, column + shift - 1), (row + 1, column + shift)):
            if other in known:
                pairs.append((f"{row}-{column}", f"{other[0]}-{other[1]}"))
    return pairs


def firms_and_units(
    count: int, units: int, *, planted: int, spare: float
) -> tuple[Firms, list[Taker]]:
    """Firms on the ground of size L, in 20 industries and areas of 2.5 km; 5 % of each not known.

    Half of the units take an industry, half an area. `spare` is their capacity for every firm. With
    `planted` there is room for all but that many, of a trade and an island of their own.
    """
    chance = np.random.default_rng(20261129)
    xy, load, _ = made("L").arrays()
    cell = chance.choice(len(xy), count, p=load / load.sum())
    place = xy[cell] + chance.normal(0, 0.1, (count, 2))
    trade = np.minimum(chance.zipf(1.6, count) - 1, 19)
    area = [f"片{int(x // 2.5)}-{int(y // 2.5)}" for x, y in xy[cell]]
    industries: list[str | None] = [f"业{one}" for one in trade]
    areas: list[str | None] = list(area)
    for column in (industries, areas):
        for one in np.flatnonzero(chance.random(count) < 0.05):
            column[one] = None
    for one in range(planted * 3 if planted else 0):
        industries[one], areas[one] = "孤业", "孤岛"
    names = sorted({one for one in areas if one and one != "孤岛"})
    trades = [f"业{one}" for one in range(20)]
    takers = []
    sizes = chance.integers(1, 100, units)
    room = np.floor(sizes / sizes.sum() * count * spare).astype(int)
    for number in range(units - 1):
        x, y = xy[chance.choice(len(xy), p=load / load.sum())]
        kind, every = ("industries", trades) if number % 2 else ("areas", names)
        half = units // 2 - 1  # so that each trade and each area has a unit, however few there are
        takes = {kind: frozenset(every[number // 2 % len(every) :: min(half, len(every))])}
        takers.append(
            Taker(f"单位{number}", int(room[number]), **takes, place=(float(x), float(y)))
        )
    if planted:
        takers.append(Taker("孤岛党支部", planted * 2, areas=frozenset(["孤岛"])))
    today: list[str | None] = [f"单位{one}" for one in chance.integers(0, units - 1, count)]
    points = [(float(x), float(y)) for x, y in place]
    return Firms([f"企{one}" for one in range(count)], industries, areas, today, points), takers
