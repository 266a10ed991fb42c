"""Small grounds, and a reading of drawings that shares nothing with the engine."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from lianshang.engines.partition import Block, Drawing

Pairs = list[tuple[str, str]]


def lattice(rows: Sequence[Sequence[int]]) -> tuple[list[Block], Pairs]:
    """Squares of one kilometre, named by row and column, with their loads."""
    blocks = [
        Block(f"{y}{x}", load, float(x), float(y))
        for y, row in enumerate(rows)
        for x, load in enumerate(row)
    ]
    names = {block.name for block in blocks}
    pairs = []
    for y, row in enumerate(rows):
        for x in range(len(row)):
            pairs += [
                (f"{y}{x}", there) for there in (f"{y + 1}{x}", f"{y}{x + 1}") if there in names
            ]
    return blocks, pairs


def with_areas(blocks: Sequence[Block], areas: Mapping[str, str | None]) -> list[Block]:
    return [
        Block(one.name, one.load, one.x, one.y, areas.get(one.name), one.industry) for one in blocks
    ]


def members(drawing: Drawing) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for name, shares in drawing.where.items():
        for share in shares:
            found.setdefault(share.grid, set()).add(name)
    return found


def loads(drawing: Drawing) -> dict[int, int]:
    found: dict[int, int] = {}
    for shares in drawing.where.values():
        for share in shares:
            found[share.grid] = found.get(share.grid, 0) + share.load
    return found


def pieces(names: set[str], pairs: Pairs) -> int:
    """By merging sets until nothing merges."""
    sets = [{name} for name in names]
    for one, other in pairs:
        if one in names and other in names:
            touched = [group for group in sets if one in group or other in group]
            sets = [group for group in sets if group not in touched] + [set().union(*touched)]
    return len(sets)


def worst(loads_: Sequence[int], grids: int) -> Fraction:
    mean = Fraction(sum(loads_), grids)
    return max(abs(Fraction(load) / mean - 1) for load in loads_)
