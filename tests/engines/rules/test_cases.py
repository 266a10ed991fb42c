"""The test cases written beside a policy."""

from datetime import date
from typing import Any

import pytest
from tests.engines.rules.examples import LABEL, catalogue, parameter, policy

from lianshang.engines.rules import CaseResult, PolicyError, run_cases

LETS = {"ratio": {"label": LABEL, "expr": "rd_exp_y0 / NULLIF(revenue_y0, 0)"}}
RELIEF = policy(
    "ratio >= share",
    "NOT listed_abroad",
    let=LETS,
    parameters={"share": parameter(0.03)},
    benefit={"label": LABEL, "amount": "rd_exp_y0 * 0.25"},
)


def run(expect: dict[str, Any], **fields: Any) -> CaseResult:
    case = {
        "name": "两年研发费用",
        "mark": "derived",
        "on": date(2026, 6, 1),
        "facts": {"rd_exp_y0": 99, "revenue_y0": 2000},
        "expect": expect,
        **fields,
    }
    tests = {"policy": "x.example", "money": "万元", "cases": [case]}
    [result] = run_cases(tests, RELIEF, catalogue())
    return result


def test_everything_that_can_be_expected() -> None:
    result = run({
        "state": "not_known",
        "steps": 1,
        "clauses": {"C0": "met", "C1": "not_known"},
        "amount": 24.75,
        "lets": {"ratio": 0.0495},
        "missing": ["listed_abroad"],
        "disputes": [],
        "assumed": [],
        "class": None,
    })  # fmt: skip
    assert result.passed, result.mismatches


def test_what_was_expected_and_what_came_is_told() -> None:
    result = run({"state": "met", "clauses": {"C9": "met"}, "amount": 25})
    assert [(m.what, m.expected, str(m.got)) for m in result.mismatches] == [
        ("state", "met", "not_known"),
        ("clauses.C9", "met", "no such clause"),
        ("amount", 25, "99/4"),
    ]


def test_a_ratio_agrees_with_what_rounds_to_as_many_decimals() -> None:
    facts = {"rd_exp_y0": 1, "revenue_y0": 3}
    assert run({"lets": {"ratio": 0.3333}}, facts=facts).passed
    assert not run({"lets": {"ratio": 0.333333334}}, facts=facts).passed
    assert not run({"lets": {"ratio": 0.34}}, facts=facts).passed


def test_a_case_may_change_a_parameter() -> None:
    assert run({"clauses": {"C0": "not_met"}}, parameters={"share": 0.05}).passed


def test_yaml_reads_the_key_on_as_true() -> None:
    case = {"name": "示例", True: date(2026, 6, 1), "facts": {}, "expect": {"state": "not_known"}}
    tests = {"policy": "x.example", "cases": [case]}
    assert run_cases(tests, RELIEF, catalogue())[0].passed


def test_a_fact_that_is_not_in_the_catalogue_stops_the_run() -> None:
    with pytest.raises(PolicyError) as error:
        run({}, facts={"rd_exp": 3, "staff": -1})
    assert [problem.path for problem in error.value.problems] == [
        "cases[0].facts.rd_exp",
        "cases[0].facts.staff",
    ]
