"""Policies checked together."""

from datetime import date
from typing import Any

from tests.engines.rules.examples import catalogue, policy

from lianshang.engines.rules import Policy, check_library

HNTE = {"label": {"zh": "甲称号"}, "type": "title"}


def version(key: str, start: date | None, until: date | None = None, **fields: Any) -> Policy:
    fields = {"family": "x", "valid": {"from": start, "until": until}, **fields}
    return policy(fields.pop("test", "listed_abroad"), id=key, **fields)


def messages(*policies: Policy, **quantities: Any) -> list[tuple[str, str]]:
    book = catalogue(title_hnte={**HNTE, "policy": "x"}, **quantities)
    return [(problem.policy, problem.what) for problem in check_library(policies, book)]


def test_versions_that_follow_each_other_day_by_day() -> None:
    old = version("x.2022", None, date(2026, 3, 31))
    new = version("x.2026", date(2026, 4, 1))
    assert messages(old, new) == []


def test_versions_that_overlap_by_a_day() -> None:
    old = version("x.2022", None, date(2026, 4, 1))
    new = version("x.2026", date(2026, 4, 1))
    assert messages(old, new) == [("x.2022", "On some days both this and x.2026 hold.")]


def test_two_policies_of_one_id() -> None:
    one = version("x.2022", None, date(2020, 1, 1))
    other = version("x.2022", date(2021, 1, 1))
    assert messages(one, other) == [("x.2022", "Two policies have this id.")]


def test_titles_that_each_need_the_other_can_never_be_had() -> None:
    second = {**HNTE, "policy": "y"}
    needs_second = version("x.1", None, test="title_second AND staff > 0")
    needs_first = version("y.1", None, family="y", test="title_hnte")
    assert messages(needs_second, needs_first, title_second=second) == [
        ("x.1", "Each of these needs the title of the next: x → y → x.")
    ]


def test_a_title_that_only_helps_is_no_circle() -> None:
    second = {**HNTE, "policy": "y"}
    helped = version("x.1", None, test="title_second OR staff > 0")
    needs_first = version("y.1", None, family="y", test="title_hnte")
    assert messages(helped, needs_first, title_second=second) == []


def test_results_that_each_wait_for_the_other_cannot_be_computed() -> None:
    first = {"label": {"zh": "甲结果"}, "type": "bool", "result_of": "x"}
    second = {"label": {"zh": "乙结果"}, "type": "bool", "result_of": "y"}
    asks_second = version("x.1", None, test="second OR listed_abroad")
    asks_first = version("y.1", None, family="y", test="first OR staff > 0")
    assert messages(asks_second, asks_first, first=first, second=second) == [
        ("x.1", "Each of these asks for the result of the next: x → y → x.")
    ]
    facts_only = version("y.1", None, family="y", test="staff > 0")
    assert messages(asks_second, facts_only, first=first, second=second) == []


def test_a_title_that_no_policy_grants_is_a_warning() -> None:
    book = catalogue()
    [problem] = check_library([version("x.1", None)], book)
    assert (problem.severity, problem.path) == ("warning", "title_hnte")
    assert problem.what == "No policy of the family 'cn.hnte' grants title_hnte."
