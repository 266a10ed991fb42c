"""Statistics of a period, read from the logs: every number with the duties behind it.

The database narrows to the duties that were open in the period; their logs are read in one go. What
each number counts is written in tally.py and docs/duties.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.calendars.queries import calendar
from lianshang.core.workflow.choices import OPEN
from lianshang.core.workflow.models import Duty, Entry
from lianshang.core.workflow.models.duties import DutyQuerySet
from lianshang.core.workflow.queries.standings import logs
from lianshang.core.workflow.replay import standing
from lianshang.core.workflow.tally import Deed, Period, Tally

K = TypeVar("K")


@dataclass(frozen=True)
class Count:
    """How often something happened; a duty is named once for each time."""

    duties: tuple[int, ...]

    @property
    def value(self) -> int:
        return len(self.duties)


@dataclass(frozen=True)
class Rate:
    """How many of the clocks that were decided were met; a duty is named once for each clock."""

    met: tuple[int, ...]
    missed: tuple[int, ...]

    @property
    def numerator(self) -> int:
        return len(self.met)

    @property
    def denominator(self) -> int:
        return len(self.met) + len(self.missed)

    @property
    def value(self) -> Fraction | None:
        return Fraction(self.numerator, self.denominator) if self.denominator else None


@dataclass(frozen=True)
class Times:
    """Working times, the shortest first, each with its duty. Both figures are those of a
    spreadsheet: MEDIAN, and PERCENTILE.INC at 0.9.
    """

    rows: tuple[tuple[timedelta, int], ...]

    @property
    def count(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> timedelta:
        return sum((took for took, _duty in self.rows), timedelta())

    @property
    def median(self) -> timedelta | None:
        return self._at(Fraction(1, 2))

    @property
    def ninetieth(self) -> timedelta | None:
        return self._at(Fraction(9, 10))

    def _at(self, share: Fraction) -> timedelta | None:
        if not self.rows:
            return None
        low, rest = divmod(share * (len(self.rows) - 1), 1)
        below, above = self.rows[low][0], self.rows[math.ceil(low + rest)][0]
        return below + (above - below) * rest.numerator / rest.denominator


@dataclass(frozen=True)
class Line:
    """The numbers of one row of the table."""

    deeds: tuple[tuple[int, Deed], ...]

    def count(self, what: str) -> Count:
        """opened, ended, cancelled, returned, reopened, escalated; open and overdue: now."""
        return Count(tuple(duty for duty, deed in self.deeds if deed.what == what))

    def rate(self, clock_name: str) -> Rate:
        """contact, stage, close."""
        judged = [(duty, deed.met) for duty, deed in self.deeds if deed.what == clock_name]
        met = tuple(duty for duty, is_met in judged if is_met)
        return Rate(met, tuple(duty for duty, is_met in judged if not is_met))

    @property
    def late(self) -> Count:
        """Close clocks that ran out in the period."""
        return Count(self.rate("close").missed)

    def times(self, what: str) -> Times:
        """to_contact, to_close, paused."""
        took = ((deed.took, duty) for duty, deed in self.deeds if deed.what == what)
        return Times(tuple(sorted(took)))


@dataclass(frozen=True)
class Statistics:
    """The table of a period; its rows are grouped by kind, by owner, or not at all."""

    period: Period
    deeds: tuple[tuple[int, int, Deed], ...]  # kind, duty, deed

    def by_kind(self) -> dict[int, Line]:
        return self._grouped(lambda kind, _deed: kind)

    def by_owner(self) -> dict[int, Line]:
        return self._grouped(lambda _kind, deed: deed.owner)

    def by_kind_and_owner(self) -> dict[tuple[int, int], Line]:
        return self._grouped(lambda kind, deed: (kind, deed.owner))

    @property
    def total(self) -> Line:
        return Line(tuple((duty, deed) for _kind, duty, deed in self.deeds))

    def _grouped(self, key: Callable[[int, Deed], K]) -> dict[K, Line]:
        cells: dict[K, list[tuple[int, Deed]]] = defaultdict(list)
        for kind, duty, deed in self.deeds:
            cells[key(kind, deed)].append((duty, deed))
        return {cell: Line(tuple(deeds)) for cell, deeds in cells.items()}


def statistics(user: User, first: date, last: date) -> Statistics:
    """Of the days from `first` to `last`, for the duties that a person may see."""
    zone = clock.zone_time()
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    # In UTC, as the log's moments are: moments of one time zone are compared five times as fast.
    period = Period(since.astimezone(UTC), until.astimezone(UTC), clock.now().astimezone(UTC))
    return of_duties(_concerned(Duty.objects.visible_to(user), period), period)


def of_duties(duties: Iterable[Duty], period: Period) -> Statistics:
    """Of these duties."""
    days, kinds = calendar(), {duty.pk: duty.kind_id for duty in duties}
    return Statistics(
        period,
        tuple(
            (kinds[pk], pk, deed)
            for pk, log in logs(kinds)
            for deed in Tally(log, standing(log, days), days, period).deeds()
        ),
    )


def _concerned(duties: DutyQuerySet, period: Period) -> DutyQuerySet:
    """Those open now, and those whose log has a row since the period began."""
    touched = Entry.objects.filter(duty=OuterRef("pk"), at__gte=period.since)
    ended = Q(opened_at__lt=period.until) & Exists(touched)
    return duties.filter(Q(state__in=OPEN) | ended).only("pk", "kind_id")
