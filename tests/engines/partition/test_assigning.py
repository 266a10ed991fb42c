"""Firms to units: industry first, territory as the net, and a proof of any shortage."""

from __future__ import annotations

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianshang.engines.partition import By, Firms, Group, Left, Shortage, Taker, assign

OFTEN = settings(max_examples=120, deadline=None)


def firms(*rows: tuple[str, str | None, str | None], **more: list) -> Firms:  # type: ignore[type-arg]
    names, industries, areas = zip(*rows, strict=True)
    return Firms(list(names), list(industries), list(areas), **more)


def unit(name: str, capacity: int, industries: str = "", areas: str = "", **more: object) -> Taker:
    return Taker(name, capacity, frozenset(industries.split()), frozenset(areas.split()), **more)  # type: ignore[arg-type]


def test_the_chain_committee_comes_first_and_the_park_takes_the_others() -> None:
    asked = firms(("光一", "光电", "东园"), ("光二", "光电", "西园"), ("食一", "食品", "东园"))
    units = [unit("东园党总支", 9, areas="东园"), unit("光电产业链党委", 9, industries="光电")]

    found = assign(asked, units)

    assert found.unit_of == ("光电产业链党委", "光电产业链党委", "东园党总支")
    assert found.by == (By.INDUSTRY, By.INDUSTRY, By.TERRITORY)
    assert found.load == {"东园党总支": 1, "光电产业链党委": 2}
    assert (found.left, found.shortages, found.not_known) == ((), (), ())


def test_a_full_committee_leaves_firms_to_the_net_so_that_everybody_has_a_unit() -> None:
    # 光一 has no park to fall back on, so the one place of the committee is its.
    asked = firms(("光二", "光电", "东园"), ("光一", "光电", "孤岛"))
    units = [unit("光电产业链党委", 1, industries="光电"), unit("东园党总支", 1, areas="东园")]

    found = assign(asked, units)

    assert found.unit_of == ("东园党总支", "光电产业链党委")
    assert found.left == ()


def test_a_shortage_is_proved_by_firms_and_places_that_anybody_can_count() -> None:
    asked = firms(
        *[(f"光{n}", "光电", "东园") for n in range(5)],
        *[(f"食{n}", "食品", "东园") for n in range(2)],
        *[(f"软{n}", "软件", "西园") for n in range(2)],
    )
    units = [
        unit("光电产业链党委", 3, industries="光电"),
        unit("东园党总支", 2, areas="东园"),
        unit("西园党总支", 9, areas="西园"),
    ]
    found = assign(asked, units)

    (shortage,) = found.shortages
    assert shortage == Shortage(
        (Group("光电", "东园", 5), Group("食品", "东园", 2)),
        (("光电产业链党委", 3), ("东园党总支", 2)),
    )
    assert (shortage.firms, shortage.capacity, shortage.short) == (7, 5, 2)
    assert len(found.left) == 2


def test_two_shortages_that_share_no_unit_are_two_proofs() -> None:
    asked = firms(*[(f"东{n}", None, "东园") for n in range(3)], ("西", None, "西园"))
    found = assign(asked, [unit("东园党总支", 1, areas="东园")])

    assert [(one.short, one.units) for one in found.shortages] == [
        (2, (("东园党总支", 1),)),
        (1, ()),
    ]
    assert found.shortages[1].groups == (Group(None, "西园", 1),)


def test_what_is_not_known_is_named_and_what_is_known_is_used() -> None:
    asked = firms(
        ("甲", "光电", None), ("乙", None, "东园"), ("丙", None, None), ("丁", "食品", None)
    )
    units = [unit("光电产业链党委", 9, industries="光电"), unit("东园党总支", 9, areas="东园")]

    found = assign(asked, units)

    assert found.unit_of == ("光电产业链党委", "东园党总支", None, None)
    assert found.not_known == ("丙",)
    assert found.left == (Left("丁", "食品", None),)
    assert found.left[0].lacks == ("area",)
    assert found.shortages == (Shortage((Group("食品", None, 1),), ()),)


