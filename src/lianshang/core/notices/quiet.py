"""When people are left in peace: quiet hours by the clock, quiet days by the working calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.conf import settings

from lianshang.core import clock
from lianshang.core.notices.models import Reach
from lianshang.engines.worktime import Calendar, DayKind

LONGEST_HOLIDAY = 60  # days without a working day: then the calendar is wrong, and the notice goes


@dataclass(frozen=True)
class Peace:
    """The quiet times of one person; `begins == ends` means no quiet hours."""

    begins: time
    ends: time
    on_days_off: bool

    def covers(self, at: time) -> bool:
        """Whether a time of day is quiet; hours may run over midnight."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends

    def next_allowed(self, moment: datetime, calendar: Calendar) -> datetime:
        """The moment itself where it is allowed, else the first allowed one after it."""
        local = moment.astimezone(clock.zone_time())
        for _day in range(LONGEST_HOLIDAY):
            if self.on_days_off and calendar.day(local.date()).kind == DayKind.OFF:
                local = _at(local.date() + timedelta(days=1), self.ends)
            elif self.covers(local.time()):
                next_day = local.time() >= self.ends
                local = _at(local.date() + timedelta(days=next_day), self.ends)
            else:
                return moment if local <= moment else local
        return local


def _at(day: date, at: time) -> datetime:
    return datetime.combine(day, at, tzinfo=clock.zone_time())


def zone_default() -> Peace:
    return Peace(
        time.fromisoformat(settings.NOTICE_QUIET_FROM),
        time.fromisoformat(settings.NOTICE_QUIET_UNTIL),
        on_days_off=True,
    )


def peace_of(reach: Reach | None) -> Peace:
    """A person's own quiet times, the zone's where she chose none."""
    zone = zone_default()
    if reach is None:
        return zone
    if reach.quiet_from is None or reach.quiet_until is None:
        return Peace(zone.begins, zone.ends, reach.quiet_on_days_off)
    return Peace(reach.quiet_from, reach.quiet_until, reach.quiet_on_days_off)
