"""Measuring time between two moments, and finding the moment after an amount of time.

All moments here are on the wall clock of the zone, without a time zone; amounts are whole numbers.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime, timedelta

from lianshang.engines.worktime.clocks import Clock, Unit
from lianshang.engines.worktime.days import MICROSECOND, Calendar, DayKind, Year, of_day

HOUR = 3_600_000_000
MIDNIGHT = timedelta(days=1)


@dataclass(frozen=True)
class Working:
    """Counts office hours: by the day (every full day weighs the same) or by the hour.

    `unit` is the length of one day or hour of the clock.
    """

    calendar: Calendar
    by_day: bool
    unit: int

    def between(self, start: datetime, end: datetime) -> int:
        if end <= start:
            return 0
        _year, done = self._place(start)
        _year, reached = self._place(end)
        for number in range(start.year, end.year):
            reached += self._sums(self.calendar.year(number))[-1]
        return reached - done

    def after(self, start: datetime, amount: int, later: bool) -> datetime:
        """Where the amount is reached: the closing moment, or `later` the next opening."""
        year, place = self._place(start)
        number, sums = start.year, self._sums(year)
        place += amount
        while place > sums[-1] or (later and place == sums[-1]):
            place -= sums[-1]
            number += 1
            year = self.calendar.year(number)
            sums = self._sums(year)
        index = (bisect_right(sums, place) if later else bisect_left(sums, place)) - 1
        index = max(index, 0)
        return self._moment(year, index, place - sums[index], later)

    def counts(self, moment: datetime) -> bool:
        year = self.calendar.year(moment.year)
        now = of_day(moment)
        return any(
            since <= now < until for since, until in year.spans[moment.toordinal() - year.first]
        )

    def _sums(self, year: Year) -> list[int]:
        return year.days_before if self.by_day else year.hours_before

    def _weight(self, year: Year, index: int) -> int:
        return year.weights[index] if self.by_day else 1

    def _place(self, moment: datetime) -> tuple[Year, int]:
        """How much of its year's working time lies before a moment."""
        year = self.calendar.year(moment.year)
        index = moment.toordinal() - year.first
        now, done = of_day(moment), 0
        for since, until in year.spans[index]:
            if now > since:
                done += min(now, until) - since
        return year, self._sums(year)[index] + done * self._weight(year, index)

    def _moment(self, year: Year, index: int, rest: int, later: bool) -> datetime:
        """The moment of a day at which `rest` of it has been worked."""
        weight = self._weight(year, index)
        rest = -(-rest // weight)  # no instant is finer than a microsecond: the next one
        moment = 0
        for since, until in year.spans[index]:
            moment = min(since + rest, until)
            rest -= until - since
            if rest < 0 or (rest == 0 and not later):
                break
        return datetime.fromordinal(year.first + index) + moment * MICROSECOND


@dataclass(frozen=True)
class Natural:
    """Counts every hour of the day and the night."""

    calendar: Calendar
    unit: int
    rolls: bool

    def between(self, start: datetime, end: datetime) -> int:
        return max((end - start) // MICROSECOND, 0)

    def after(self, start: datetime, amount: int, later: bool) -> datetime:
        end = start + amount * MICROSECOND
        if not self.rolls:
            return end
        last = (end - MICROSECOND).date() if end > start else end.date()
        while self.calendar.day(last).kind is DayKind.OFF:
            last += MIDNIGHT
        return datetime.combine(last, datetime.min.time()) + MIDNIGHT

    def counts(self, moment: datetime) -> bool:
        return True


Ruler = Working | Natural


def ruler_of(clock: Clock, calendar: Calendar) -> Ruler:
    """What measures this clock."""
    if clock.unit is Unit.WORKING_DAYS:
        return Working(calendar, True, calendar.working_day)
    if clock.unit is Unit.WORKING_HOURS:
        return Working(calendar, False, HOUR)
    return Natural(calendar, 24 * HOUR if clock.unit is Unit.NATURAL_DAYS else HOUR, clock.rolls)
