"""Suggestions keep the rules, whatever the firms are."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianshang.apps.party.choices import Suggested
from lianshang.apps.party.queries.suggestions import Alone, Limits, Room, suggest

on_a_busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LIMITS = Limits(branch_least=3, branch_most=50, joint_units=5, near_metres=3000)
PLACES = [(117.20, 31.80), (117.201, 31.80), (117.21, 31.81), (117.60, 31.80), None]


def alone(key: int, full: int | None, **more: object) -> Alone:
    given: dict[str, object] = {"park": 1, "trade": "39", "at": PLACES[0], **more}
    return Alone(key, f"示例{key}", full, **given)  # type: ignore[arg-type]  # see above


firms = st.lists(
    st.builds(
        lambda full, park, trade, at: (full, park, trade, at),
        st.one_of(st.none(), st.integers(0, 60)),
        st.sampled_from([1, 2, None]),
        st.sampled_from(["39", "65", ""]),
        st.sampled_from(PLACES),
    ),
    max_size=14,
).map(
    lambda rows: [
        Alone(key, f"示例{key}", full, park, trade, at)
        for key, (full, park, trade, at) in enumerate(rows, 1)
    ]
)
rooms = st.lists(st.tuples(st.integers(0, 6), st.sampled_from([1, 2, None])), max_size=3).map(
    lambda rows: [
        Room(key, f"支部{key}", units, park, frozenset({"39"}), PLACES[0])
        for key, (units, park) in enumerate(rows, 1)
    ]
)


@on_a_busy_machine
@given(firms, rooms)
def test_every_firm_gets_one_and_each_keeps_the_rules(given: list[Alone], room: list[Room]) -> None:
    found = suggest(given, room, LIMITS)
    by_key = {one.key: one for one in given}
    assert found.keys() == by_key.keys()
    joined: dict[int, int] = {}
    for key, one in found.items():
        full = by_key[key].full
        if one.kind is Suggested.SINGLE:
            assert (full or 0) >= 3
        elif one.kind is Suggested.COUNT:
            assert full is None  # nothing unknown is ever counted
        elif one.kind is Suggested.JOINT:
            group = {key, *one.partners}
            assert 2 <= len(group) <= 5
            assert 3 <= sum(by_key[other].full or 0 for other in group) <= 50
            for other in one.partners:  # all of a group say the same
                assert {other, *found[other].partners} == group
        elif one.kind is Suggested.JOIN:
            assert full in (1, 2)
            joined[one.organization or 0] = joined.get(one.organization or 0, 0) + 1
        else:
            assert full in (0, 1, 2)
    for one_room in room:
        assert one_room.units + joined.get(one_room.key, 0) <= max(5, one_room.units)


@on_a_busy_machine
@given(firms, rooms)
def test_the_order_of_the_firms_changes_nothing(given: list[Alone], room: list[Room]) -> None:
    assert suggest(given, room, LIMITS) == suggest(given[::-1], room, LIMITS)


def test_those_of_one_park_and_trade_come_together_first() -> None:
    given = [
        alone(1, 1),
        alone(2, 2, trade="65"),
        alone(3, 2, at=PLACES[2]),
        alone(4, 2, trade="65", at=PLACES[1]),
    ]
    found = suggest(given, [], LIMITS)
    assert [found[key].partners for key in (1, 2, 3, 4)] == [(3,), (4,), (1,), (2,)]
    assert (found[1].members, found[1].metres, found[1].same_trade) == (3, 1461, True)


def test_too_few_together_join_a_branch_with_room() -> None:
    room = [Room(7, "示例联合支部", 4, 1, frozenset({"39"}), PLACES[1])]
    found = suggest([alone(1, 1), alone(2, 1)], room, LIMITS)
    assert (found[1].kind, found[1].organization, found[1].metres) == (Suggested.JOIN, 7, 95)
    assert found[2].kind is Suggested.INSTRUCTOR  # the fifth place is taken
