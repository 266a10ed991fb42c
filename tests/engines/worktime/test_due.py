"""When clocks run out: the cases an office would check by hand."""

from datetime import date, time, timedelta

import pytest
from tests.engines.worktime.china import at, china, working_days

from lianshang.engines.worktime import (
    Clock,
    DayKind,
    OfficeHours,
    SpecialDay,
    Start,
    Unit,
    due,
    is_working,
    next_working_moment,
    used,
    worked,
)

CHINA = china()
NATURAL = Unit.NATURAL_DAYS


def test_three_working_days_over_national_day() -> None:
    found = due(at("2026-09-29 16:40"), working_days(3), CHINA)
    assert found.at == at("2026-10-09 16:40")
    assert found.last_day == date(2026, 10, 9)
    assert not found.is_provisional
    told = [
        (str(step.first), str(step.last), step.kind, step.name, step.counted, step.is_after)
        for step in found.steps
    ]
    assert told == [
        ("2026-09-29", "2026-09-29", DayKind.WORK, "", True, False),
        ("2026-09-30", "2026-09-30", DayKind.WORK, "", True, False),
        ("2026-10-01", "2026-10-07", DayKind.OFF, "国庆节", False, False),
        ("2026-10-08", "2026-10-09", DayKind.WORK, "", True, False),
        ("2026-10-10", "2026-10-10", DayKind.WORK, "国庆节", False, True),
    ]
    assert [step.is_start for step in found.steps] == [True, False, False, False, False]
    assert found.steps[-1].is_make_up


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-24 16:40", 3, "2026-11-27 16:40"),  # within hours: the same hour
        ("2026-11-23 09:00", 3, "2026-11-26 09:00"),  # at opening: opening
        ("2026-11-21 10:00", 3, "2026-11-25 17:30"),  # on a Saturday: closing time
        ("2026-11-23 07:00", 1, "2026-11-23 17:30"),  # before opening: the day itself
        ("2026-11-23 17:30", 1, "2026-11-24 17:30"),  # closing time is outside
        ("2026-11-23 23:59", 1, "2026-11-24 17:30"),
        ("2026-11-23 12:30", 1, "2026-11-24 12:00"),  # at lunch: half a day is over
        ("2026-10-10 10:00", 1, "2026-10-12 10:00"),  # a make-up Saturday is a working day
        ("2026-10-09 10:00", 1, "2026-10-10 10:00"),
        ("2026-12-31 10:00", 1, "2027-01-04 10:00"),  # New Year by the stated rule
        ("2026-11-20 15:00", 60, "2027-02-17 15:00"),
    ],
)
def test_working_days(start: str, days: int, end: str) -> None:
    assert due(at(start), working_days(days), CHINA).at == at(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-20 15:00", 3, "2026-11-25 17:30"),
        ("2026-09-30 00:00", 1, "2026-10-08 17:30"),
        ("2026-11-21 10:00", 1, "2026-11-23 17:30"),
        ("2026-11-22 23:59", 1, "2026-11-23 17:30"),
    ],
)
def test_from_the_next_day(start: str, days: int, end: str) -> None:
    assert due(at(start), working_days(days, Start.NEXT), CHINA).at == at(end)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-11-23 10:00", 1, "2026-11-23 11:00"),
        ("2026-11-23 11:30", 1, "2026-11-23 14:00"),
        ("2026-11-20 17:00", 1, "2026-11-23 09:30"),
        ("2026-11-21 10:00", 7, "2026-11-23 17:30"),
        ("2026-11-23 10:00", 2, "2026-11-23 12:00"),  # noon and 13:30 are equal: hours end at noon
    ],
)
def test_working_hours(start: str, hours: int, end: str) -> None:
    assert due(at(start), Clock(hours, Unit.WORKING_HOURS), CHINA).at == at(end)


def test_natural_time_runs_at_night() -> None:
    assert due(at("2026-11-20 15:00"), Clock(1, Unit.NATURAL_HOURS), CHINA).at == at(
        "2026-11-20 16:00"
    )
    same = due(at("2026-11-20 15:00"), Clock(2, NATURAL), CHINA)
    assert (same.at, same.last_day) == (at("2026-11-22 15:00"), date(2026, 11, 22))
    following = due(at("2026-11-20 15:00"), Clock(2, NATURAL, Start.NEXT), CHINA)
    assert following.at == at("2026-11-23 00:00")
    assert following.last_day == date(2026, 11, 22)  # a page says 24:00 of this day


