"""Where a duty stands: what reading its log (replay.py) comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lianshang.core.workflow.clock_runs import ClockStanding


@dataclass(frozen=True)
class Standing:
    """Where a duty stands."""

    state: str
    urgency: str
    owner: int
    co_owners: frozenset[int]
    former: frozenset[int]
    clocks: tuple[ClockStanding, ...]
    opened_at: datetime
    contacted_at: datetime | None
    claimed_at: datetime | None
    ended_at: datetime | None
    rounds: int
    counts: dict[str, int]  # how often each act was done

    @property
    def running(self) -> tuple[ClockStanding, ...]:
        return tuple(clock for clock in self.clocks if clock.is_running)

    @property
    def next_clock(self) -> ClockStanding | None:
        """The running clock that is due first; paused ones come last."""
        far = datetime.max
        return min(
            self.running,
            key=lambda one: (one.due.at or far.replace(tzinfo=one.started_at.tzinfo), one.name),
            default=None,
        )

    @property
    def due_at(self) -> datetime | None:
        clock = self.next_clock
        return clock.due.at if clock else None

    def is_overdue(self, now: datetime) -> bool:
        return any(clock.is_overdue(now) for clock in self.clocks)

    def of(self, name: str) -> tuple[ClockStanding, ...]:
        """Every run of one clock that counts, oldest first."""
        return tuple(one for one in self.clocks if one.name == name and not one.is_dropped)
