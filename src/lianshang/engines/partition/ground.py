"""The ground as numbers: plots, their neighbours, and plots put together or taken apart."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lianshang.engines.partition.asked import Block
from lianshang.engines.partition.nearness import Bridge, bridge


@dataclass(frozen=True, slots=True)
class Ground:
    """Plots by number. A plot is a block, a part of a heavy one, or several blocks together."""

    load: list[int]
    x: list[float]
    y: list[float]
    near: list[list[int]]
    area: list[str | None]
    block: list[tuple[int, ...]]  # plot → what it is made of

    @property
    def size(self) -> int:
        return len(self.load)

    @property
    def total(self) -> int:
        return sum(self.load)

    def step(self) -> float:
        """The usual way from a plot to its neighbour."""
        ways = [
            math.hypot(self.x[one] - self.x[other], self.y[one] - self.y[other])
            for one, beside in enumerate(self.near)
            for other in beside
        ]
        return max(sum(ways) / len(ways), 1e-6) if ways else 1.0

    def together(self, groups: Sequence[Sequence[int]]) -> "Ground":
        """One plot for each group, at the centre of its load."""
        of = [0] * self.size
        for number, group in enumerate(groups):
            for plot in group:
                of[plot] = number
        near = [
            sorted({of[other] for plot in group for other in self.near[plot]} - {number})
            for number, group in enumerate(groups)
        ]
        centres = [self.centre(group) for group in groups]
        return Ground(
            [sum(self.load[plot] for plot in group) for group in groups],
            [x for x, _ in centres],
            [y for _, y in centres],
            near,
            [self.area[group[0]] if len(group) == 1 else None for group in groups],
            [tuple(group) for group in groups],
        )

    def centre(self, group: Iterable[int]) -> tuple[float, float]:
        """The middle of the load; of the plots where there is none."""
        plots = list(group)
        weights = [self.load[plot] for plot in plots]
        if not sum(weights):
            weights = [1] * len(plots)
        total = sum(weights)
        return (
            sum(weight * self.x[plot] for weight, plot in zip(weights, plots, strict=True)) / total,
            sum(weight * self.y[plot] for weight, plot in zip(weights, plots, strict=True)) / total,
        )


def lay(
    blocks: Sequence[Block], neighbours: Iterable[tuple[str, str]], mean: float
) -> tuple[Ground, list[Bridge]]:
    """Plots of the blocks, heavy ones split, the whole in one piece."""
    number = {block.name: place for place, block in enumerate(blocks)}
    beside: list[set[int]] = [set() for _ in blocks]
    for one, other in neighbours:
        if one != other:
            beside[number[one]].add(number[other])
            beside[number[other]].add(number[one])
    bridges = bridge(blocks, beside)
    parts = [parts_of(block.load, mean) for block in blocks]
    first, plots = [], 0
    for cut in parts:
        first.append(range(plots, plots + len(cut)))
        plots += len(cut)
    ground = Ground([], [], [], [], [], [])
    for place, block in enumerate(blocks):
        around = [plot for other in sorted(beside[place]) for plot in first[other]]
        for plot, load in zip(first[place], parts[place], strict=True):
            ground.load.append(load)
            ground.x.append(block.x)
            ground.y.append(block.y)
            ground.area.append(block.area)
            ground.block.append((place,))
            ground.near.append(around + [same for same in first[place] if same != plot])
    return ground, bridges


def parts_of(load: int, mean: float) -> list[int]:
    """Even parts of a block that is heavier than a grid should be; else the block as it is."""
    if load <= mean:
        return [load]
    count = min(math.ceil(load / mean), load)
    return [load // count + (place < load % count) for place in range(count)]