def test_the_nearest_unit_of_the_industry_is_taken_even_if_the_park_is_nearer() -> None:
    asked = firms(("甲", "光电", "东园"), places=[(0.0, 0.0)])
    units = [
        unit("远链", 9, industries="光电", place=(8.0, 0.0)),
        unit("近链", 9, industries="光电", place=(5.0, 0.0)),
        unit("东园", 9, areas="东园", place=(0.0, 0.0)),
    ]
    assert assign(asked, units).unit_of == ("近链",)
    assert assign(asked, units).mean_km == 5.0


def test_a_firm_stays_where_it_is_if_that_is_as_good_and_moves_if_it_is_not() -> None:
    rows = [(f"企{n}", "光电", "东园") for n in range(4)]
    units = [unit("一支部", 2, areas="东园"), unit("二支部", 2, areas="东园")]
    today = ["二支部", "一支部", "二支部", "一支部"]

    found = assign(firms(*rows, present=today), units)
    assert found.unit_of == tuple(today)
    assert (found.kept, found.changed) == (4, 0)

    with_chain = [*units, unit("光电产业链党委", 1, industries="光电")]
    found = assign(firms(*rows, present=today), with_chain)
    assert sum(name == "光电产业链党委" for name in found.unit_of) == 1
    assert (found.kept, found.changed) == (3, 1)

    gone = ["撤销的支部"] * 4
    assert assign(firms(*rows, present=gone), units).changed == 0


def test_ways_that_differ_by_less_than_a_step_are_equal() -> None:
    units = [
        unit("一支部", 9, areas="东园", place=(0.42, 0.0)),
        unit("二支部", 9, areas="东园", place=(0.47, 0.0)),
    ]
    asked = firms(("甲", None, "东园"), places=[(0.0, 0.0)], present=["二支部"])

    assert assign(asked, units).unit_of == ("二支部",)
    assert assign(asked, units, step_km=0.01).unit_of == ("一支部",)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^2 firms, but 1 areas$"):
        Firms(["甲", "乙"], [None, None], ["东园"])
    with pytest.raises(ValueError, match=r"^unit 甲: capacity -1 is below 0$"):
        Taker("甲", -1)
    with pytest.raises(ValueError, match=r"^two units have one name$"):
        assign(firms(("甲", None, None)), [Taker("甲", 1), Taker("甲", 1)])


def test_no_firms_and_no_units() -> None:
    assert assign(Firms([], [], []), []).left == ()
    nobody = assign(firms(("甲", "光电", None)), [])
    assert [one.short for one in nobody.shortages] == [1]


SOME = st.sampled_from([None, "a", "b", "c"])
PLACES = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(lambda xy: (xy[0] * 1.0, xy[1] * 1.0))


