"""Clauses that no firm can meet together, and clauses that everybody meets, are found."""

from datetime import date
from typing import Any

import pytest
from tests.engines.rules.examples import LABEL, catalogue, clause, parameter, policy

from lianshang.engines.rules import Problem, check_policy

NEVER = "Its parts contradict: this never holds."
ALWAYS = "Its parts together cover every case: this always holds."
RATIO = "rd_exp_y0 / NULLIF(revenue_y0, 0)"
BRACKETS = [
    {"when": "ip1_count >= 5", "points": 70},
    {"when": "ip1_count >= 3", "points": 55},
    {"else": 10},
]
PARAMETERS = {"floor": parameter(100, "万元"), "cap": parameter(99, "万元")}


def found(*tests: str, **fields: Any) -> list[Problem]:
    problems = check_policy(policy(*tests, **fields), catalogue())
    return [problem for problem in problems if problem.code != "unused"]


@pytest.mark.parametrize(
    ("test", "what"),
    [
        ("ip1_count >= 5 AND ip1_count < 3", NEVER),
        ("ip1_count > 3 AND ip1_count < 4", NEVER),
        ("ip1_count = 3 AND ip1_count <> 3", NEVER),
        ("ip1_count BETWEEN 3 AND 5 AND NOT ip1_count <= 7", NEVER),
        ("ip1_count + ip2_count >= 5 AND ip2_count + ip1_count <= 4", NEVER),
        ("rd_exp_y0 >= floor AND rd_exp_y0 <= cap", NEVER),
        (f"{RATIO} >= 0.05 AND {RATIO} < 0.05", NEVER),
        (f"{RATIO} > 0.05 AND {RATIO} <= 0.03", NEVER),
        ("industry = 'software' AND industry = 'farming'", NEVER),
        ("industry IN ('software', 'farming') AND industry NOT IN ('software', 'farming')", NEVER),
        ("title_hnte AND NOT title_hnte", NEVER),
        ("registered_on >= DATE '2024-01-01' AND registered_on < DATE '2024-01-01'", NEVER),
        ("ip1_count >= 5 AND (ip1_count < 3 OR ip1_count = 4)", NEVER),
        ("ip1_count >= 3 OR ip1_count < 5", ALWAYS),
        ("title_hnte OR NOT title_hnte", ALWAYS),
        ("industry <> 'software' OR industry <> 'farming'", ALWAYS),
    ],
)
def test_a_clause_whose_parts_decide_it(test: str, what: str) -> None:
    [problem] = found(test, parameters=PARAMETERS)
    assert (problem.code, problem.what, problem.path) == (
        "dead-clause",
        what,
        "require.all[0].when",
    )
    assert problem.severity == "error"


@pytest.mark.parametrize(
    "test",
    [
        "ip1_count >= 5 AND ip1_count <= 5",
        "ip1_count > 3 AND ip1_count < 5",
        "rd_exp_y0 >= cap AND rd_exp_y0 <= floor",
        f"{RATIO} >= 0.03 AND {RATIO} < 0.05",
        f"{RATIO} >= 0.05 AND {RATIO} <= 0.05",
        # without the guard both sides may be 0, and then it holds
        "rd_exp_y0 >= revenue_y0 * 0.05 AND rd_exp_y0 <= revenue_y0 * 0.03",
        "ip1_count >= 5 AND ip2_count < 3",
        "ip1_count >= 5 AND (ip1_count < 3 OR ip2_count = 4)",
        "industry IN ('software', 'farming') AND industry <> 'software'",
        "ip1_count < 3 OR ip1_count > 3",
        "rd_exp_y0 >= floor AND revenue_y0 < floor",
    ],
)
def test_a_clause_that_some_meet_and_some_do_not(test: str) -> None:
    assert found(test, parameters=PARAMETERS) == []


def test_two_clauses_that_must_both_hold_and_cannot() -> None:
    [problem] = found("ip2_count > 1", "ip1_count >= 5", "ip1_count < 3")
    assert str(problem) == (
        "error: x.example:require.all[2].when: This cannot hold together with C1. "
        "No firm can ever meet both. Check the thresholds, or put them under `any`."
    )


def test_three_clauses_that_cannot_hold_together_though_any_two_can() -> None:
    [problem] = found("ip1_count >= 5", "ip1_count <= 5", "ip1_count <> 5")
    assert (problem.code, problem.path) == ("contradiction", "require.all[2].when")
    assert problem.what == "This cannot hold together with the clauses before it."


def test_a_way_that_the_common_conditions_close() -> None:
    require = {
        "all": [
            clause("A", "ip1_count >= 5"),
            {"any": [clause("B", "title_hnte"), clause("C", "ip1_count < 3")]},
        ]
    }
    [problem] = found(require=require)
    assert (problem.code, problem.path) == ("contradiction", "require.all[1].any[1].when")
    assert problem.what == "This cannot hold together with A."


def test_ways_that_exclude_each_other_are_no_fault() -> None:
    require = {"any": [clause("A", "ip1_count >= 5"), clause("B", "ip1_count < 3")]}
    assert found(require=require) == []


def test_a_score_above_and_below_its_marks() -> None:
    scores = {
        "items": {
            "rights": {"label": LABEL, "source": "d1", "brackets": BRACKETS},
            "level": {"label": LABEL, "source": "d1", "expert": [0, 100]},
        },
        "scores": {
            "counted": {"label": LABEL, "items": ["rights"]},
            "judged": {"label": LABEL, "items": ["level"]},
        },
    }
    [problem] = found("score.counted >= 60", "score.counted < 50", **scores)
    assert problem.what == "This cannot hold together with C0."
    assert found("score.counted >= 50", "score.counted < 60", **scores) == []
    assert found("score.judged >= 60", "title_hnte", **scores) == []


@pytest.mark.parametrize(
    ("window", "what"),
    [
        (
            {"from": date(2026, 1, 1), "until": date(2027, 1, 1)},
            "This window reaches beyond the validity of the policy.",
        ),
        (
            {"from": date(2019, 12, 31), "until": date(2020, 1, 31)},
            "This window reaches beyond the validity of the policy.",
        ),
        ({"from": date(2026, 1, 1)}, "A window has a first and a last day."),
    ],
)
def test_a_window_lies_within_the_validity(window: dict[str, date], what: str) -> None:
    valid = {"from": date(2020, 1, 1), "until": date(2026, 12, 31)}
    [problem] = found("title_hnte", valid=valid, windows=[{**window, "source": "d1"}])
    assert (problem.what, problem.path) == (what, "windows[0]")


def test_a_window_names_its_document() -> None:
    days = {"from": date(2026, 6, 1), "until": date(2026, 8, 31)}
    assert found("title_hnte", windows=[{**days, "source": "d1"}]) == []
    [problem] = found("title_hnte", windows=[days])
    assert (problem.code, problem.what, problem.path) == ("source", "No source.", "windows[0]")


def test_an_amount_without_currency() -> None:
    [problem] = found("title_hnte", benefit={"label": LABEL, "amount": "50000"})
    assert str(problem) == (
        "error: x.example:benefit.amount (character 1): This amount has no currency. "
        "Write it as a parameter with its unit, 元 or 万元, and its source."
    )
    parameters = {"reward": parameter(5, "万元")}
    benefit = {"label": LABEL, "amount": "reward"}
    assert found("title_hnte", benefit=benefit, parameters=parameters) == []
