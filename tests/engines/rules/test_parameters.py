"""Numbers set by documents are dated; tables give them by industry; a what-if changes them."""

from datetime import date
from fractions import Fraction

import pytest
from tests.engines.rules.examples import DAY, LABEL, catalogue, facts, parameter, policy, state_of

from lianshang.engines.rules import CompiledPolicy, PolicyError, version_in_force

RATE = {
    **parameter(0),
    "values": [
        {"from": date(2023, 1, 1), "value": 0.75},
        {"from": date(2026, 1, 1), "value": 1},
    ],
}
TEST = "staff / NULLIF(staff, 0) <= rate"


def state_on(day: date, **changed: Fraction) -> str:
    asked = CompiledPolicy(policy(TEST, parameters={"rate": RATE}), catalogue(), day, changed)
    return asked.evaluate(facts({"staff": 3})).state.key


def test_the_value_of_the_evaluation_day_counts() -> None:
    assert state_on(date(2025, 12, 31)) == "not_met"
    assert state_on(date(2026, 1, 1)) == "met"


def test_before_the_first_value_the_policy_cannot_be_asked() -> None:
    with pytest.raises(PolicyError) as error:
        state_on(date(2022, 12, 31))
    assert [p.what for p in error.value.problems] == ["'rate' has no value on 2022-12-31."]


def test_what_if_the_rate_were_another() -> None:
    assert state_on(DAY, rate=Fraction(99, 100)) == "not_met"


BOUNDS = {
    "key": "industry",
    "source": "d1",
    "columns": {"large_staff": "人", "large_revenue": "万元"},
    "rows": {
        "industry": {"large_staff": 1000, "large_revenue": 40000},
        "farming": {"large_revenue": 20000},
    },
}  # fmt: skip
LARGE = "staff >= bounds.large_staff AND revenue_y0 >= bounds.large_revenue"


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"industry": "industry", "staff": 1000, "revenue_y0": 400_000_000}, "met"),
        ({"industry": "industry", "staff": 999, "revenue_y0": 400_000_000}, "not_met"),
        ({"industry": "farming", "staff": 0, "revenue_y0": 200_000_000}, "met"),  # no staff bound
        ({"industry": "farming", "staff": 0, "revenue_y0": "199999999.99"}, "not_met"),
        ({"staff": 5, "revenue_y0": 1}, "not_known"),
        ({"industry": "software", "staff": 5, "revenue_y0": 1}, "needs_person"),  # no such row
    ],
)
def test_a_table_gives_the_bounds_of_an_industry(given: dict[str, object], state: str) -> None:
    assert state_of(LARGE, given, tables={"bounds": BOUNDS}) == state


def test_the_version_of_a_family_that_holds_on_a_day() -> None:
    old = policy("title_hnte", id="x.2022", valid={"from": None, "until": date(2026, 3, 31)})
    new = policy("title_hnte", id="x.2026", valid={"from": date(2026, 4, 1)})
    assert version_in_force([old, new], date(2026, 3, 31)) is old
    assert version_in_force([old, new], date(2026, 4, 1)) is new
    assert version_in_force([new], date(2026, 3, 31)) is None


def test_a_let_is_computed_once_and_told() -> None:
    lets = {"ratio": {"label": LABEL, "expr": "rd_exp_y0 / NULLIF(revenue_y0, 0)"}}
    asked = CompiledPolicy(policy("ratio >= 0.03", let=lets), catalogue(), DAY)
    outcome = asked.evaluate(facts({"rd_exp_y0": 99, "revenue_y0": 2000}))
    assert outcome.lets == {"ratio": Fraction(99, 2000)}
    assert outcome.state.key == "met"
