"""Reading a policy file: every structural fault at once, each with its place."""

from datetime import date
from fractions import Fraction

import pytest
from tests.engines.rules.examples import LABEL, clause, parameter, policy, policy_file

from lianshang.engines.rules import PolicyError, policy_from_mapping


def faults(**fields: object) -> list[tuple[str, str]]:
    with pytest.raises(PolicyError) as error:
        policy_from_mapping(policy_file("title_hnte", **fields))
    return [(problem.path, problem.what) for problem in error.value.problems]


def test_numbers_are_taken_as_written() -> None:
    share = {"share": parameter(0.1, "1"), "cap": parameter("0.07", "亿元")}
    read = policy("title_hnte", parameters=share)
    assert read.parameters["share"].at(date(2026, 1, 1)) == Fraction(1, 10)
    assert read.parameters["cap"].at(date(2026, 1, 1)) == 7_000_000


def test_clauses_are_found_in_nested_groups_with_their_paths() -> None:
    two = {"at_least": {"n": 1, "of": [clause("B", "title_hnte")]}}
    read = policy(require={"all": [clause("A", "title_hnte"), {"any": [two]}]})
    assert [(path, c.id) for path, c in read.require.clauses()] == [
        ("all[0]", "A"),
        ("all[1].any[0].at_least.of[0]", "B"),
    ]


def test_the_articles_a_source_names() -> None:
    sources = {"d1": {"document": "甲〔2026〕1号"}, "d2": {"document": "乙〔2026〕2号"}}
    read = policy("title_hnte", sources=sources)
    named = read.references("d1 第十一条（一）；第十二条；d2（条号待核）")
    assert [str(reference) for reference in named] == [
        "甲〔2026〕1号 第十一条（一）",
        "甲〔2026〕1号 第十二条",
        "乙〔2026〕2号 （条号待核）",
    ]
    assert read.references("第三条") == ()


def test_a_misspelt_field_is_pointed_out() -> None:
    assert faults(chanel="fast") == [("", "'chanel' is not a field here.")]


def test_every_fault_is_reported_at_once() -> None:
    found = faults(
        level="village",
        valid={"from": "yesterday"},
        parameters={"p": {"label": LABEL, "unit": "里", "values": []}},
        items={"i": {"label": LABEL, "brackets": [{"when": "a", "points": [3, 1]}]}},
        scores={"s": {"label": LABEL}},
    )
    assert found == [
        ("level", "'village' is none of the known words."),
        ("valid.from", "Expected a date like 2026-01-31, found 'yesterday'."),
        ("parameters.p", "'values' is missing."),
        ("parameters.p.unit", "'里' is not a unit."),
        ("scores.s", "A score adds `items` or, with `sum`, other scores."),
        ("items.i.brackets[0].points", "Expected points, found [3, 1]."),
        ("items.i", "The last bracket, and only it, is an else."),
    ]


def test_a_period_ends_after_it_starts() -> None:
    valid = {"from": date(2026, 1, 2), "until": date(2026, 1, 1)}
    assert faults(valid=valid) == [("valid", "The period ends before it starts.")]


def test_something_that_is_no_policy_at_all() -> None:
    with pytest.raises(PolicyError):
        policy_from_mapping({})
