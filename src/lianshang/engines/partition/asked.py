"""What is asked of a drawing: blocks, and what grids should be like."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Hold(StrEnum):
    """What holds a grid together."""

    TERRITORY = "territory"  # a grid is one piece of ground
    INDUSTRY = "industry"  # a grid is one industry, wherever its firms are


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of ground that is not divided further: a cell, a building, a firm."""

    name: str
    load: int  # firms, staff, points: what is to be shared out evenly
    x: float  # kilometres in a local projection
    y: float
    area: str | None = None  # the park or street whose border should be kept
    industry: str | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a block, or of an area, a grid carries."""

    grid: int
    load: int


Present = Mapping[str, int | Sequence[Share]]  # block → its grid today, or its shares


@dataclass(frozen=True, slots=True)
class Wishes:
    """How many grids, and how good."""

    grids: int
    tolerance: float = 0.05  # a load may differ from the mean by so much of it
    hold: Hold = Hold.TERRITORY
    keep_areas: bool = True
    seed: int = 1
    effort: int = 200  # moves tried per block

    def __post_init__(self) -> None:
        if self.grids < 1:
            raise ValueError(f"at least one grid, not {self.grids}")
        if not 0 < self.tolerance < 1:
            raise ValueError(f"tolerance lies between 0 and 1, not {self.tolerance}")


def refuse_bad(blocks: Sequence[Block], neighbours: Sequence[tuple[str, str]]) -> None:
    """Say what is wrong with the input, and where."""
    names = {block.name for block in blocks}
    if len(names) < len(blocks):
        twice = sorted({one.name for one in blocks if _count(blocks, one.name) > 1})
        raise ValueError(f"blocks named twice: {', '.join(twice[:5])}")
    for block in blocks:
        if block.load < 0:
            raise ValueError(f"block {block.name}: load {block.load} is below 0")
        if block.x != block.x or block.y != block.y:
            raise ValueError(f"block {block.name}: no coordinates")
    if sum(block.load for block in blocks) == 0:
        raise ValueError("no block carries any load: nothing can be shared out")
    for pair in neighbours:
        for name in pair:
            if name not in names:
                raise ValueError(f"neighbours {pair[0]}–{pair[1]}: no block is named {name}")


def _count(blocks: Sequence[Block], name: str) -> int:
    return sum(block.name == name for block in blocks)
