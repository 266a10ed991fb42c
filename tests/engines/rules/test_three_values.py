"""Met, not met, not known: what is missing is never counted as no."""

import pytest
from tests.engines.rules.examples import LABEL, ask, parameter, state_of

TIER = "CASE WHEN revenue_y0 <= low THEN 0.05 WHEN revenue_y0 <= high THEN 0.04 ELSE 0.03 END"
TIERS = {"low": parameter(5000, "万元"), "high": parameter(20000, "万元")}


@pytest.mark.parametrize(
    ("test", "given", "state"),
    [
        ("listed_abroad AND title_hnte", {"listed_abroad": False}, "not_met"),
        ("listed_abroad AND title_hnte", {"listed_abroad": True}, "not_known"),
        ("listed_abroad OR title_hnte", {"listed_abroad": True}, "met"),
        ("listed_abroad OR title_hnte", {"listed_abroad": False}, "not_known"),
        ("NOT title_hnte", {}, "not_known"),
        ("industry IN ('farming')", {}, "not_known"),
        ("industry NOT IN ('farming')", {"industry": "software"}, "met"),
        ("industry <> 'farming'", {}, "not_known"),
        ("ip1_count IS NULL", {}, "met"),
        ("ip1_count IS NOT NULL AND ip1_count > 0", {}, "not_met"),
        ("ip1_count BETWEEN 1 AND 3", {"ip1_count": 3}, "met"),
        ("ip1_count NOT BETWEEN 1 AND 3", {"ip1_count": 4}, "met"),
        ("registered_on < DATE '2026-01-01'", {"registered_on": "2025-12-31"}, "met"),
        ("registered_on < DATE '2026-01-01'", {"registered_on": "2026-01-01"}, "not_met"),
        ("smaller(ip1_count, ip2_count) < 3", {"ip1_count": 1}, "not_known"),
        ("ip1_count + ip2_count >= 1", {"ip1_count": 9}, "not_known"),
    ],
)
def test_unknown_stays_unknown_unless_the_rest_decides(
    test: str, given: dict[str, object], state: str
) -> None:
    assert state_of(test, given) == state


@pytest.mark.parametrize(
    ("revenue", "rd_exp", "state"),
    [
        (50_000_000, 2_499_999, "not_met"),  # 5,000 万元 belongs to the 5 % tier
        (50_000_000, 2_500_000, "met"),
        ("50000000.01", 2_000_001, "met"),
        (200_000_000, 7_999_999, "not_met"),
        ("200000000.01", 6_000_001, "met"),
        (None, 10**9, "not_known"),  # the last tier is not taken because tests are unknown
    ],
)
def test_a_tier_is_chosen_only_when_it_is_known(
    revenue: object, rd_exp: object, state: str
) -> None:
    given = {"revenue_y0": revenue, "rd_exp_y0": rd_exp}
    assert state_of(f"rd_exp_y0 >= revenue_y0 * {TIER}", given, parameters=TIERS) == state


def test_a_branch_not_taken_does_no_harm() -> None:
    safe = "CASE WHEN revenue_y0 = 0 THEN 0 ELSE rd_exp_y0 / NULLIF(revenue_y0, 0) END < 0.5"
    assert state_of(safe, {"revenue_y0": 0}) == "met"
    assert state_of(safe, {"revenue_y0": 10, "rd_exp_y0": 5}) == "not_met"


def test_a_zero_denominator_is_unknown_and_left_to_a_person() -> None:
    ratio = "rd_exp_y0 / NULLIF(revenue_y0, 0) >= 0.03"
    outcome = ask(ratio, given={"rd_exp_y0": 5, "revenue_y0": 0})
    assert (outcome.clauses["C0"].key, outcome.missing) == ("needs_person", ())
    outcome = ask(ratio, given={"revenue_y0": 0})
    assert (outcome.clauses["C0"].key, outcome.missing) == ("not_known", ("rd_exp_y0",))


def test_negative_net_assets_are_no_denominator() -> None:
    growth = "net_assets_y0 / NULLIF(larger(net_assets_y1, 0), 0) >= 1.1"
    assert state_of(growth, {"net_assets_y0": 11, "net_assets_y1": 10}) == "met"
    assert state_of(growth, {"net_assets_y0": 11, "net_assets_y1": -10}) == "needs_person"


def test_only_facts_that_could_still_change_the_answer_are_named() -> None:
    outcome = ask(
        "title_hnte OR (listed_abroad AND ip1_count > 0)",
        "ip2_count > 0 OR staff > 0",
        given={"listed_abroad": False, "staff": 3},
    )
    assert outcome.missing == ("title_hnte",)


def test_facts_of_a_case_are_asked_only_where_it_leads() -> None:
    years = "CASE WHEN ip1_count >= 3 THEN rd_exp_y0 + rd_exp_y1 + rd_exp_y2 ELSE rd_exp_y0 END > 0"
    assert ask(years, given={"ip1_count": 1}).missing == ("rd_exp_y0",)
    assert ask(years, given={"ip1_count": 3, "rd_exp_y1": 1}).missing == ("rd_exp_y0", "rd_exp_y2")
    assert ask(years, given={}).missing == ("ip1_count",)


def test_an_assumed_fact_counts_as_stated_and_is_told() -> None:
    assume = {"listed_abroad": {"value": False, "source": "d1", "reason": LABEL}}
    outcome = ask("NOT listed_abroad", given={}, assume=assume)
    assert (outcome.state.key, outcome.assumed, outcome.missing) == ("met", ("listed_abroad",), ())
    outcome = ask("NOT listed_abroad", given={"listed_abroad": True}, assume=assume)
    assert (outcome.state.key, outcome.assumed) == ("not_met", ())
