"""Drawing again: who need not move stays."""

from hypothesis import given
from hypothesis import strategies as st
from tests.engines.partition.grounds import Pairs, lattice, loads, members, pieces, with_areas
from tests.engines.partition.test_drawing_holds import FEW, grounds

from lianshang.engines.partition import Block, Hold, Share, Wishes, draw


def test_grids_that_are_still_in_balance_are_left_alone() -> None:
    blocks, pairs = lattice([[10] * 6])
    # Not what would be drawn today: numbers from the east, and one of them is 7.
    present = {"00": 7, "01": 7, "02": 2, "03": 2, "04": 1, "05": 1}

    drawing = draw(blocks, pairs, Wishes(3), present)

    assert {name: shares[0].grid for name, shares in drawing.where.items()} == present
    assert drawing.move is not None
    assert (drawing.move.load, drawing.move.share, drawing.move.least) == (0, 0, 0)


def test_a_grid_that_grew_gives_one_block_to_its_neighbour() -> None:
    blocks, pairs = lattice([[10, 10, 10, 10, 10, 10], [0, 0, 20, 0, 0, 0]])
    present = {block.name: int(block.name[1]) // 3 + 1 for block in blocks}

    drawing = draw(blocks, pairs, Wishes(2), present)

    assert drawing.move is not None
    assert loads(drawing) == {1: 40, 2: 40}
    assert drawing.move.blocks == (("02", 10, 1, 2),)
    assert (drawing.move.load, drawing.move.share) == (10, 0.125)
    assert drawing.move.least == 8  # 50 − 1.05 × 40: what must leave grid 1 at least


def test_load_is_handed_on_where_the_next_grid_is_full() -> None:
    blocks, pairs = lattice([[10, 10, 10, 10, 10, 10, 10, 0, 0]])
    present = {f"0{x}": grid for x, grid in enumerate([1, 1, 1, 2, 2, 3, 3, 3, 3])}

    drawing = draw(blocks, pairs, Wishes(3, tolerance=0.3), present)
    assert drawing.move is not None
    assert drawing.move.load == 0  # 30, 20, 20 of 23.3 are within 30 %

    heavier = [Block(b.name, b.load + 20 * (b.name == "00"), b.x, b.y) for b in blocks]
    drawing = draw(heavier, pairs, Wishes(3, tolerance=0.1), present)
    assert members(drawing) == {1: {"00"}, 2: {"01", "02", "03"}, 3: {"04", "05", "06", "07", "08"}}
    assert drawing.move is not None
    assert [move[0] for move in drawing.move.blocks] == ["01", "02", "04"]


def test_firms_without_a_grid_join_the_one_beside_them_and_nobody_moves() -> None:
    blocks, pairs = lattice([[10, 9, 1, 10, 10]])
    present = {"00": 1, "01": 1, "03": 2, "04": 2}

    drawing = draw(blocks, pairs, Wishes(2), present)

    assert drawing.where["02"] == (Share(1, 1),)
    assert drawing.move is not None
    assert drawing.move.load == 0


def test_one_grid_more_takes_the_next_number_and_one_less_gives_up_the_lightest() -> None:
    blocks, pairs = lattice([[10] * 12])
    present = {block.name: 4 + (int(block.name[1:]) >= 6) for block in blocks}

    more = draw(blocks, pairs, Wishes(3), present)
    assert loads(more) == {4: 40, 5: 40, 6: 40}
    assert more.move is not None
    assert more.move.load == 40
    assert more.breaks == 0

    fewer = draw(blocks, pairs, Wishes(1), present)
    assert loads(fewer) == {4: 120}
    assert fewer.move is not None
    assert (fewer.move.load, fewer.move.least) == (60, 60)


def test_a_grid_in_pieces_is_mended_with_the_smaller_piece() -> None:
    blocks, pairs = lattice([[10, 10, 10, 10, 1, 1]])
    present = {"00": 1, "01": 1, "02": 2, "03": 2, "04": 2, "05": 1}

    drawing = draw(blocks, pairs, Wishes(2), present)

    assert drawing.breaks == 0
    assert drawing.move is not None
    assert drawing.move.blocks == (("05", 1, 1, 2),)


def test_a_split_block_keeps_its_shares() -> None:
    blocks, pairs = lattice([[10, 10, 10, 51, 3, 3, 3]])
    first = draw(blocks, pairs, Wishes(3))

    again = draw(blocks, pairs, Wishes(3), first.where)

    if first.is_balanced:
        assert again.where == first.where
    assert again.move is not None
    assert again.max_deviation <= first.max_deviation


def test_by_industry_what_is_in_balance_stays() -> None:
    blocks = [
        Block(f"{trade}{x}", 5, float(x), 0.0, industry=trade) for trade in "甲乙" for x in range(4)
    ]
    present = {block.name: 1 if block.industry == "甲" else 2 for block in blocks}
    wishes = Wishes(2, hold=Hold.INDUSTRY)

    drawing = draw(blocks, [], wishes, present)
    assert drawing.move is not None
    assert drawing.move.load == 0

    mixed = present | {"甲0": 2}
    drawing = draw(blocks, [], wishes, mixed)
    assert drawing.move is not None
    assert drawing.move.blocks == (("甲0", 5, 2, 1),)


@FEW
@given(grounds(), st.integers(2, 4))
def test_what_was_just_drawn_is_not_moved_by_drawing_again(
    ground: tuple[list[Block], Pairs], grids: int
) -> None:
    blocks, pairs = ground
    first = draw(blocks, pairs, Wishes(grids))

    again = draw(blocks, pairs, Wishes(grids), first.where)

    assert again.move is not None
    if first.is_balanced:
        assert (again.move.load, again.where) == (0, first.where)


@FEW
@given(grounds(), st.integers(2, 4), st.data())
def test_whatever_the_present_is_the_new_grids_are_whole_and_the_sums_right(
    ground: tuple[list[Block], Pairs], grids: int, data: st.DataObject
) -> None:
    blocks, pairs = ground
    present = {
        block.name: data.draw(st.integers(1, 5)) for block in blocks if data.draw(st.integers(0, 9))
    }
    drawing = draw(with_areas(blocks, {}), pairs, Wishes(grids), present)

    assert all(pieces(names, pairs) == 1 for names in members(drawing).values())
    assert len(members(drawing)) == grids
    if present:
        moved = sum(
            share.load
            for name, before in present.items()
            for share in drawing.where[name]
            if share.grid != before
        )
        assert drawing.move is not None
        assert drawing.move.load == moved
        if drawing.is_balanced:
            assert drawing.move.least <= moved


def test_a_zone_that_grew_in_the_west_is_balanced_by_handing_on_to_the_east() -> None:
    # Five strips of two columns; the first gets half as much again. No strip but the last has room.
    blocks, pairs = lattice([[6, 6, *[4] * 8]] * 10)
    present = {block.name: int(block.name[1:]) % 10 // 2 + 1 for block in blocks}

    drawing = draw(blocks, pairs, Wishes(5), present)

    assert drawing.is_balanced
    assert drawing.breaks == 0
    assert drawing.move is not None
    # Mean 88, at most 92.4: 28 have to leave the first strip, and find no room in the next.
    assert drawing.move.least == 28
    assert 28 < drawing.move.load <= 60
