"""The calendar in force: what the libraries know, and what people enter over it."""

from datetime import date, time, timedelta

import chinese_calendar
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.engines.worktime.china import at, working_days

from lianshang.core.calendars import actions
from lianshang.core.calendars.models import SpecialDay
from lianshang.core.calendars.queries import calendar
from lianshang.engines.worktime import Day, DayKind, due

pytestmark = pytest.mark.django_db


def put(on: str, kind: str, name: str, scope: str = "national") -> SpecialDay:
    return actions.put_special_day(
        actor=None,
        on=date.fromisoformat(on),
        kind=kind,
        name=name,
        scope=scope,
        source="示例文件〔2026〕1号",
        published_on=date(2026, 11, 4),
    )


def announce(year: int) -> None:
    actions.announce_year(
        actor=None, year=year, document="示例〔2026〕9号", published_on=date(2026, 11, 4)
    )


def test_announced_days_equal_the_library_to_its_last_day() -> None:
    found, on = calendar(), date(2004, 1, 1)
    while on <= date(2026, 12, 31):
        assert (found.day(on).kind is DayKind.WORK) == chinese_calendar.is_workday(on), on
        on += timedelta(days=1)
    assert found.announced_until == date(2026, 12, 31)
    assert found.day(date(2026, 10, 10)) == Day(
        date(2026, 10, 10), DayKind.WORK, "国庆节", is_make_up=True
    )


def test_later_years_hold_the_statutory_days_and_no_guess() -> None:
    found = calendar()
    names = {str(on): day.name for on, day in found.days.items() if on.year == 2027}
    assert names == {
        "2027-01-01": "元旦",
        "2027-02-05": "春节",
        "2027-02-06": "春节",
        "2027-02-07": "春节",
        "2027-02-08": "春节",
        "2027-04-05": "清明节",
        "2027-05-01": "劳动节",
        "2027-05-02": "劳动节",
        "2027-06-09": "端午节",
        "2027-09-15": "中秋节",
        "2027-10-01": "国庆节",
        "2027-10-02": "国庆节",
        "2027-10-03": "国庆节",
    }
    assert found.day(date(2027, 2, 5)).is_provisional
    assert found.day(date(2036, 10, 1)).kind is DayKind.OFF


def test_the_announced_days_of_2027_end_what_was_provisional() -> None:
    start, clock = at("2026-12-31 10:00"), working_days(1)
    assert due(start, clock, calendar()).is_provisional
    put("2027-01-02", "off", "元旦")
    put("2027-01-03", "work", "元旦")
    announce(2027)
    found = due(start, clock, calendar())
    assert not found.is_provisional
    assert found.at == at("2027-01-03 10:00")  # the Sunday is worked
    assert calendar().day(date(2027, 1, 3)).is_make_up
    assert calendar().day(date(2028, 1, 3)).is_provisional


def test_a_year_is_announced_with_its_days_and_in_turn() -> None:
    with pytest.raises(ValidationError, match="请先按文件登记 2027 年"):
        announce(2027)
    put("2028-01-03", "off", "元旦")
    with pytest.raises(ValidationError, match="下一个待公布的年份是 2027 年"):
        announce(2028)
    day = put("2027-01-03", "work", "元旦")
    announce(2027)
    announce(2027)  # a corrected document number
    with pytest.raises(ValidationError, match="至少要有一个全国的特殊日"):
        actions.remove_special_day(actor=None, day=day)


def test_the_zones_own_day_overrides_the_national_one() -> None:
    on = date(2026, 12, 7)
    put("2026-12-07", "morning", "区运动会", scope="zone")
    put("2026-12-07", "off", "全国哀悼日")
    assert calendar().day(on).kind is DayKind.MORNING
    zone_day = SpecialDay.objects.get(on=on, scope="zone")
    actions.remove_special_day(actor=None, day=zone_day)
    assert calendar().day(on) == Day(on, DayKind.OFF, "全国哀悼日")
    put("2026-12-07", "work", "照常上班")
    assert SpecialDay.objects.get(on=on).is_make_up is False
    assert calendar().day(on).kind is DayKind.WORK


def test_summer_hours_hold_from_their_day() -> None:
    actions.set_office_hours(
        actor=None,
        since=date(2026, 6, 1),
        opens=time(9),
        pauses=time(12),
        resumes=time(14, 30),
        closes=time(18),
    )
    found = calendar()
    assert found.hours_on(date(2026, 5, 31)).closes == time(17, 30)
    assert found.hours_on(date(2026, 6, 1)).closes == time(18)
    assert due(at("2026-06-06 10:00"), working_days(1), found).at == at("2026-06-08 18:00")


def test_hours_out_of_order_are_refused() -> None:
    with pytest.raises(ValidationError, match="四个时间要依次排列"):
        actions.set_office_hours(
            actor=None,
            since=date(2026, 6, 1),
            opens=time(9),
            pauses=time(8),
            resumes=time(14),
            closes=time(18),
        )


def test_an_unchanged_calendar_costs_one_query() -> None:
    first = calendar()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert calendar() is first
    assert len(asked) == 1
    day = put("2026-12-07", "off", "区运动会", scope="zone")
    changed = calendar()
    assert changed is not first
    actions.remove_special_day(actor=None, day=day)
    assert calendar().day(date(2026, 12, 7)).kind is DayKind.WORK
