"""Numbers and amounts in cells of spreadsheets."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianshang.engines.standards.text import (
    AmountUnit,
    NumberReading,
    TextProblem,
    Unknown,
    amount_unit_in,
    parse_amount,
    parse_number,
)

IN_TEN_THOUSANDS = AmountUnit.TEN_THOUSAND_YUAN


@pytest.mark.parametrize(
    ("cell", "value", "unit"),
    [
        ("1,234.5", "1234.5", ""),
        ("１２３", "123", ""),
        ("1，234，567", "1234567", ""),
        ("1 234", "1234", ""),
        ("1.2亿", "120000000", ""),
        ("300万", "3000000", ""),
        ("3亿5000万", "350000000", ""),
        ("1万2千", "12000", ""),
        ("5千万", "50000000", ""),
        ("三百二十", "320", ""),
        ("一万零五十", "10050", ""),
        ("十二人", "12", "人"),
        ("3000㎡", "3000", "m2"),
        ("５％", "5", "%"),
        ("-5", "-5", ""),
        ("(1,234.50)", "-1234.50", ""),
        ("负300万", "-3000000", ""),
        ("￥1,234.50", "1234.50", "元"),
        ("壹亿贰仟万元整", "120000000", "元"),
        ("人民币300万元", "3000000", "元"),
    ],
)
def test_numbers_as_people_write_them(cell: str, value: str, unit: str) -> None:
    reading = parse_number(cell)
    assert isinstance(reading, NumberReading)
    assert (reading.value, reading.unit) == (Decimal(value), unit)


@pytest.mark.parametrize(
    ("cell", "may_mean_zero"),
    [
        ("", False),
        ("/", False),
        ("不详", False),
        ("N/A", False),
        ("—", True),
        ("无", True),
        ("--", True),
    ],
)
def test_nothing_known_is_never_zero(cell: str, may_mean_zero: bool) -> None:
    assert parse_number(cell) == Unknown(cell, may_mean_zero)
    assert parse_amount(cell, IN_TEN_THOUSANDS) == Unknown(cell, may_mean_zero)


@pytest.mark.parametrize(
    ("cell", "problem", "suggestion"),
    [
        ("约300万", "approximate", "300万"),
        ("300余万元", "approximate", "300万元"),
        ("300+", "approximate", "300"),
        ("近百家", "approximate", ""),
        ("300万以上", "bound", ""),
        ("≤50", "bound", ""),
        ("100-200", "range", ""),
        ("100~200人", "range", ""),
        ("1,23", "grouping", ""),
        ("3,5000", "grouping", ""),
        ("100万美元", "foreign_currency", ""),
        ("$100", "foreign_currency", ""),
        ("#REF!", "spreadsheet_error", ""),
        ("#N/A", "spreadsheet_error", ""),
        ("三百五", "not_a_number", ""),  # 350 to the ear, 305 to the rule
        ("一万五", "not_a_number", ""),
        ("12.5.3", "not_a_number", ""),
        ("示例", "not_a_number", ""),
    ],
)
def test_what_is_no_plain_number_is_explained(cell: str, problem: str, suggestion: str) -> None:
    assert parse_number(cell) == TextProblem(problem, cell, suggestion)


def test_cells_that_are_numbers_already() -> None:
    assert parse_number(7) == NumberReading(Decimal(7))
    assert parse_number(0.1 + 0.2) == NumberReading(Decimal("0.3"))
    assert parse_number(float("nan")) == parse_number(None) == Unknown("")
    assert parse_number(True) == TextProblem("not_a_number", "True")
    assert parse_number(float("inf")) == TextProblem("not_a_number", "inf")


def test_a_bare_amount_takes_the_unit_of_its_column() -> None:
    assert parse_amount("1,234.5", IN_TEN_THOUSANDS) == NumberReading(Decimal(12_345_000), "元")
    assert parse_amount(1234.5, AmountUnit.YUAN) == NumberReading(Decimal("1234.5"), "元")


def test_a_unit_in_the_cell_counts_over_the_column() -> None:
    for cell in ("300万", "300万元", "3000000元"):
        for column in (None, IN_TEN_THOUSANDS, AmountUnit.YUAN):
            reading = parse_amount(cell, column)
            assert isinstance(reading, NumberReading)
            assert (reading.value, reading.unit) == (Decimal(3_000_000), "元")


def test_an_amount_without_any_unit_is_ambiguous_unless_zero() -> None:
    assert parse_amount("300") == TextProblem("unit_ambiguous", "300", "元 / 万元")
    assert parse_amount("0") == NumberReading(Decimal(0), "元")
    assert parse_amount("120人", IN_TEN_THOUSANDS) == TextProblem("not_an_amount", "120人")


def test_an_odd_size_for_the_column_is_pointed_out() -> None:
    in_ten_thousands = parse_amount("12345678", IN_TEN_THOUSANDS)
    in_yuan = parse_amount("35", AmountUnit.YUAN)
    assert isinstance(in_ten_thousands, NumberReading)
    assert isinstance(in_yuan, NumberReading)
    assert in_ten_thousands.hints == ("maybe_yuan",)
    assert in_yuan.hints == ("maybe_ten_thousand_yuan",)


def test_the_unit_of_a_column_stands_in_its_heading() -> None:
    assert amount_unit_in("营业收入（万元）") is IN_TEN_THOUSANDS
    assert amount_unit_in("资产总额/亿元") is AmountUnit.HUNDRED_MILLION_YUAN
    assert amount_unit_in("金额（元）") is AmountUnit.YUAN
    assert amount_unit_in("从业人数") is None


@given(st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=2))
def test_numbers_with_separators_read_back(value: Decimal) -> None:
    reading = parse_number(f"{value:,f}")
    assert isinstance(reading, NumberReading)
    assert reading.value == value


@given(st.text(max_size=12) | st.text("0123456789.,-万亿千百十元 （）%", max_size=12))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(parse_amount(text, IN_TEN_THOUSANDS), NumberReading | Unknown | TextProblem)
