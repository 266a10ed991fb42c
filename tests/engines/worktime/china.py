"""China's calendar for tests, and two slow counters that share no code with the engine."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
from chinese_calendar import Holiday

from lianshang.engines.worktime import (
    Calendar,
    Clock,
    DayKind,
    OfficeHours,
    SpecialDay,
    Start,
    Unit,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
LAST_ANNOUNCED = date(2026, 12, 31)
STATUTORY_2027 = {
    date(2027, 1, 1): "元旦",
    **dict.fromkeys((date(2027, 2, n) for n in (5, 6, 7, 8)), "春节"),
    date(2027, 4, 5): "清明节",
    date(2027, 5, 1): "劳动节",
    date(2027, 5, 2): "劳动节",
    date(2027, 6, 9): "端午节",
    date(2027, 9, 15): "中秋节",
    **dict.fromkeys((date(2027, 10, n) for n in (1, 2, 3)), "国庆节"),
}
FULL_DAY = 420  # minutes of 09:00–12:00 and 13:30–17:30


def china(*hours: OfficeHours, **more: SpecialDay) -> Calendar:
    """The announced days until 2026, the statutory days of 2027; more as on_2026_09_30=…"""
    days = {
        on: SpecialDay(DayKind.OFF, Holiday(name).chinese)
        for on, name in chinese_calendar.holidays.items()
    }
    for on, name in chinese_calendar.workdays.items():
        days[on] = SpecialDay(DayKind.WORK, Holiday(name).chinese, is_make_up=True)
    for on, name in STATUTORY_2027.items():
        days[on] = SpecialDay(DayKind.OFF, name)
    for on, special in more.items():
        days[date.fromisoformat(on.removeprefix("on_").replace("_", "-"))] = special
    return Calendar(SHANGHAI, days, LAST_ANNOUNCED, hours or (OfficeHours(),))


def at(text: str) -> datetime:
    """2026-09-29 16:40, in Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def working_days(amount: int, start: Start = Start.SAME) -> Clock:
    return Clock(amount, Unit.WORKING_DAYS, start)


# The slow counters


def is_workday(on: date) -> bool:
    """Said by the library up to the last announced day, by the stated rule afterwards."""
    if on <= LAST_ANNOUNCED:
        return chinese_calendar.is_workday(on)
    return on.weekday() < 5 and on not in STATUTORY_2027


def is_open(local: datetime) -> bool:
    hours = (time(9) <= local.time() < time(12)) or (time(13, 30) <= local.time() < time(17, 30))
    return hours and is_workday(local.date())


def by_minutes(
    start: datetime, minutes: int, pauses: Sequence[tuple[datetime, datetime]] = ()
) -> datetime:
    """Walk from `start` minute by minute until that many open, unpaused minutes have passed."""

    def paused(local: datetime) -> bool:
        return any(since <= local < until for since, until in pauses)

    now = start.replace(tzinfo=None)
    counts_at_once = is_open(now) and not paused(now)
    while minutes > 0:
        minutes -= is_open(now) and not paused(now)
        now += timedelta(minutes=1)
    begins = {since for since, _until in pauses}
    while counts_at_once and (not is_open(now) or (paused(now) and now not in begins)):
        now += timedelta(minutes=1)
    return now.replace(tzinfo=SHANGHAI)


def by_days(start: datetime, days: int) -> datetime:
    """The same hour of the n-th working day after; 17:30 of the n-th where the office is closed.

    Only for starts before opening, after closing, on days off, or within the hours.
    """
    on, now = start.date(), start.time()
    is_before = is_workday(on) and now < time(9)
    on -= timedelta(days=1) if is_before else timedelta()
    while days:
        on += timedelta(days=1)
        days -= is_workday(on)
    hour = now if is_open(start.replace(tzinfo=None)) else time(17, 30)
    return datetime.combine(on, hour, SHANGHAI)
