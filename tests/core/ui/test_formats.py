"""Values as people read them: money in 万 and 亿, days near and far, nothing as a dash."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from lianshang.core import clock
from lianshang.core.ui import formats


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        ("0", "0 元", "CNY 0"),
        ("8500.50", "8,500.5 元", "CNY 8,500.5"),
        ("624000", "62.4 万元", "CNY 624,000"),
        ("102300000", "1.02 亿元", "CNY 102.3 million"),
        ("-20500", "-2.1 万元", "CNY -20,500"),
        ("99999", "10 万元", "CNY 99,999"),
        ("3200000000", "32 亿元", "CNY 3.2 billion"),
    ],
)
def test_money_is_short(amount: str, chinese: str, english: str) -> None:
    assert formats.short_money(Decimal(amount)) == chinese
    with translation.override("en"):
        assert formats.short_money(Decimal(amount)) == english


def test_the_exact_amount_is_on_hover() -> None:
    assert formats.money(Decimal("624000.35")) == (
        '<data value="624000.35" title="624,000.35 元">62.4 万元</data>'
    )


def test_a_share_of_three_percent_is_not_rounded_up_to_it() -> None:
    assert formats.percent(Decimal("0.02996"), 1) == "3.0%"
    assert formats.percent(Decimal("0.02996")) == "3.00%"
    assert formats.percent(Decimal("0.02996"), 3) == "2.996%"


def test_nothing_is_a_dash_and_zero_is_not() -> None:
    assert [formats.text(value) for value in (None, "", 0, False)] == ["—", "—", "0", "否"]


def test_text_from_people_is_escaped() -> None:
    assert formats.text("<b>示例</b>") == "&lt;b&gt;示例&lt;/b&gt;"


def test_a_due_time_is_said_as_people_say_it() -> None:
    with clock.moved_to(date(2026, 11, 23)):
        said = [
            formats.near_day(datetime(2026, 11, 23, 8, 40, tzinfo=UTC)),
            formats.near_day(date(2026, 11, 24)),
            formats.near_day(date(2026, 11, 25)),
            formats.near_day(date(2027, 1, 5)),
        ]
    shown = [html.partition(">")[2].partition("<")[0] for html in said]
    assert shown == ["今天 16:40", "明天", "11-25 周三", "2027-01-05"]


def test_files_get_values_not_markup() -> None:
    moment = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
    assert formats.plain(formats.money(Decimal(10_000))) == "1 万元"
    assert formats.plain(moment) == datetime(2026, 11, 23, 16, 40)
    assert formats.plain(True) == "是"
    assert formats.plain(None) == ""
