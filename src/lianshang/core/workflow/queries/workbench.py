"""What a person has to do: rows of duties with their standing, in the order in which they are due.

The database narrows to open duties in which one of the person's units has a part; their logs are
read in one go, whatever their number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.workflow.choices import Part, State
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.standings import standings
from lianshang.core.workflow.standing import Standing

HANDING_OVER_SHOWN = 50  # duties that were handed over, the latest first


@dataclass(frozen=True)
class Row:
    """One duty as a list shows it, as of `now`."""

    duty: Duty
    standing: Standing
    now: datetime

    @property
    def clock(self) -> ClockStanding | None:
        """The running clock that is due first."""
        return self.standing.next_clock

    @property
    def due_at(self) -> datetime | None:
        return self.standing.due_at

    @property
    def due_on(self) -> date | None:
        return self.clock.due.last_day if self.clock else None

    @property
    def is_overdue(self) -> bool:
        return self.standing.is_overdue(self.now)

    @property
    def is_due_today(self) -> bool:
        today = self.now.astimezone(clock.zone_time()).date()
        return not self.is_overdue and self.due_on == today

    @property
    def is_paused(self) -> bool:
        return self.standing.state == State.PAUSED


@dataclass(frozen=True)
class Workbench:
    """Everything open that concerns a person, by what it asks of them."""

    mine: list[Row]  # owned or co-owned
    waiting_for_me: list[Row]  # claimed by others: look at the result; or rule on an objection
    waiting_for_others: list[Row]  # asked of others; the next word is not this person's

    @property
    def overdue(self) -> list[Row]:
        return [row for row in self.mine if row.is_overdue]

    @property
    def due_today(self) -> list[Row]:
        return [row for row in self.mine if row.is_due_today]

    @property
    def waiting_for_the_other_side(self) -> list[Row]:
        """Mine, but paused or answered: the next word is theirs."""
        return [row for row in self.mine if row.standing.state in {State.PAUSED, State.CLAIMED}]


def workbench(user: User) -> Workbench:
    """What a person's first page is made of."""
    units = set(user.unit_ids())
    rows = rows_of(_open_for(user, units))
    parts = {
        row.duty.pk: {one.part for one in row.duty.parties.all() if one.unit_id in units}
        for row in rows
    }
    doing = {Part.OWNER, Part.CO_OWNER}
    waiting = {row.duty.pk for row in rows if _waits_for(row, parts[row.duty.pk], user)}
    asked = {pk for pk, held in parts.items() if Part.ASKER in held and Part.OWNER not in held}
    return Workbench(
        mine=[row for row in rows if parts[row.duty.pk] & doing],
        waiting_for_me=[row for row in rows if row.duty.pk in waiting],
        waiting_for_others=[row for row in rows if row.duty.pk in asked - waiting],
    )


def handed_over(user: User) -> list[Row]:
    """What one's units once owned and others own now, the latest first."""
    duties = Duty.objects.with_part(user.unit_ids(), Part.FORMER)
    return rows_of(_with_names(duties.order_by("-opened_at", "-pk")[:HANDING_OVER_SHOWN]))


def overdue(user: User) -> list[Row]:
    """Every overdue duty that a person may see."""
    rows = rows_of(_with_names(Duty.objects.visible_to(user).still_open()))
    return [row for row in rows if row.is_overdue]


def due_between(user: User, start: datetime, end: datetime) -> list[Row]:
    """Open duties that a person may see and that are due in [start, end)."""
    rows = rows_of(_with_names(Duty.objects.visible_to(user).still_open()))
    return [row for row in rows if row.due_at and start <= row.due_at < end]


def rows_of(duties: Iterable[Duty]) -> list[Row]:
    """Duties as rows, those due first before the others; what is paused comes last."""
    now, found = clock.now(), list(duties)
    read = standings(found)
    rows = [Row(duty, read[duty.pk], now) for duty in found]
    return sorted(rows, key=_by_due)


def _by_due(row: Row) -> tuple[bool, float, int]:
    return (row.due_at is None, row.due_at.timestamp() if row.due_at else 0, row.duty.pk)


def _open_for(user: User, units: set[int]) -> QuerySet[Duty]:
    concerned = Duty.objects.still_open().with_part(units, Part.OWNER, Part.CO_OWNER, Part.ASKER)
    if user.may("duties.supervise"):
        ruled = Duty.objects.filter(Q(state=State.OBJECTED) | Q(state=State.CLAIMED))
        concerned = Duty.objects.filter(Q(pk__in=concerned) | Q(pk__in=ruled))
    return _with_names(concerned)


def _with_names(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    related = duties.select_related("kind", "owner", "asker", "origin")
    return related.prefetch_related("parties__unit")


def _waits_for(row: Row, parts: set[str], user: User) -> bool:
    """Whether the next word is this person's: as the flow's table says who confirms or rules."""
    act = {State.CLAIMED: "confirm", State.OBJECTED: "overrule"}.get(State(row.duty.state))
    table = row.duty.kind.table.row(act, row.duty.state) if act else None
    if table is None:
        return False
    if "asker" in table.who and Part.ASKER in parts:
        return True
    is_ruling = {"supervisor", "third"} & set(table.who) and user.may("duties.supervise")
    neutral = not parts & {Part.OWNER, Part.CO_OWNER, Part.FORMER}
    return bool(is_ruling) and "asker" not in table.who and neutral
