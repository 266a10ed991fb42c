"""One run of one clock: when it is due, and what became of it."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from lianshang.engines.worktime import Calendar, Clock, Due, Pause, Start, Unit, due


@dataclass(frozen=True)
class ClockStanding:
    """One run of one clock. `by` is a fixed last day, which takes the place of counting."""

    name: str
    round: int
    turn: int
    started_at: datetime
    rule: dict[str, Any]
    calendar: Calendar = field(repr=False, compare=False)
    more: int = 0  # units granted on top
    by: date | None = None
    pauses: tuple[Pause, ...] = ()
    stopped_at: datetime | None = None
    is_dropped: bool = False

    @functools.cached_property
    def clock(self) -> Clock:
        """The engine's clock, extensions included."""
        return Clock(
            self.rule["amount"] + self.more, Unit(self.rule["unit"]), Start(self.rule["start"])
        )

    @functools.cached_property
    def due(self) -> Due:
        """When it is due, and the equation."""
        if self.by:
            return fixed_day(self.by, self.more, self.calendar)
        return due(self.started_at, self.clock, self.calendar, self.pauses)

    @property
    def is_running(self) -> bool:
        return self.stopped_at is None and not self.is_dropped

    @property
    def is_paused(self) -> bool:
        return self.is_running and bool(self.pauses) and self.pauses[-1].end is None

    @property
    def is_late(self) -> bool:
        """Whether it stopped after it was due."""
        at = self.due.at
        return bool(self.stopped_at and at and self.stopped_at > at)

    def is_overdue(self, now: datetime) -> bool:
        """Whether it still runs and its due moment has passed."""
        return self.is_running and self.due.at is not None and now > self.due.at


def fixed_day(by: date, more: int, calendar: Calendar) -> Due:
    """The end of a day that somebody set (on a day off: of the next working day), and so many
    working days on top.
    """
    before = calendar.aware(datetime.combine(by, time(12)) - timedelta(days=1))
    end = due(before, Clock(1, Unit.NATURAL_DAYS, Start.NEXT, rolls=True), calendar)
    if not more or end.at is None:
        return end
    return due(end.at, Clock(more, Unit.WORKING_DAYS), calendar)
