"""The way from the beginning to the due moment, day by day: what the equation is made of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from itertools import groupby

from lianshang.engines.worktime.clocks import Clock, Gap, Pause
from lianshang.engines.worktime.days import MICROSECOND, Calendar, DayKind
from lianshang.engines.worktime.rulers import Ruler

ONE_DAY = timedelta(days=1)
AFTERWARDS = 10  # days after the last in which a make-up day of the same holiday is worth a word


@dataclass(frozen=True)
class Step:
    """A run of equal days, or a pause. The `used` of all runs add up to the clock's amount."""

    first: date
    last: date
    kind: DayKind | None = None  # None: a natural clock, or a pause
    name: str = ""
    is_make_up: bool = False
    counted: bool = False
    used: Fraction = Fraction(0)  # of a pause: what it stopped
    is_start: bool = False  # the day of the beginning, partly worked by then: day 0 to people
    is_after: bool = False  # a make-up day after the last day, said only to avoid surprise
    pause: Pause | None = None


@dataclass(frozen=True)
class Way:
    """The way from `begin` to `end`, on the wall clock."""

    begin: datetime
    end: datetime
    clock: Clock
    ruler: Ruler
    calendar: Calendar
    gaps: list[Gap]

    def steps(self) -> tuple[Step, ...]:
        runs = [_run(list(group)) for _key, group in groupby(self._days(), _likeness)]
        pauses = [self._pause(gap) for gap in self.gaps]
        steps = sorted([*runs, *pauses], key=lambda step: step.first)
        return (*steps, *self._afterwards(runs)) if self.clock.is_working else tuple(steps)

    def _days(self) -> Iterator[Step]:
        last = last_day(self.begin, self.end)
        on = self.begin.date()
        while on <= last:
            midnight = datetime.combine(on, time.min)
            used = self._used(max(self.begin, midnight), min(self.end, midnight + ONE_DAY))
            is_start = on == self.begin.date() and self.ruler.between(midnight, self.begin) > 0
            if self.clock.is_working or self.clock.rolls:
                day = self.calendar.day(on)
                yield Step(on, on, day.kind, day.name, day.is_make_up, used > 0, used, is_start)
            else:
                yield Step(on, on, counted=used > 0, used=used, is_start=is_start)
            on += ONE_DAY

    def _used(self, since: datetime, until: datetime) -> Fraction:
        paused = sum(
            self.ruler.between(max(gap.start, since), min(gap.end or until, until))
            for gap in self.gaps
        )
        return Fraction(self.ruler.between(since, until) - paused, self.ruler.unit)

    def _pause(self, gap: Gap) -> Step:
        until = gap.end or gap.start
        stopped = Fraction(self.ruler.between(gap.start, until), self.ruler.unit)
        return Step(gap.start.date(), until.date(), used=stopped, pause=gap.pause)

    def _afterwards(self, runs: list[Step]) -> Iterator[Step]:
        """Make-up days soon after the last day, worked for a holiday on the way."""
        holidays = {run.name for run in runs if run.kind is DayKind.OFF and run.name}
        for after in range(1, AFTERWARDS + 1):
            day = self.calendar.day(runs[-1].last + after * ONE_DAY)
            if day.is_make_up and day.name in holidays:
                yield Step(day.on, day.on, day.kind, day.name, is_make_up=True, is_after=True)


def last_day(begin: datetime, end: datetime) -> date:
    """The day of the end; midnight belongs to the day that ends."""
    return (end - MICROSECOND).date() if end > begin else end.date()


def _likeness(step: Step) -> tuple[DayKind | None, str, bool, bool, bool]:
    return (step.kind, step.name, step.is_make_up, step.counted, step.is_start)


def _run(days: list[Step]) -> Step:
    used = sum((day.used for day in days), Fraction(0))
    return replace(days[0], last=days[-1].last, used=used)