@st.composite
def tasks(draw: st.DrawFn, most: int = 6) -> tuple[Firms, list[Taker]]:
    units = [
        Taker(
            f"u{number}",
            draw(st.integers(0, 3)),
            frozenset(draw(st.sets(st.sampled_from("abc"), max_size=2))),
            frozenset(draw(st.sets(st.sampled_from("abc"), max_size=2))),
            draw(PLACES),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    count = draw(st.integers(1, most))
    present = st.sampled_from([None, *[one.name for one in units]])

    def column(of: st.SearchStrategy) -> list:  # type: ignore[type-arg]
        return draw(st.lists(of, min_size=count, max_size=count))

    names = [f"f{number}" for number in range(count)]
    asked = Firms(names, column(SOME), column(SOME), column(present), column(PLACES))
    return asked, units


def may(asked: Firms, place: int, unit_: Taker) -> By | None:
    if asked.industries[place] in unit_.industries:
        return By.INDUSTRY
    return By.TERRITORY if asked.areas[place] in unit_.areas else None


def most_placed(asked: Firms, units: list[Taker]) -> int:
    """The largest matching, by augmenting paths over single places."""
    seats = [unit_ for unit_ in units for _ in range(unit_.capacity)]
    holder: dict[int, int] = {}

    def finds(firm: int, seen: set[int]) -> bool:
        for seat, unit_ in enumerate(seats):
            if seat not in seen and may(asked, firm, unit_):
                seen.add(seat)
                if seat not in holder or finds(holder[seat], seen):
                    holder[seat] = firm
                    return True
        return False

    return sum(finds(firm, set()) for firm in range(len(asked.names)))


@OFTEN
@given(tasks(12))
def test_as_many_firms_as_can_be_have_a_unit_that_may_take_them(
    task: tuple[Firms, list[Taker]],
) -> None:
    asked, units = task
    found = assign(asked, units)

    named = {one.name: one for one in units}
    for place, name in enumerate(found.unit_of):
        assert found.by[place] == (may(asked, place, named[name]) if name else None)
    for one in units:
        assert found.unit_of.count(one.name) == found.load[one.name] <= one.capacity
    assert sum(name is not None for name in found.unit_of) == most_placed(asked, units)
    unplaced = {name for name, got in zip(asked.names, found.unit_of, strict=True) if got is None}
    assert unplaced == {one.firm for one in found.left} | set(found.not_known)


@OFTEN
@given(tasks(12))
def test_whoever_is_left_over_is_proved_to_be(task: tuple[Firms, list[Taker]]) -> None:
    asked, units = task
    found = assign(asked, units)

    known = list(zip(asked.industries, asked.areas, strict=True))
    for shortage in found.shortages:
        kinds = {(group.industry, group.area) for group in shortage.groups}
        inside = [place for place, kind in enumerate(known) if kind in kinds]
        takers = [one for one in units if any(may(asked, place, one) for place in inside)]
        assert len(inside) == shortage.firms
        assert {(one.name, one.capacity) for one in takers} == set(shortage.units)
        assert shortage.short == len(inside) - sum(one.capacity for one in takers) > 0
    assert sum(shortage.short for shortage in found.shortages) == len(found.left)
    for one, other in combinations(found.shortages, 2):
        assert not set(one.units) & set(other.units)


@settings(OFTEN, max_examples=60)
@given(tasks(5))
def test_no_other_assignment_is_better(task: tuple[Firms, list[Taker]]) -> None:
    """All assignments of up to five firms are tried."""
    asked, units = task
    found = assign(asked, units)

    names = [one.name for one in units]
    ours = worth(asked, units, [names.index(name) if name else None for name in found.unit_of])
    choices = [
        [None, *[n for n, one in enumerate(units) if may(asked, place, one)]]
        for place in range(len(asked.names))
    ]
    best = max(
        worth(asked, units, list(ways))
        for ways in product(*choices)
        if all(ways.count(n) <= one.capacity for n, one in enumerate(units))
    )
    assert ours == best


def worth(asked: Firms, units: list[Taker], ways: list[int | None]) -> tuple[int, int, int, int]:
    """Placed, by industry, way in steps, kept: more is better, in this order."""
    placed = [(place, n) for place, n in enumerate(ways) if n is not None]
    steps = 0
    for place, n in placed:
        (x, y), (u, v) = asked.places[place] or (0, 0), units[n].place or (0, 0)
        steps += int(((x - u) ** 2 + (y - v) ** 2) ** 0.5 / 0.1)
    return (
        len(placed),
        sum(may(asked, place, units[n]) is By.INDUSTRY for place, n in placed),
        -steps,
        sum(asked.present[place] == units[n].name for place, n in placed),
    )


@OFTEN
@given(tasks(12))
def test_the_same_is_assigned_twice_and_the_result_keeps_itself(
    task: tuple[Firms, list[Taker]],
) -> None:
    asked, units = task
    first = assign(asked, units)
    assert assign(asked, units) == first

    settled = Firms(asked.names, asked.industries, asked.areas, first.unit_of, asked.places)
    again = assign(settled, units)
    assert again.unit_of == first.unit_of
    assert again.changed == 0


@pytest.mark.parametrize("today", [["一支部", "二支部"], ["二支部", "一支部"]])
def test_firms_of_different_trades_stay_where_they_are_too(today: list[str]) -> None:
    units = [unit("一支部", 1, areas="东园"), unit("二支部", 1, areas="东园")]
    asked = firms(("甲", "光电", "东园"), ("乙", "食品", "东园"), present=today)

    assert assign(asked, units).unit_of == tuple(today)
