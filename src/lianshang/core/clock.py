"""The only clock: tests and stories move it, everything else asks it."""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone as django_timezone

_shift: ContextVar[timedelta] = ContextVar("clock_shift", default=timedelta())


def zone_time() -> tzinfo:
    """The time zone in which the zone's people live (TIME_ZONE)."""
    return ZoneInfo(settings.TIME_ZONE)


def now() -> datetime:
    """The present moment, aware."""
    return django_timezone.now() + _shift.get()  # noqa: TID251 - this is the clock


def today() -> date:
    """The present day where the zone is."""
    return now().astimezone(zone_time()).date()


@contextlib.contextmanager
def moved_to(moment: datetime | date) -> Iterator[None]:
    """Let the clock run from another moment (aware datetime, or a day at noon) inside the block."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 12, tzinfo=zone_time())
    token = _shift.set(moment - django_timezone.now())  # noqa: TID251 - this is the clock
    try:
        yield
    finally:
        _shift.reset(token)
