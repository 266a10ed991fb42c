"""Days and hours: which days are worked, and at what times."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cached_property
from math import lcm

SATURDAY = 5
MICROSECOND = timedelta(microseconds=1)
Span = tuple[int, int]  # microseconds of a day, from and until


class DayKind(StrEnum):
    """How much of a day is worked; a half-day is named after the half that is worked."""

    WORK = "work"
    OFF = "off"
    MORNING = "morning"
    AFTERNOON = "afternoon"


@dataclass(frozen=True)
class SpecialDay:
    """A day that differs from its weekday, or a day off with a name."""

    kind: DayKind
    name: str = ""
    is_make_up: bool = False  # 调休上班: a weekend day worked in exchange


@dataclass(frozen=True)
class Day:
    """What a calendar knows about one day."""

    on: date
    kind: DayKind
    name: str = ""
    is_make_up: bool = False
    is_provisional: bool = False  # the days off of its year are not announced yet


@dataclass(frozen=True)
class OfficeHours:
    """The hours of a full day, from the day `since`. No break: `pauses` equals `resumes`."""

    opens: time = time(9)
    pauses: time = time(12)
    resumes: time = time(13, 30)
    closes: time = time(17, 30)
    since: date = date.min

    def __post_init__(self) -> None:
        if not self.opens < self.pauses <= self.resumes < self.closes:
            raise ValueError("office hours: opens < pauses <= resumes < closes")

    def spans(self, kind: DayKind) -> tuple[Span, ...]:
        """The times that are worked on a day of this kind."""
        morning = (of_day(self.opens), of_day(self.pauses))
        afternoon = (of_day(self.resumes), of_day(self.closes))
        return {
            DayKind.WORK: (morning, afternoon),
            DayKind.OFF: (),
            DayKind.MORNING: (morning,),
            DayKind.AFTERNOON: (afternoon,),
        }[kind]

    def length(self) -> int:
        """The microseconds of a full day."""
        return sum(until - since for since, until in self.spans(DayKind.WORK))


def of_day(moment: time | datetime) -> int:
    seconds = (moment.hour * 60 + moment.minute) * 60 + moment.second
    return seconds * 1_000_000 + moment.microsecond


@dataclass
class Year:
    """One year's working time as running sums, so that a count is a lookup."""

    first: int  # the ordinal of 1 January
    spans: list[tuple[Span, ...]] = field(default_factory=list)
    # What a microsecond weighs when days are counted: every full day weighs the same, though
    # summer and winter hours differ in length.
    weights: list[int] = field(default_factory=list)
    hours_before: list[int] = field(default_factory=lambda: [0])
    days_before: list[int] = field(default_factory=lambda: [0])

    def add(self, spans: tuple[Span, ...], weight: int) -> None:
        worked = sum(until - since for since, until in spans)
        self.spans.append(spans)
        self.weights.append(weight)
        self.hours_before.append(self.hours_before[-1] + worked)
        self.days_before.append(self.days_before[-1] + worked * weight)


@dataclass(frozen=True, eq=False)
class Calendar:
    """Which time is worked. Past `announced_until` weekdays are worked and weekends are not, but
    for the special days known; all of it is provisional."""

    tz: tzinfo
    days: Mapping[date, SpecialDay]
    announced_until: date
    office_hours: tuple[OfficeHours, ...] = (OfficeHours(),)
    _days: dict[date, Day] = field(default_factory=dict, init=False, repr=False)
    _years: dict[int, Year] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.office_hours:
            raise ValueError("a calendar needs office hours")
        by_day = tuple(sorted(self.office_hours, key=lambda one: one.since))
        object.__setattr__(self, "office_hours", by_day)

    def day(self, on: date) -> Day:
        """What kind of day it is, and why."""
        if (known := self._days.get(on)) is None:
            usual = DayKind.OFF if on.weekday() >= SATURDAY else DayKind.WORK
            special = self.days.get(on) or SpecialDay(usual)
            known = self._days[on] = Day(
                on, special.kind, special.name, special.is_make_up, on > self.announced_until
            )
        return known

    def hours_on(self, on: date) -> OfficeHours:
        """The office hours in force; the first ones also hold before their day."""
        place = bisect_right(self.office_hours, on, key=lambda one: one.since)
        return self.office_hours[max(place - 1, 0)]

    @cached_property
    def working_day(self) -> int:
        """What one full day weighs when days are counted."""
        return lcm(*(hours.length() for hours in self.office_hours))

    def year(self, number: int) -> Year:
        """The running sums of a year, made once."""
        if (known := self._years.get(number)) is None:
            if number > MAXYEAR:
                raise OverflowError("no working time is left before the year 10000")
            known = self._years[number] = self._summed(number)
        return known

    def _summed(self, number: int) -> Year:
        whole = self.working_day
        year = Year(date(number, 1, 1).toordinal())
        for ordinal in range(year.first, date(number, 12, 31).toordinal() + 1):
            on = date.fromordinal(ordinal)
            hours = self.hours_on(on)
            year.add(hours.spans(self.day(on).kind), whole // hours.length())
        return year

    def local(self, moment: datetime) -> datetime:
        """The moment on the zone's wall clock, without its time zone."""
        if moment.tzinfo is None:
            raise ValueError(f"{moment} has no time zone")
        return moment.astimezone(self.tz).replace(tzinfo=None)

    def aware(self, local: datetime) -> datetime:
        return local.replace(tzinfo=self.tz)
