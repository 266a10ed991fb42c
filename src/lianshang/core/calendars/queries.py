"""The calendar in force, and what it is made of."""

from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection

from lianshang.core import clock
from lianshang.core.calendars import china, models
from lianshang.core.calendars.choices import Scope
from lianshang.engines.worktime import Calendar, Day, DayKind, OfficeHours, SpecialDay

Version = tuple[int | None, ...]


def calendar() -> Calendar:
    """The zone's calendar, kept in the process as long as no table changes; asks one query."""
    return _built(_version())


def _version() -> Version:
    """The newest history row of each table."""
    tracked: tuple[Any, ...] = (models.SpecialDay, models.Announcement, models.OfficeHours)
    tables = [model.pgh_event_model._meta.db_table for model in tracked]
    newest = ", ".join(f'(SELECT max(pgh_id) FROM "{table}")' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {newest}")
        return tuple(cursor.fetchone())


@lru_cache(maxsize=2)
def _built(version: Version) -> Calendar:
    known = china.known_days()
    days = dict(known.days)
    for scope in (Scope.NATIONAL, Scope.ZONE):
        for row in models.SpecialDay.objects.filter(scope=scope):
            days[row.on] = SpecialDay(DayKind(row.kind), row.name, row.is_make_up)
    hours = [
        OfficeHours(row.opens, row.pauses, row.resumes, row.closes, row.since)
        for row in models.OfficeHours.objects.all()
    ]
    return Calendar(
        clock.zone_time(), days, _announced_until(known.announced_until), (OfficeHours(), *hours)
    )


def _announced_until(built_in: date) -> date:
    """The end of the last year in an unbroken row of announced years."""
    year = built_in.year
    entered = set(models.Announcement.objects.values_list("year", flat=True))
    while year + 1 in entered:
        year += 1
    return date(year, 12, 31)


def entered_days(year: int) -> dict[date, models.SpecialDay]:
    """The entered days of a year; the zone's where both scopes have one."""
    rows = models.SpecialDay.objects.filter(on__year=year)
    return {row.on: row for row in sorted(rows, key=lambda row: row.scope == Scope.ZONE)}


def special_days(in_force: Calendar, year: int) -> list[Day]:
    """The days of a year that differ from their weekday or carry a name, in order."""
    return [in_force.day(on) for on in sorted(in_force.days) if on.year == year]


def announcement(year: int) -> models.Announcement | None:
    return models.Announcement.objects.filter(year=year).first()


def entered_hours() -> list[models.OfficeHours]:
    """The entered hours, newest first."""
    return list(models.OfficeHours.objects.order_by("-since"))
