"""The only clock: tests and stories move it, everything else asks it."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, datetime, timedelta, tzinfo
from itertools import count
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone as django_timezone

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


class StandingClock:
    """A clock of the whole process that moves only when told to, for a story and its server.

    Every look at it is a microsecond later than the one before: what comes first stays first.
    """

    def __init__(self, moment: datetime) -> None:
        self.move_to(moment)

    def move_to(self, moment: datetime) -> None:
        self.moment, self._looks = moment, count(1)

    def look(self) -> datetime:
        return self.moment + timedelta(microseconds=next(self._looks))


_standing: StandingClock | None = None


def zone_time() -> tzinfo:
    """The time zone in which the zone's people live (TIME_ZONE)."""
    return ZoneInfo(settings.TIME_ZONE)


def now() -> datetime:
    """The present moment, aware."""
    present = _standing.look() if _standing else django_timezone.now()  # noqa: TID251 - this is the clock
    return present + _shift.get()


def today() -> date:
    """The present day where the zone is."""
    return now().astimezone(zone_time()).date()


@contextlib.contextmanager
def moved_to(moment: datetime | date) -> Iterator[None]:
    """Let the clock run from another moment (aware datetime, or a day at noon) inside the block."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=zone_time())
    token = _shift.set(moment - (now() - _shift.get()))
    try:
        yield
    finally:
        _shift.reset(token)


@contextlib.contextmanager
def standing_at(moment: datetime) -> Iterator[StandingClock]:
    """Stop the clock of the whole process, every thread of it, inside the block.

    For a process that belongs to one story; a site that serves people must never do this.
    """
    global _standing  # noqa: PLW0603 - the one clock of the process
    if _standing is not None:
        raise RuntimeError("The clock of this process is already stopped.")
    _standing = StandingClock(moment)
    try:
        yield _standing
    finally:
        _standing = None
