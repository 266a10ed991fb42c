"""Dates in cells of spreadsheets."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianshang.engines.standards.text import (
    DateReading,
    DateSystem,
    Precision,
    TextProblem,
    Unknown,
    excel_serial_date,
    parse_date,
)

DAY = date(2021, 4, 16)


@pytest.mark.parametrize(
    "cell",
    [
        "2021年4月16日", "2021年04月16号", "2021.4.16", "2021. 4. 16", "2021-04-16", "2021/4/16",
        "20210416", "２０２１年４月１６日", "二〇二一年四月十六日", "2021-04-16 00:00:00",
        "4/16/2021", "16/4/2021", 20210416, date(2021, 4, 16), datetime(2021, 4, 16),
    ],
)  # fmt: skip
def test_one_day_written_in_many_ways(cell: str | int | date) -> None:
    assert parse_date(cell) == DateReading(DAY)


@pytest.mark.parametrize(
    ("cell", "value", "precision"),
    [
        ("2021-4", date(2021, 4, 1), Precision.MONTH),
        ("2021年10月", date(2021, 10, 1), Precision.MONTH),
        ("202104", date(2021, 4, 1), Precision.MONTH),
        ("2021年", date(2021, 1, 1), Precision.YEAR),
        (2021, date(2021, 1, 1), Precision.YEAR),
    ],
)
def test_a_month_or_year_alone_says_so(cell: str | int, value: date, precision: Precision) -> None:
    assert parse_date(cell) == DateReading(value, precision)


def test_what_was_left_out_or_inferred_is_said() -> None:
    assert parse_date("2021/4/16 8:30") == DateReading(DAY, hints=("time_dropped",))
    assert parse_date("2021-04-15T16:00:00Z") == DateReading(DAY, hints=("time_zone",))
    assert parse_date(datetime(2021, 4, 15, 16, tzinfo=UTC)) == DateReading(
        DAY, hints=("time_zone",)
    )
    assert parse_date(44302) == parse_date("44302.5") == DateReading(DAY, hints=("serial",))
    assert parse_date(5) == DateReading(date(1900, 1, 5), hints=("early_serial",))


@pytest.mark.parametrize(
    ("cell", "problem", "suggestion"),
    [
        ("4/5/2021", "day_month_order", "2021-04-05 / 2021-05-04"),
        ("21-4-16", "two_digit_year", "2021-04-16"),
        ("2021-02-30", "no_such_day", ""),
        ("13/13/2021", "no_such_day", ""),
        ("2021-13", "no_such_day", ""),
        ("0021-01-01", "implausible_year", ""),
        ("长期", "open_ended", ""),
        ("9999-12-31", "open_ended", ""),
        ("2021年4月中旬", "not_a_date", ""),
        ("#VALUE!", "spreadsheet_error", ""),
        (2021.1, "year_month_as_number", ""),  # may have been 2021.10
        (-3, "not_a_date", ""),
    ],
)
def test_doubtful_dates_are_asked_about(cell: str | float, problem: str, suggestion: str) -> None:
    assert parse_date(cell) == TextProblem(problem, str(cell), suggestion)


def test_nothing_known_is_no_date() -> None:
    assert parse_date(None) == parse_date(float("nan")) == Unknown("")
    assert parse_date("无") == Unknown("无", may_mean_zero=True)


def test_the_spreadsheet_counts_a_leap_day_that_never_was() -> None:
    assert excel_serial_date(1) == date(1900, 1, 1)
    assert excel_serial_date(59) == date(1900, 2, 28)
    assert excel_serial_date(60) == TextProblem("leap_bug", "60")
    assert excel_serial_date(61) == date(1900, 3, 1)
    assert excel_serial_date(25569) == date(1970, 1, 1)


def test_old_macintosh_workbooks_count_from_1904() -> None:
    assert excel_serial_date(0, DateSystem.EXCEL_1904) == date(1904, 1, 1)
    assert parse_date(44302 - 1462, DateSystem.EXCEL_1904) == DateReading(DAY, hints=("serial",))


@given(st.dates(date(1910, 1, 2), date(2100, 12, 31)))
def test_serials_and_texts_read_back(day: date) -> None:
    serial = (day - date(1899, 12, 30)) // timedelta(days=1)
    for cell in (serial, f"{day:%Y-%m-%d}", f"{day.year}年{day.month}月{day.day}日"):
        reading = parse_date(cell)
        assert isinstance(reading, DateReading)
        assert reading.value == day


@given(st.text(max_size=14) | st.text("0123456789年月日-/. :T", max_size=14))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(parse_date(text), DateReading | Unknown | TextProblem)
