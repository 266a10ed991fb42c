"""A policy that cannot be right is refused, with the place and what to do."""

from datetime import date
from typing import Any

import pytest
from tests.engines.rules.examples import (
    LABEL,
    catalogue,
    clause,
    parameter,
    policy,
    policy_file,
)

from lianshang.engines.rules import Problem, check_policy, policy_from_mapping


def found(*tests: str, **fields: Any) -> list[Problem]:
    return check_policy(policy(*tests, **fields), catalogue())


def codes(problems: list[Problem]) -> list[tuple[str, str]]:
    return [(problem.code, problem.path) for problem in problems]


def test_a_sound_policy_has_no_problem() -> None:
    floor = {"floor": parameter(100, "万元")}
    assert found("rd_exp_y0 >= floor", "NOT listed_abroad", parameters=floor) == []


@pytest.mark.parametrize(
    ("test", "code", "what", "hint"),
    [
        (
            "rd_expp_y0 > 0",
            "unknown-name",
            "'rd_expp_y0' is not known here.",
            "Did you mean rd_exp_y0?",
        ),
        (
            "revenue > 0",
            "unknown-name",
            "'revenue' is not known here.",
            "It is kept by year: write revenue_y0 for the last completed year.",
        ),
        (
            "industry = 'softwear'",
            "unknown-code",
            "'softwear' is not a code of industry.",
            "Did you mean software?",
        ),
        ("industry > 'software'", "type", "Codes have no order.", "Use = , <> or IN."),
        (
            "title_hnte = listed_abroad",
            "type",
            "These two cannot be compared.",
            "Numbers go with numbers, dates with dates; a yes-or-no fact stands alone.",
        ),
        (
            "ip1_count / ip2_count > 1",
            "division",
            "A denominator that may be zero is not guarded.",
            "Write a / NULLIF(b, 0); the result is unknown where b is 0.",
        ),
        (
            "rd_exp_y0 / NULLIF(net_assets_y0, 0) > 1",
            "division",
            "This denominator could be negative.",
            "Raise its declared min, or write NULLIF(larger(b, 0), 0).",
        ),
        (
            "ip1_count + 1",
            "type",
            "A test is needed here, this is a value.",
            "Compare it with something.",
        ),
        ("score.total > 3", "unknown-name", "There is no score 'total'.", ""),
        (
            "ip1_count >= -1",
            "dead-clause",
            "Given the declared bounds this always holds.",
            "Check the threshold and its unit against the catalogue's min and max.",
        ),
        (
            "ip1_count > 100000 AND title_hnte",
            "dead-clause",
            "Given the declared bounds this never holds.",
            "Check the threshold and its unit against the catalogue's min and max.",
        ),
    ],
)
def test_a_faulty_clause(test: str, code: str, what: str, hint: str) -> None:
    [problem] = found(test)
    assert (problem.code, problem.what, problem.hint) == (code, what, hint)
    assert (problem.policy, problem.path) == ("x.example", "require.all[0].when")


def test_a_problem_reads_as_one_line() -> None:
    [problem] = found("revenu_y0 > 0")
    assert str(problem) == (
        "error: x.example:require.all[0].when (character 1): 'revenu_y0' is not known here. "
        "Did you mean revenue_y0?"
    )


def test_a_let_defined_by_itself_is_one_fault_however_often_it_is_used() -> None:
    lets = {
        "a": {"label": LABEL, "expr": "b + 1"},
        "b": {"label": LABEL, "expr": "a * 2"},
    }
    problems = found("a > 1", "b > 1", let=lets)
    assert "'a' is defined by itself: a → b → a." in {problem.what for problem in problems}
    assert {problem.code for problem in problems} == {"cycle"}


def item(*brackets: dict[str, Any]) -> dict[str, Any]:
    return {
        "items": {"count": {"label": LABEL, "source": "d1", "brackets": list(brackets)}},
        "scores": {"total": {"label": LABEL, "items": ["count"]}},
    }


def test_brackets_written_from_the_easiest_up_are_never_reached() -> None:
    table = item(
        {"when": "ip1_count >= 1", "points": 2},
        {"when": "ip1_count >= 5", "points": 6},
        {"else": 0},
    )
    [problem] = found("score.total >= 2", **table)
    assert (problem.code, problem.path) == ("unreachable", "items.count.brackets[1]")
    assert problem.what == (
        "This bracket is never reached. Bracket 0 already holds whenever this one does."
    )


def test_a_pass_mark_that_no_enterprise_can_reach_is_a_dead_clause() -> None:
    table = item({"when": "ip1_count >= 1", "points": 2}, {"else": 0})
    assert codes(found("score.total >= 3", **table)) == [("dead-clause", "require.all[0].when")]
    assert codes(found("score.total >= 0", **table)) == [("dead-clause", "require.all[0].when")]
    assert found("score.total >= 1", **table) == []


def test_a_clause_that_a_dated_parameter_switches_on_is_not_dead() -> None:
    values = [{"from": date(2020, 1, 1), "value": 0}, {"from": date(2026, 1, 1), "value": 1}]
    switch = {"needed": {**parameter(0), "values": values}}
    assert found("needed = 0 OR title_hnte", parameters=switch) == []


def test_each_day_on_which_a_parameter_changes_is_checked() -> None:
    late = {"floor": parameter(100, "万元", since=date(2026, 1, 1))}
    [problem] = found("rd_exp_y0 >= floor", parameters=late)
    assert problem.what == "'floor' has no value on 2020-01-01."


def test_what_nothing_uses_is_a_warning() -> None:
    [problem] = found("title_hnte", parameters={"floor": parameter(1)})
    assert (problem.severity, problem.path) == ("warning", "parameters.floor")


def test_structural_faults() -> None:
    source = {**clause("A", "title_hnte"), "source": "第三条"}
    twice = [clause("B", "title_hnte"), clause("B", "listed_abroad")]
    reserved = clause("amount", "listed_abroad")
    require = {
        "all": [source, *twice, reserved, {"at_least": {"n": 3, "of": [clause("D", "title_hnte")]}}]
    }
    mapping = policy_file(
        require=require,
        parameters={"staff": parameter(1)},
        kind="classification",
    )
    problems = check_policy(policy_from_mapping(mapping), catalogue())
    assert set(codes(problems)) == {
        ("name", "parameters.staff"),
        ("source", "require.all[0]"),
        ("duplicate", "require.all[1]"),
        ("duplicate", "require.all[2]"),
        ("name", "require.all[3]"),
        ("structure", "require.all[4].at_least.n"),
        ("structure", "classes"),
    }  # fmt: skip


def test_points_may_only_be_given_in_a_quantity_that_a_person_judges() -> None:
    fields = {
        "items": {"level": {"label": LABEL, "source": "d1", "expert": [0, 8], "fact": "ip1_count"}},
        "scores": {"total": {"label": LABEL, "items": ["level"]}},
    }
    assert ("fact", "items.level.fact") in codes(found("score.total >= 3", **fields))
