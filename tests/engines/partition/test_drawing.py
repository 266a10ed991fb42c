"""Grids a person would draw the same way."""

import pytest
from tests.engines.partition.grounds import lattice, loads, members, pieces, with_areas

from lianshang.engines.partition import (
    Block,
    Hold,
    Share,
    Why,
    Wishes,
    draw,
    neighbours_of_points,
)


def test_six_blocks_in_a_row_become_three_pairs_numbered_from_the_west() -> None:
    drawing = draw(*lattice([[10, 10, 10, 10, 10, 10]]), Wishes(3))

    assert members(drawing) == {1: {"00", "01"}, 2: {"02", "03"}, 3: {"04", "05"}}
    assert [grid.deviation for grid in drawing.grids] == [0, 0, 0]
    assert (drawing.max_deviation, drawing.breaks, drawing.is_balanced) == (0, 0, True)
    assert drawing.mean_distance == 0.5
    assert [(grid.x, grid.y) for grid in drawing.grids] == [(0.5, 0), (2.5, 0), (4.5, 0)]


def test_unequal_loads_are_shared_out_evenly_not_blocks() -> None:
    drawing = draw(*lattice([[30, 10, 10, 10, 15, 15]]), Wishes(3))

    assert members(drawing) == {1: {"00"}, 2: {"01", "02", "03"}, 3: {"04", "05"}}
    assert loads(drawing) == {1: 30, 2: 30, 3: 30}


def test_parks_of_the_right_size_become_the_grids_and_give_them_their_names() -> None:
    # The parks are long and thin: by compactness alone nobody would draw them.
    blocks, pairs = lattice([[5] * 8] * 4)
    areas = {block.name: f"示例园{block.name[0]}" for block in blocks}

    kept = draw(with_areas(blocks, areas), pairs, Wishes(4))
    assert sorted(grid.label for grid in kept.grids) == [
        ("示例园0",),
        ("示例园1",),
        ("示例园2",),
        ("示例园3",),
    ]
    assert all(part.is_all for grid in kept.grids for part in grid.areas)
    assert kept.cut_areas == ()

    free = draw(with_areas(blocks, areas), pairs, Wishes(4, keep_areas=False))
    assert free.mean_distance < kept.mean_distance
    assert {cut.why for cut in free.cut_areas} == {Why.ASKED}


def test_a_park_that_carries_more_than_a_grid_is_cut_and_says_so() -> None:
    blocks, pairs = lattice([[10] * 6, [10] * 6])
    park = {f"{y}{x}": "示例大园" for y in (0, 1) for x in (0, 1, 2, 3)}

    drawing = draw(with_areas(blocks, park), pairs, Wishes(3))

    (cut,) = drawing.cut_areas
    assert (cut.name, cut.load, cut.times, cut.why) == ("示例大园", 80, 2.0, Why.HEAVY)
    assert [share.load for share in cut.shares] == [40, 40]
    assert (drawing.max_deviation, drawing.breaks) == (0, 0)


def test_a_park_is_cut_only_where_balance_asks_for_it_and_the_price_is_named() -> None:
    blocks, pairs = lattice([[10] * 6])

    fits = draw(with_areas(blocks, {"02": "甲园", "03": "甲园"}), pairs, Wishes(3))
    assert fits.cut_areas == ()

    # Whole, this one would leave block 00 alone in its grid and give another three.
    drawing = draw(with_areas(blocks, {"01": "甲园", "02": "甲园"}), pairs, Wishes(3))
    (cut,) = drawing.cut_areas
    assert (cut.name, cut.why, cut.if_whole) == ("甲园", Why.BALANCE, 0.5)
    assert cut.shares == (Share(1, 10), Share(2, 10))
    assert drawing.max_deviation == 0


def test_a_park_in_two_pieces_may_lie_in_two_grids() -> None:
    blocks, pairs = lattice([[10] * 6])

    (cut,) = draw(with_areas(blocks, {"00": "甲园", "05": "甲园"}), pairs, Wishes(3)).cut_areas

    assert (cut.why, cut.shares) == (Why.PIECES, (Share(1, 10), Share(3, 10)))


def test_a_block_heavier_than_a_grid_is_split_first_and_named() -> None:
    drawing = draw(*lattice([[10, 10, 10, 51, 3, 3, 3]]), Wishes(3))

    (heavy,) = drawing.heavy
    assert (heavy.block, heavy.load, heavy.times, heavy.parts) == ("03", 51, 1.7, (26, 25))
    assert len(heavy.grids) == 2
    assert sum(share.load for share in drawing.where["03"]) == 51
    assert sum(loads(drawing).values()) == 90
    assert drawing.breaks == 0


