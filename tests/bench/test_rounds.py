"""A bench takes turns, and reports a ratio per round with its spread."""

from collections.abc import Iterator

import pytest
from bench.rounds import Contestant, Line, Spread, per_round, short, table, take_turns


def test_contestants_take_turns_and_the_first_round_does_not_count() -> None:
    order: list[str] = []
    contestants = [
        Contestant("ours", lambda _: order.append("ours")),
        Contestant("theirs", lambda _: order.append("theirs")),
    ]
    times = take_turns(contestants, 2)
    assert order == ["theirs", "ours", "ours", "theirs", "theirs", "ours"]
    assert {name: len(seconds) for name, seconds in times.items()} == {"ours": 2, "theirs": 2}


def test_what_is_prepared_is_fresh_each_round_and_not_timed() -> None:
    moments: Iterator[float] = iter([0.0, 1.0, 10.0, 13.0])
    fresh, used = iter("ab"), list[str]()
    contestant = Contestant("one", used.append, lambda: next(fresh))
    times = take_turns([contestant], 1, clock=lambda: next(moments))
    assert times == {"one": [3.0]}
    assert used == ["a", "b"]


def test_a_ratio_is_taken_within_its_round() -> None:
    """A slow moment of the machine slows both, and the ratio stays."""
    assert per_round([2.0, 20.0, 6.0], [1.0, 10.0, 2.0]) == Spread(2.0, 2.0, 3.0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.0468, "0.047"),
        (1.849, "1.85"),
        (14.32, "14.3"),
        (191.6, "192"),
        (1723.5, "1,724"),
    ],
)
def test_three_digits_are_enough(value: float, text: str) -> None:
    assert short(value) == text


def test_the_table_says_what_is_met_and_what_is_missed() -> None:
    lines = [
        Line("ours", Spread(0.5, 0.5, 0.75), " s"),
        Line("theirs", Spread(2, 1, 3), " s", Spread(4, 2, 4), "≥ 5 ×", False, "answers equal"),
        Line("absent", note="not installed"),
    ]
    assert table("two engines", lines).splitlines() == [
        "two engines  median (least–most)    ratio               target",
        "ours         0.500 s (0.500–0.750)",
        "theirs       2.00 s (1.00–3.00)     4.00 × (2.00–4.00)  ≥ 5 ×   MISSED  answers equal",
        "absent                                                                  not installed",
    ]
