"""When a clock runs out, and how much of it is used.

A working clock measures working time; one working day is the time of a full day's office hours.
Counting begins at the moment itself (SAME) or at 00:00 of the next day (NEXT). A clock is due at
the instant at which that much working time, less pauses, has passed. Closing time and the next
opening are equal instants: working days that count at their beginning (within office hours, not
paused) take the later one, every other clock the earlier one.

    Tue 16:40 + 3 working days = Fri 16:40        Sat 10:00 + 3 working days = Wed 17:30
    Mon 09:00 + 3 working days = Thu 09:00        NEXT: closing time of the n-th working day

Natural days: SAME is n × 24 hours, NEXT the 24:00 of the n-th day. Amount 0 is due at the next
moment that counts. A pause adds what the clock would have counted in it; one that begins when the
clock has run out changes nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property

from lianshang.engines.worktime.clocks import Clock, Gap, Pause, Unit, pieces, united
from lianshang.engines.worktime.days import MICROSECOND, Calendar
from lianshang.engines.worktime.rulers import Ruler, ruler_of
from lianshang.engines.worktime.steps import Step, Way, last_day

HOURS = Clock(0, Unit.WORKING_HOURS)


@dataclass(frozen=True)
class Due:
    """When a clock runs out. While a pause is open nobody knows: `at` is None, `left` remains."""

    at: datetime | None
    left: Fraction | None  # in the unit of the clock; None unless paused
    last_day: date | None  # the day of `at`; 24:00 belongs to the day that ends
    is_provisional: bool
    _way: Way = field(repr=False, compare=False)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The way to the due moment (or to the open pause), made when it is asked for."""
        return self._way.steps()


def due(start: datetime, clock: Clock, calendar: Calendar, pauses: Iterable[Pause] = ()) -> Due:
    """When a clock that is set at `start` runs out."""
    begin, ruler = clock.begin(calendar.local(start)), ruler_of(clock, calendar)
    gaps = pieces(pauses, begin, calendar) if pauses else []
    is_paused = bool(gaps) and gaps[0].start == begin
    keeps_its_hour = clock.unit is Unit.WORKING_DAYS and not is_paused and ruler.counts(begin)
    later = clock.amount == 0 or keeps_its_hour
    need = clock.amount * ruler.unit
    end = ruler.after(begin, need, later)
    for gap in united(gaps):
        if gap.start >= end:
            break
        used = ruler.between(begin, gap.start)
        if gap.end is None:
            way = Way(begin, gap.start, clock, ruler, calendar, gaps)
            return Due(None, Fraction(max(need - used, 0), ruler.unit), None, False, way)
        need = max(need, used) + ruler.between(gap.start, gap.end)
        end = ruler.after(begin, need, later)
    passed = [gap for gap in gaps if gap.start < end]
    way = Way(begin, end, clock, ruler, calendar, passed)
    last = last_day(begin, end)
    is_provisional = (clock.is_working or clock.rolls) and last > calendar.announced_until
    return Due(calendar.aware(end), None, last, is_provisional, way)


def used(
    start: datetime,
    until: datetime,
    clock: Clock,
    calendar: Calendar,
    pauses: Iterable[Pause] = (),
) -> Fraction:
    """How much the clock has counted until then, in its unit; more than its amount when overdue."""
    begin, end = clock.begin(calendar.local(start)), calendar.local(until)
    ruler = ruler_of(clock, calendar)
    counted = ruler.between(begin, end) - _stopped(pieces(pauses, begin, calendar), end, ruler)
    return Fraction(counted, ruler.unit)


def _stopped(gaps: list[Gap], end: datetime, ruler: Ruler) -> int:
    return sum(ruler.between(gap.start, min(gap.end or end, end)) for gap in gaps)


def worked(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """The working time between two moments."""
    ruler = ruler_of(HOURS, calendar)
    return ruler.between(calendar.local(start), calendar.local(end)) * MICROSECOND


def is_working(moment: datetime, calendar: Calendar) -> bool:
    """Whether the office is open; closing time itself is not."""
    return ruler_of(HOURS, calendar).counts(calendar.local(moment))


def next_working_moment(moment: datetime, calendar: Calendar) -> datetime:
    """The moment itself while the office is open, otherwise the next opening."""
    local = calendar.local(moment)
    return calendar.aware(ruler_of(HOURS, calendar).after(local, 0, later=True))
