"""A legal boundary is exact: ratios are compared by cross-multiplication, never as floats."""

from fractions import Fraction

import polars as pl
import pytest
from tests.engines.rules.examples import (
    DAY,
    catalogue,
    compiled,
    policy,
    quantity,
    state_of,
    value_of,
)

from lianshang.engines.rules import CompiledPolicy, PolicyError, check_policy
from lianshang.engines.rules.batch import BatchPlan

GROWTH = "(revenue_y1 / NULLIF(revenue_y2, 0) + revenue_y0 / NULLIF(revenue_y1, 0)) / 2 - 1 >= 0.35"


def test_a_ratio_of_exactly_three_percent_passes_and_a_fen_less_does_not() -> None:
    ratio = "rd_exp_y0 / NULLIF(revenue_y0, 0) >= 0.03"
    revenue = 9_999_999_999_999  # 3 % is 299,999,999,999.97 to the 分
    assert state_of(ratio, {"rd_exp_y0": "299999999999.97", "revenue_y0": revenue}) == "met"
    assert state_of(ratio, {"rd_exp_y0": "299999999999.96", "revenue_y0": revenue}) == "not_met"


def test_growth_over_three_years_is_compared_as_a_fraction_of_products() -> None:
    exact = {"revenue_y2": 1000, "revenue_y1": 1350, "revenue_y0": "1822.50"}
    assert state_of(GROWTH, exact) == "met"
    assert state_of(GROWTH, {**exact, "revenue_y0": "1822.49"}) == "not_met"
    large = {name: Fraction(str(value)) * 10**9 for name, value in exact.items()}
    assert state_of(GROWTH, large) == "met"
    less = {**large, "revenue_y0": large["revenue_y0"] - Fraction(1, 100)}
    assert state_of(GROWTH, less) == "not_met"


def test_the_same_growth_in_a_batch_is_exact_beyond_64_bits() -> None:
    program = compiled(GROWTH).program
    largest = 10**15  # in 分; the products reach 10^32
    frame = pl.DataFrame({
        "revenue_y2": [largest * 5 // 9, largest * 5 // 9, None],
        "revenue_y1": [largest * 3 // 4, largest * 3 // 4, 1],
        "revenue_y0": [largest * 81 // 80, largest * 81 // 80 - 1, 1],
    }).with_columns(pl.col("revenue_y0").clip(upper_bound=largest))  # fmt: skip
    quick = compiled(GROWTH).quick
    expected = [quick(row)[0] for row in frame.to_dicts()]
    assert BatchPlan([program]).run(frame)["x.example"].to_list() == expected


@pytest.mark.parametrize(
    ("expression", "given", "value"),
    [
        ("rd_exp_y0 / NULLIF(revenue_y0, 0)", {"rd_exp_y0": 1, "revenue_y0": 3}, Fraction(1, 3)),
        ("staff / 3 + staff / 6", {"staff": 1}, Fraction(1, 2)),
        ("0.1 + 0.2", {}, Fraction(3, 10)),
        ("(staff - staff) * 5", {"staff": 2}, 0),
        ("1 - 0.9 * 1", {}, Fraction(1, 10)),
        ("larger(staff, 0) / NULLIF(smaller(staff, staff * 2), 0)", {"staff": 7}, 1),
        ("CASE WHEN ip1_count > 2 THEN 0.05 ELSE 3 END", {"ip1_count": 2}, 3),
    ],
)
def test_values_are_fractions(expression: str, given: dict[str, object], value: object) -> None:
    assert value_of(expression, given) == value


def test_what_cancels_still_asks_for_its_fact() -> None:
    assert value_of("staff - staff", {}) is None
    assert state_of("staff - staff = 0", {}) == "not_known"
    assert state_of("revenue_y0 / NULLIF(revenue_y0, 0) = 1", {"revenue_y0": 0}) == "needs_person"


def test_whole_numbers_meet_thresholds_between_them() -> None:
    assert state_of("ip1_count * 3 >= 10", {"ip1_count": 4}) == "met"
    assert state_of("ip1_count * 3 >= 10", {"ip1_count": 3}) == "not_met"
    assert state_of("ip1_count * 3 < 10", {"ip1_count": 3}) == "met"
    assert state_of("ip1_count * 3 = 10", {"ip1_count": 3}) == "not_met"
    assert state_of("-1 * ip1_count <= -4", {"ip1_count": 4}) == "met"


def test_numbers_that_could_pass_38_digits_are_refused_before_anyone_relies_on_them() -> None:
    cube = "rd_exp_y0 * revenue_y0 * net_assets_y0 > rd_exp_y1 * revenue_y1 * net_assets_y1"
    problems = check_policy(policy(cube), catalogue())
    assert [(problem.code, problem.path) for problem in problems] == [
        ("overflow", "require.all[0].when")
    ]
    with pytest.raises(PolicyError):
        compiled(cube)


def test_a_smaller_declared_maximum_makes_the_same_policy_acceptable() -> None:
    cube = "big * big * big > 1"
    small = quantity("小", "small", unit="1", min=0, max=10**12)
    large = quantity("大", "large", unit="1", min=0, max=10**13)
    assert check_policy(policy(cube), catalogue(big=small)) == []
    assert check_policy(policy(cube), catalogue(big=large))[0].code == "overflow"


def test_values_outside_the_declared_bounds_never_reach_the_arithmetic() -> None:
    plan = BatchPlan([CompiledPolicy(policy("ip1_count * 2 >= 4"), catalogue(), DAY).program])
    with pytest.raises(ValueError, match="ip1_count: values from 3 to 100001 leave the bounds"):
        plan.run(pl.DataFrame({"ip1_count": [3, 100_001]}))
