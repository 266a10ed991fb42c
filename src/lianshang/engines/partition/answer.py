"""What a drawing says: grids with their figures, what was split, cut, bridged and moved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from lianshang.engines.partition.asked import Hold, Share
from lianshang.engines.partition.nearness import Bridge

LABELLED = 0.8  # of a grid's load is named by its label


@dataclass(frozen=True, slots=True)
class Part:
    """An area or industry in a grid. The name is None where it is not known."""

    name: str | None
    load: int
    is_all: bool  # nothing of it lies in another grid


@dataclass(frozen=True, slots=True)
class Grid:
    """One grid, with what it consists of: the largest parts first. That is its reason."""

    number: int
    load: int
    deviation: float  # from the mean load, as a share of it
    x: float  # centre of the load
    y: float
    mean_distance: float  # km to the centre, by load
    blocks: tuple[str, ...]
    pieces: int  # 1: contiguous
    held_by: Hold
    areas: tuple[Part, ...]
    industries: tuple[Part, ...]

    @property
    def label(self) -> tuple[str, ...]:
        """What a person would call the grid by: the parts that make up most of its load."""
        parts = self.industries if self.held_by is Hold.INDUSTRY else self.areas
        names, carried = [], 0
        for part in parts:
            if part.name is not None and carried < LABELLED * self.load:
                names.append(part.name)
                carried += part.load
        return tuple(names)


@dataclass(frozen=True, slots=True)
class Heavy:
    """A block that no single grid can carry: split first, and named."""

    block: str
    load: int
    times: float  # the mean load
    parts: tuple[int, ...]
    grids: tuple[int, ...]  # one grid only: its parts found room together after all


class Why(StrEnum):
    HEAVY = "heavy"  # it carries more than a grid may
    PIECES = "pieces"  # it is not in one piece itself
    BALANCE = "balance"  # whole, it would bring a grid out of balance, or into pieces
    PRESENT = "present"  # it is cut today, and firms stay where they are
    ASKED = "asked"  # areas were not to be kept


@dataclass(frozen=True, slots=True)
class Cut:
    """A named area, or an industry, that lies in several grids, and why."""

    name: str | None
    load: int
    times: float  # the mean load
    shares: tuple[Share, ...]
    why: Why
    if_whole: float  # deviation of the grid that holds most of it, had it got all of it


@dataclass(frozen=True, slots=True)
class Move:
    """What a re-drawing changes."""

    load: int
    share: float  # of the load that has a grid today
    least: int  # no drawing within the tolerance moves less
    blocks: tuple[tuple[str, int, int, int], ...]  # block, load, from, to


@dataclass(frozen=True, slots=True)
class Drawing:
    """Grids, and which block is in which."""

    grids: tuple[Grid, ...]
    where: Mapping[str, tuple[Share, ...]]
    mean: float
    tolerance: float
    mean_distance: float
    heavy: tuple[Heavy, ...]
    cut_areas: tuple[Cut, ...]
    cut_industries: tuple[Cut, ...]
    bridges: tuple[Bridge, ...]
    move: Move | None

    @property
    def max_deviation(self) -> float:
        return max(abs(grid.deviation) for grid in self.grids)

    @property
    def is_balanced(self) -> bool:
        return self.max_deviation <= self.tolerance + 1e-9

    @property
    def breaks(self) -> int:
        """Pieces too many. Where industry holds the grids together it says nothing."""
        return sum(grid.pieces - 1 for grid in self.grids)

    def unbalanced(self) -> Iterator[Grid]:
        return (one for one in self.grids if abs(one.deviation) > self.tolerance + 1e-9)