def test_a_last_day_off_gives_way_to_the_next_working_day() -> None:
    rolls = Clock(2, NATURAL, Start.NEXT, rolls=True)
    moved = due(at("2026-11-20 15:00"), rolls, CHINA)  # the 22nd is a Sunday
    assert (moved.at, moved.last_day) == (at("2026-11-24 00:00"), date(2026, 11, 23))
    kept = due(at("2026-11-23 15:00"), rolls, CHINA)
    assert (kept.at, kept.last_day) == (at("2026-11-26 00:00"), date(2026, 11, 25))
    make_up = due(at("2026-10-08 15:00"), rolls, CHINA)
    assert make_up.last_day == date(2026, 10, 10)  # a Saturday that is worked


def test_nothing_to_count_is_due_when_counting_would_begin() -> None:
    assert due(at("2026-11-21 10:00"), working_days(0), CHINA).at == at("2026-11-23 09:00")
    assert due(at("2026-11-23 10:00"), working_days(0), CHINA).at == at("2026-11-23 10:00")
    assert due(at("2026-11-21 10:00"), Clock(0, NATURAL), CHINA).at == at("2026-11-21 10:00")


def test_half_days_count_for_the_hours_they_have() -> None:
    eve = SpecialDay(DayKind.MORNING, "除夕前半天")
    calendar = china(on_2026_11_25=eve)
    assert due(at("2026-11-24 10:00"), working_days(2), calendar).at == at("2026-11-26 15:30")
    afternoon = china(on_2026_11_25=SpecialDay(DayKind.AFTERNOON, "上午停电"))
    assert due(at("2026-11-24 10:00"), working_days(1), afternoon).at == at("2026-11-25 14:30")


def test_a_day_is_a_day_under_summer_hours_too() -> None:
    summer = OfficeHours(resumes=time(14, 30), closes=time(18), since=date(2026, 6, 1))
    calendar = china(OfficeHours(), summer)
    assert due(at("2026-05-29 10:00"), working_days(1, Start.NEXT), calendar).at == at(
        "2026-06-01 18:00"
    )
    # 10:00 is one of seven hours, so one seventh of six and a half: 55 minutes and 43 seconds.
    crossing = due(at("2026-05-29 10:00"), working_days(1), calendar).at
    assert crossing is not None
    assert crossing.replace(microsecond=0) == at("2026-06-01 09:55:42")
    assert due(at("2026-06-01 10:00"), working_days(3), calendar).at == at("2026-06-04 10:00")


def test_past_the_announced_year_everything_is_provisional() -> None:
    assert not due(at("2026-12-30 10:00"), working_days(1), CHINA).is_provisional
    assert due(at("2026-12-31 10:00"), working_days(1), CHINA).is_provisional
    assert not due(at("2026-12-31 10:00"), Clock(9, NATURAL), CHINA).is_provisional
    assert due(at("2026-12-31 10:00"), Clock(9, NATURAL, rolls=True), CHINA).is_provisional
    assert CHINA.day(date(2027, 2, 9)).kind is DayKind.WORK  # nothing is made up
    assert CHINA.day(date(2027, 2, 8)).name == "春节"


def test_how_much_is_used() -> None:
    start, clock = at("2026-11-20 15:00"), working_days(60)
    assert used(start, at("2026-11-20 15:00"), clock, CHINA) == 0
    assert used(start, at("2026-11-23 15:00"), clock, CHINA) == 1
    assert used(start, at("2026-11-22 15:00"), clock, CHINA) * 420 == 150
    assert used(start, at("2026-11-01 15:00"), clock, CHINA) == 0
    assert used(start, at("2027-02-18 15:00"), clock, CHINA) == 61  # overdue by a day


def test_helpers() -> None:
    assert is_working(at("2026-10-10 09:00"), CHINA)
    assert not is_working(at("2026-10-10 17:30"), CHINA)
    assert not is_working(at("2026-10-01 10:00"), CHINA)
    assert next_working_moment(at("2026-09-30 18:00"), CHINA) == at("2026-10-08 09:00")
    assert next_working_moment(at("2026-11-23 12:00"), CHINA) == at("2026-11-23 13:30")
    assert next_working_moment(at("2026-11-23 10:07"), CHINA) == at("2026-11-23 10:07")
    assert worked(at("2026-09-30 17:00"), at("2026-10-08 09:10"), CHINA) == timedelta(minutes=40)
    assert worked(at("2026-12-31 17:00"), at("2028-01-04 09:10"), CHINA) == timedelta(
        hours=7 * 255, minutes=40
    )  # 261 weekdays of 2027 less seven statutory ones, and one of 2028


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        due(at("2026-11-20 15:00").replace(tzinfo=None), working_days(1), CHINA)
    with pytest.raises(ValueError, match="backwards"):
        working_days(-1)
    with pytest.raises(ValueError, match="natural days"):
        Clock(1, Unit.WORKING_DAYS, rolls=True)
    with pytest.raises(ValueError, match="opens < pauses"):
        OfficeHours(opens=time(13))