def test_parts_of_a_heavy_block_may_find_room_together_after_all() -> None:
    drawing = draw(*lattice([[10, 10, 10, 10, 60]]), Wishes(2))

    assert [(one.block, one.parts, one.grids) for one in drawing.heavy] == [("04", (30, 30), (2,))]
    assert loads(drawing) == {1: 40, 2: 60}
    assert not drawing.is_balanced
    assert [grid.number for grid in drawing.unbalanced()] == [1, 2]


def test_an_island_is_joined_to_the_nearest_block_and_the_bridge_is_named() -> None:
    blocks, pairs = lattice([[10, 10, 10]])
    island = Block("岛", 10, 5.0, 0.0)

    drawing = draw([*blocks, island], pairs, Wishes(2))

    assert [(one.one, one.other, one.km) for one in drawing.bridges] == [("岛", "02", 3.0)]
    assert members(drawing) == {1: {"00", "01"}, 2: {"02", "岛"}}
    assert drawing.breaks == 0


def test_points_without_borders_are_neighbours_when_nothing_lies_between() -> None:
    points = [Block(name, 1, x, y) for name, x, y in (("西", 0, 0), ("中", 1, 0.1), ("东", 2, 0))]

    assert neighbours_of_points(points) == [("西", "中"), ("中", "东")]


def test_by_industry_grids_hold_one_industry_wherever_its_firms_are() -> None:
    # Three industries, each in every corner of the zone.
    blocks = [
        Block(f"{trade}{x}{y}", 5, float(x), float(y), industry=trade)
        for trade in ("光电", "软件", "装备")
        for x in (0, 9)
        for y in (0, 9)
    ]
    drawing = draw(blocks, [], Wishes(3, hold=Hold.INDUSTRY))

    assert sorted(grid.label for grid in drawing.grids) == [("光电",), ("装备",), ("软件",)]
    assert (drawing.max_deviation, drawing.cut_industries) == (0, ())


def test_by_industry_a_large_one_is_divided_by_place_and_small_ones_share_a_grid() -> None:
    large = [Block(f"光{x}", 10, float(x), 0, industry="光电") for x in (0, 1, 2, 7, 8, 9)]
    small = [
        Block(f"{t}{x}", 10, float(x), 0, industry=t)
        for t in ("软件", "装备", "医药")
        for x in (5,)
    ]

    drawing = draw([*large, *small], [], Wishes(3, hold=Hold.INDUSTRY))

    (cut,) = drawing.cut_industries
    assert (cut.name, cut.times, cut.why) == ("光电", 2.0, Why.HEAVY)
    assert sorted(map(sorted, members(drawing).values())) == [
        ["光0", "光1", "光2"],
        ["光7", "光8", "光9"],
        ["医药5", "装备5", "软件5"],
    ]


def test_by_industry_nothing_is_cut_if_whole_industries_are_near_enough_to_the_mean() -> None:
    blocks = [Block(f"光{x}", 1, float(x), 0, industry="光电") for x in range(52)]
    blocks += [Block(f"软{x}", 1, float(x), 0, industry="软件") for x in range(48)]

    drawing = draw(blocks, [], Wishes(2, hold=Hold.INDUSTRY))

    assert sorted(loads(drawing).values()) == [48, 52]
    assert drawing.cut_industries == ()


@pytest.mark.parametrize(
    ("blocks", "pairs", "grids", "said"),
    [
        ([Block("甲", 1, 0, 0), Block("甲", 1, 1, 0)], [], 1, "blocks named twice: 甲"),
        ([Block("甲", -1, 0, 0)], [], 1, "block 甲: load -1 is below 0"),
        ([Block("甲", 1, float("nan"), 0)], [], 1, "block 甲: no coordinates"),
        ([Block("甲", 1, 0, 0)], [("甲", "乙")], 1, "neighbours 甲–乙: no block is named 乙"),
        ([Block("甲", 0, 0, 0)], [], 1, "no block carries any load: nothing can be shared out"),
        ([Block("甲", 1, 0, 0), Block("乙", 0, 1, 0)], [], 3, "2 blocks cannot make 3 grids"),
    ],
)
def test_what_is_wrong_is_said_and_where(
    blocks: list[Block], pairs: list[tuple[str, str]], grids: int, said: str
) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        draw(blocks, pairs, Wishes(grids))


def test_one_grid_takes_everything() -> None:
    blocks, pairs = lattice([[1, 2], [3, 4]])
    drawing = draw(blocks, pairs, Wishes(1))

    assert drawing.where["11"] == (Share(1, 4),)
    assert pieces(members(drawing)[1], pairs) == 1
