"""What is measured: clocks and pauses."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from lianshang.engines.worktime.days import Calendar


class Unit(StrEnum):
    """In what a clock counts."""

    WORKING_DAYS = "working_days"
    WORKING_HOURS = "working_hours"
    NATURAL_DAYS = "natural_days"
    NATURAL_HOURS = "natural_hours"


WORKING = frozenset({Unit.WORKING_DAYS, Unit.WORKING_HOURS})


class Start(StrEnum):
    """When counting begins: at the moment itself, or at 00:00 of the next day."""

    SAME = "same"
    NEXT = "next"


@dataclass(frozen=True)
class Clock:
    """A time limit. `rolls` (natural days): the last day ends at 24:00, and a last day that is a
    day off gives way to the next working day (民法典 203)."""

    amount: int
    unit: Unit
    start: Start = Start.SAME
    rolls: bool = False

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError("a clock cannot run backwards")
        if self.rolls and self.unit is not Unit.NATURAL_DAYS:
            raise ValueError("only natural days roll over days off")

    @property
    def is_working(self) -> bool:
        return self.unit in WORKING

    def begin(self, local: datetime) -> datetime:
        """From when it counts."""
        if self.start is Start.SAME:
            return local
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + timedelta(days=1)


@dataclass(frozen=True)
class Pause:
    """A time that is not counted; without an end it is still open."""

    start: datetime
    end: datetime | None
    reason: str = ""

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a pause ends before it begins: {self.start} – {self.end}")


@dataclass(frozen=True)
class Gap:
    """A pause on the wall clock, cut to the time after the beginning."""

    start: datetime
    end: datetime | None
    pause: Pause


def pieces(pauses: Iterable[Pause], begin: datetime, calendar: Calendar) -> list[Gap]:
    """The pauses in order, without overlaps and without what lies before the beginning."""
    found: list[Gap] = []
    reached = begin
    for pause in sorted(pauses, key=lambda one: one.start):
        start = max(calendar.local(pause.start), reached)
        end = calendar.local(pause.end) if pause.end is not None else None
        if end is None or end > start:
            found.append(Gap(start, end, pause))
        if end is None:
            break
        reached = max(reached, end)
    return found


def united(gaps: list[Gap]) -> list[Gap]:
    """Gaps that touch become one: how a pause was split in the log makes no difference."""
    found: list[Gap] = []
    for gap in gaps:
        if found and found[-1].end == gap.start:
            found[-1] = Gap(found[-1].start, gap.end, found[-1].pause)
        else:
            found.append(gap)
    return found
