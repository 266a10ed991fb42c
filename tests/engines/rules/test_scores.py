"""Score tables are intervals: what is known already decides where it can."""

from typing import Any

import pytest
from tests.engines.rules.examples import LABEL, ask, parameter

from lianshang.engines.rules import Outcome

ITEMS = {
    "level": {"label": LABEL, "source": "d1", "expert": [0, 8], "fact": "ip_level"},
    "count": {
        "label": LABEL,
        "source": "d1",
        "brackets": [
            {"when": "ip1_count >= 1", "points": [7, 8]},
            {"when": "ip2_count >= 5", "points": [5, 6]},
            {"when": "ip2_count >= 1", "points": [1, 2]},
            {"else": 0},
        ],
    },
}
SCORES = {
    "total": {"label": LABEL, "sum": ["ip"]},
    "ip": {"label": LABEL, "cap": 14, "items": ["level", "count"]},
}
FIELDS: dict[str, Any] = {
    "items": ITEMS,
    "scores": SCORES,
    "parameters": {"pass_mark": parameter(10, "分")},
}


def score(given: dict[str, object], test: str = "score.total >= pass_mark") -> Outcome:
    return ask(test, given=given, **FIELDS)


@pytest.mark.parametrize(
    ("given", "interval", "state"),
    [
        ({"ip1_count": 1, "ip_level": 3}, (10, 11), "met"),
        ({"ip1_count": 1, "ip_level": 2}, (9, 10), "needs_person"),
        ({"ip1_count": 1}, (7, 14), "needs_person"),  # capped at 14
        ({"ip1_count": 0, "ip2_count": 0}, (0, 8), "not_met"),
        ({"ip1_count": 0, "ip2_count": 5, "ip_level": 8}, (13, 14), "met"),
        ({"ip2_count": 5}, (5, 14), "not_known"),  # the first bracket may still hold
        ({"ip_level": 1}, (1, 9), "not_met"),  # however the missing facts turn out
        ({}, (0, 14), "not_known"),
    ],
)
def test_a_score_table(given: dict[str, object], interval: tuple[int, int], state: str) -> None:
    outcome = score(given)
    assert (outcome.scores["total"], outcome.clauses["C0"].key) == (interval, state)


def test_facts_of_lower_brackets_are_not_asked_once_a_higher_one_holds() -> None:
    assert score({"ip1_count": 1}).missing == ()
    assert score({"ip2_count": 0}).missing == ("ip1_count",)
    assert score({"ip1_count": 0}).missing == ("ip2_count",)


@pytest.mark.parametrize(
    ("test", "state"),
    [
        ("score.total > 6", "met"),
        ("score.total > 7", "needs_person"),
        ("score.total < 7", "not_met"),
        ("score.total <= 14", "met"),
        ("7 <= score.total", "met"),
        ("score.total = 6", "not_met"),
        ("score.total = 9", "needs_person"),
        ("score.total <> 6", "met"),
        ("score.total BETWEEN 7 AND 14", "met"),
        ("NOT score.total < 7", "met"),
    ],
)
def test_a_comparison_holds_if_it_holds_for_the_whole_interval(test: str, state: str) -> None:
    assert score({"ip1_count": 1}, test).clauses["C0"].key == state  # the interval is 7 to 14


def test_points_given_beyond_what_the_item_allows_are_cut_off() -> None:
    items = {**ITEMS, "level": {**ITEMS["level"], "expert": [1, 6]}}
    given = {"ip1_count": 0, "ip2_count": 0}
    fields = {**FIELDS, "items": items}
    assert ask("title_hnte", given={**given, "ip_level": 8}, **fields).scores["ip"] == (6, 6)
    assert ask("title_hnte", given={**given, "ip_level": 0}, **fields).scores["ip"] == (1, 1)


def test_brackets_out_of_order_still_widen_to_all_that_are_possible() -> None:
    brackets = [
        {"when": "ip1_count >= 1", "points": 2},
        {"when": "ip2_count >= 1", "points": 9},
        {"else": [4, 5]},
    ]
    fields = {
        "items": {"odd": {"label": LABEL, "source": "d1", "brackets": brackets}},
        "scores": {"odd": {"label": LABEL, "items": ["odd"]}},
    }

    def odd(**given: object) -> tuple[int, int]:
        return ask("title_hnte", given=given, **fields).scores["odd"]

    assert odd() == (2, 9)
    assert odd(ip1_count=0) == (4, 9)
    assert odd(ip2_count=0) == (2, 5)
    assert odd(ip2_count=1) == (2, 9)
