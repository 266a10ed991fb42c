"""What a duty's log adds to statistics: deeds at their moments, each counted once.

opened, returned, reopened, escalated: the row of the log
ended, cancelled: the row that ends it (a publication after the end is none)
contact, stage, close: a clock is decided when it stops in time, else when it runs out
to_contact: the first contact, with the working time since the opening
to_close: the end, with the working time from the opening to the claim
paused: each pause, with its working time within the period
open, overdue: now

Each belongs to the unit that owned the duty at that moment: handing it over moves no past lateness.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from lianshang.core.workflow.choices import ENDED, OPEN, Act, State
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.replay import LogRow
from lianshang.core.workflow.standing import Standing
from lianshang.engines.worktime import Calendar, worked

COUNTED = {
    Act.OPEN: "opened",
    Act.RETURN: "returned",
    Act.REOPEN: "reopened",
    Act.ESCALATE: "escalated",
}


@dataclass(frozen=True)
class Period:
    """From `since` until before `until`, looked at `now`."""

    since: datetime
    until: datetime
    now: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until and at <= self.now

    def cut(self, start: datetime, end: datetime | None) -> tuple[datetime, datetime]:
        return max(start, self.since), min(end or self.now, self.until, self.now)


class Deed(NamedTuple):
    """One thing that counts. `met` of a judged clock, `took` of a working time."""

    what: str
    at: datetime
    owner: int
    met: bool | None = None
    took: timedelta = timedelta()


class Tally:
    """The deeds of one log within a period."""

    def __init__(
        self, log: Sequence[LogRow], standing: Standing, calendar: Calendar, period: Period
    ) -> None:
        self.log, self.standing, self.calendar, self.period = log, standing, calendar, period
        changes = [row for row in log if row.act in {Act.OPEN, Act.UPHOLD, Act.HAND_OVER}]
        self.moments = [row.at for row in changes]
        self.owners = [row.data["unit"] for row in changes]

    def deeds(self) -> Iterator[Deed]:
        yield from self._rows()
        yield from self._judged()
        yield from self._pauses()
        yield from self._first_contact()
        if self.standing.state in OPEN:
            yield self._deed("open", self.period.now)
            if self.standing.is_overdue(self.period.now):
                yield self._deed("overdue", self.period.now)

    def _deed(
        self, what: str, at: datetime, *, met: bool | None = None, took: timedelta = timedelta()
    ) -> Deed:
        owner = self.owners[max(bisect_right(self.moments, at) - 1, 0)]
        return Deed(what, at, owner, met, took)

    def _rows(self) -> Iterator[Deed]:
        claimed_at = None
        for row in self.log:
            claimed_at = row.at if row.act == Act.CLAIM else claimed_at
            if not self.period.holds(row.at):
                continue
            if row.act in COUNTED:
                yield self._deed(COUNTED[Act(row.act)], row.at)
            if row.to_state in ENDED and row.from_state not in ENDED:
                is_cancelled = row.to_state == State.CANCELLED
                yield self._deed("cancelled" if is_cancelled else "ended", row.at)
                if claimed_at and not is_cancelled:
                    yield self._took("to_close", row.at, claimed_at)

    def _judged(self) -> Iterator[Deed]:
        for run in self.standing.clocks:
            decided = _decided(run, self.period.now)
            if decided and self.period.holds(decided[0]):
                yield self._deed(run.name, decided[0], met=decided[1])

    def _first_contact(self) -> Iterator[Deed]:
        at = self.standing.contacted_at
        if at and self.period.holds(at):
            yield self._took("to_contact", at, at)

    def _took(self, what: str, at: datetime, end: datetime) -> Deed:
        return self._deed(what, at, took=worked(self.standing.opened_at, end, self.calendar))

    def _pauses(self) -> Iterator[Deed]:
        began: datetime | None = None
        for row in [*self.log, None]:
            is_paused = row is not None and row.to_state == State.PAUSED
            if began and not is_paused:
                start, end = self.period.cut(began, row.at if row else None)
                if start < end:
                    yield self._deed("paused", start, took=worked(start, end, self.calendar))
            began = (began or row.at) if row and is_paused else None


def _decided(run: ClockStanding, now: datetime) -> tuple[datetime, bool] | None:
    """When it became certain whether a clock was met, and whether it was."""
    at = run.due.at
    if run.is_dropped or at is None:
        return None
    if run.stopped_at and run.stopped_at <= at:
        return run.stopped_at, True
    return (at, False) if run.stopped_at or now > at else None
