"""When: “2026-10-09 16:40”, “+3 working days”, “next working day 09:00”."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from lianshang.core import clock

FORMS = (
    "“2026-10-09 16:40”, “+3 working days”, “+2 days 09:00”, “+4 hours”, “+30 minutes”,"
    " “next working day 09:00”"
)
AT = r"(?:\s+(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
FIXED = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{1,2}:\d{2})")
LATER = re.compile(r"\+\s*(?P<n>\d+)\s+(?P<unit>working days?|days?|hours?|minutes?)" + AT)
NEXT = re.compile(r"next working day" + AT)
FARTHEST = 60  # days; no holiday is that long
IsWorking = Callable[[date], bool]


class MomentRefused(Exception):
    """The text names no moment."""


@dataclass(frozen=True, slots=True)
class Wait:
    """A moment, fixed or counted from now."""

    moment: datetime | None = None  # by the clocks of the zone
    span: timedelta = timedelta()
    working_days: int = 0
    at: time | None = None


def read_moment(text: str) -> datetime:
    """A day with its time of day, where the zone is."""
    moment = read_wait(text).moment
    if moment is None:
        raise MomentRefused(f"“{text}” is no fixed moment. Write it like “2026-10-09 16:40”.")
    return moment.replace(tzinfo=clock.zone_time())


def read_wait(text: str) -> Wait:
    """What a `wait until` says."""
    if match := FIXED.fullmatch(text):
        return Wait(moment=_fixed(*match.groups()))
    match = LATER.fullmatch(text) or NEXT.fullmatch(text)
    if match is None:
        raise MomentRefused(f"“{text}” is no moment. Allowed are {FORMS}.")
    told = match.groupdict()
    at = _time(told["hour"], told["minute"]) if told["hour"] else None
    if "unit" not in told:
        return Wait(working_days=1, at=at)
    number, unit = int(told["n"]), told["unit"].rstrip("s")
    if unit == "working day":
        return Wait(working_days=number, at=at)
    if at is not None and unit != "day":
        raise MomentRefused(f"“{text}”: a time of day goes with days only.")
    return Wait(span=timedelta(**{f"{unit}s": number}), at=at)


def moment_of(text: str, now: datetime, is_working: IsWorking) -> datetime:
    """The moment that the text means now; raises MomentRefused where it lies in the past."""
    wait = read_wait(text)
    zone = clock.zone_time()
    later = (now + wait.span).astimezone(zone)
    moment = wait.moment.replace(tzinfo=zone) if wait.moment else later
    for _turn in range(wait.working_days):
        moment = _next_working(moment, is_working)
    if wait.at is not None:
        moment = datetime.combine(moment.date(), wait.at, moment.tzinfo)
    if moment <= now:
        shown = f"{now.astimezone(clock.zone_time()):%Y-%m-%d %H:%M}"
        raise MomentRefused(f"“{text}” is not later than the story's clock, {shown}.")
    return moment


def _next_working(moment: datetime, is_working: IsWorking) -> datetime:
    for days in range(1, FARTHEST):
        later = moment + timedelta(days=days)
        if is_working(later.date()):
            return later
    raise MomentRefused(f"No working day follows {moment:%Y-%m-%d} within {FARTHEST} days.")


def _fixed(day: str, at: str) -> datetime:
    try:
        return datetime.combine(date.fromisoformat(day), _time(*at.split(":")))
    except ValueError as error:
        raise MomentRefused(f"There is no day {day}.") from error


def _time(hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise MomentRefused(f"“{hour}:{minute}” is no time of day.") from error
