"""What is true of every drawing, read by other code than the engine's."""

from collections.abc import Iterator
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engines.partition.grounds import (
    Pairs,
    lattice,
    loads,
    members,
    pieces,
    with_areas,
    worst,
)

from lianshang.engines.partition import Block, Hold, Wishes, draw

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def grounds(draw_: st.DrawFn, width: int = 6, height: int = 5) -> tuple[list[Block], Pairs]:
    """A rectangle of squares with loads from 0 to 9, some of them in areas."""
    wide = draw_(st.integers(2, width))
    rows = draw_(
        st.lists(
            st.lists(st.integers(0, 9), min_size=wide, max_size=wide), min_size=2, max_size=height
        ).filter(lambda rows: sum(map(sum, rows)) > 0)
    )
    blocks, pairs = lattice(rows)
    areas = {block.name: draw_(st.sampled_from([None, "甲", "乙", "丙"])) for block in blocks}
    return with_areas(blocks, areas), pairs


@FEW
@given(grounds(), st.integers(1, 4))
def test_all_load_is_in_grids_that_are_in_one_piece(
    ground: tuple[list[Block], Pairs], grids: int
) -> None:
    blocks, pairs = ground
    drawing = draw(blocks, pairs, Wishes(grids))

    assert {name: sum(one.load for one in shares) for name, shares in drawing.where.items()} == {
        block.name: block.load for block in blocks
    }
    assert sorted(members(drawing)) == list(range(1, grids + 1))
    assert all(pieces(names, pairs) == 1 for names in members(drawing).values())
    assert drawing.breaks == 0
    assert {grid.number: grid.load for grid in drawing.grids} == loads(drawing)
    assert abs(drawing.max_deviation - float(worst(list(loads(drawing).values()), grids))) < 1e-9


@FEW
@given(grounds(), st.integers(2, 4))
def test_an_area_lies_in_one_grid_or_is_named_as_cut(
    ground: tuple[list[Block], Pairs], grids: int
) -> None:
    blocks, pairs = ground
    drawing = draw(blocks, pairs, Wishes(grids))

    split = set()
    for area in ("甲", "乙", "丙"):
        names = {block.name for block in blocks if block.area == area}
        if len({share.grid for name in names for share in drawing.where[name]}) > 1:
            split.add(area)
    assert {cut.name for cut in drawing.cut_areas} == split
    for cut in drawing.cut_areas:
        assert sum(share.load for share in cut.shares) == cut.load


@FEW
@given(grounds(), st.integers(2, 4))
def test_the_same_is_drawn_twice(ground: tuple[list[Block], Pairs], grids: int) -> None:
    assert draw(*ground, Wishes(grids)) == draw(*ground, Wishes(grids))


@settings(FEW, max_examples=40)
@given(grounds(3, 3), st.integers(2, 3))
def test_where_balance_is_possible_it_is_found(
    ground: tuple[list[Block], Pairs], grids: int
) -> None:
    """Every way to put at most nine blocks into grids is tried."""
    blocks, pairs = ground
    wishes = Wishes(grids, tolerance=0.1)
    drawing = draw(blocks, pairs, wishes)

    if not drawing.is_balanced:
        assert not any(every_way(blocks, pairs, grids, 0.1))


def every_way(blocks: list[Block], pairs: Pairs, grids: int, tolerance: float) -> Iterator[bool]:
    """Of each way whether it is in balance and every grid in one piece."""
    for ways in product(range(grids), repeat=len(blocks)):
        groups: dict[int, set[str]] = {}
        carried = [0] * grids
        for block, grid in zip(blocks, ways, strict=True):
            groups.setdefault(grid, set()).add(block.name)
            carried[grid] += block.load
        yield (
            len(groups) == grids
            and worst(carried, grids) <= tolerance
            and all(pieces(names, pairs) == 1 for names in groups.values())
        )


@FEW
@given(
    st.lists(
        st.tuples(
            st.integers(1, 9), st.integers(0, 5), st.integers(0, 5), st.sampled_from("ABCDE")
        ),
        min_size=8,
        max_size=40,
    ),
    st.integers(1, 4),
)
def test_by_industry_no_more_is_cut_than_there_are_grids(
    rows: list[tuple[int, int, int, str]], grids: int
) -> None:
    blocks = [
        Block(str(place), load, x, y, industry=trade)
        for place, (load, x, y, trade) in enumerate(rows)
    ]
    drawing = draw(blocks, [], Wishes(grids, hold=Hold.INDUSTRY))

    assert sum(loads(drawing).values()) == sum(block.load for block in blocks)
    assert sorted(members(drawing)) == list(range(1, grids + 1))
    pairs = {
        (block.industry, share.grid) for block in blocks for share in drawing.where[block.name]
    }
    assert len(pairs) <= len({block.industry for block in blocks}) + grids - 1
