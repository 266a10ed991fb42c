"""Averages as the tax and science offices count them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianshang.engines.standards.averages import (
    Average,
    Balance,
    average,
    balances_from_readings,
    monthly_average,
    months_in_operation,
    period_average,
    quarterly_average,
    quarters_in_operation,
)


def test_four_quarters_of_a_small_low_profit_enterprise() -> None:
    quarters = [Balance(280, 290), Balance(290, 310), Balance(310, 320), Balance(320, 280)]
    assert quarterly_average(quarters) == Average(Fraction(300), 4)


def test_the_boundary_is_exact() -> None:
    quarters = [Balance(300, 300), Balance(300, 300), Balance(300, 300), Balance(300, 301)]
    assert quarterly_average(quarters).value == Fraction(2401, 8)
    assert period_average(Decimal("0.1"), Decimal("0.2")) == Fraction(3, 20)


def test_twelve_months_of_a_high_tech_enterprise() -> None:
    months = balances_from_readings([10, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 11])
    assert monthly_average(months).value == Fraction(95, 8)


def test_a_firm_opened_in_the_year_counts_the_quarters_it_existed() -> None:
    assert quarters_in_operation(2025, date(2025, 5, 20)) == range(2, 5)
    assert quarterly_average([Balance(4, 6), Balance(6, 8), Balance(8, 9)]).value == Fraction(41, 6)


def test_months_and_quarters_in_operation() -> None:
    assert months_in_operation(2025, None) == range(1, 13)
    assert months_in_operation(2025, date(2020, 3, 1), date(2025, 8, 2)) == range(1, 9)
    assert quarters_in_operation(2025, date(2025, 2, 1), date(2025, 8, 2)) == range(1, 4)
    assert list(quarters_in_operation(2025, date(2026, 1, 1))) == []
    assert list(months_in_operation(2025, date(2020, 1, 1), date(2024, 12, 31))) == []


def test_a_missing_value_is_named_and_not_taken_as_zero() -> None:
    answer = quarterly_average([Balance(10, None), Balance(12, 12)])
    assert answer == Average(None, 2, missing=((1, "end"),))


def test_an_end_that_is_not_the_next_start_is_pointed_out() -> None:
    answer = quarterly_average([Balance(10, 12), Balance(20, 20)])
    assert (answer.value, answer.breaks) == (Fraction(31, 2), (1,))


def test_too_many_or_no_periods_are_refused() -> None:
    with pytest.raises(ValueError, match="4 such periods"):
        quarterly_average([Balance(1, 1)] * 5)
    with pytest.raises(ValueError, match="at least one"):
        average([])


@given(st.integers(0, 10**12), st.integers(1, 12))
def test_a_steady_value_is_its_own_average(value: int, periods: int) -> None:
    assert monthly_average([Balance(value, value)] * periods).value == value
