"""What a duty's clocks and log say, in words: for its page and for the API."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from lianshang.core.accounts.models import Membership, Unit
from lianshang.core.calendars import dates, equations
from lianshang.core.files.models import Attachment
from lianshang.core.ui.states import badge
from lianshang.core.workflow.choices import Act, ClockName, Urgency
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.models import Duty, Entry
from lianshang.engines.worktime import Clock
from lianshang.engines.worktime import Unit as TimeUnit


def clock_name(run: ClockStanding) -> str:
    """首次联系; a later turn says which: 阶段反馈（第 2 次）."""
    label = str(ClockName(run.name).label)
    if run.turn == 1:
        return label
    return _("%(clock)s（第 %(turn)s 次）") % {"clock": label, "turn": run.turn}


def equation_of(run: ClockStanding) -> str:
    """The whole way to the due moment, or whose word fixed it."""
    if not run.by:
        return equations.equation(run.due, run.clock, run.started_at)
    fixed = _("定于 %(day)s，到当日 24:00；逢休息日顺延到下一个工作日") % {
        "day": run.by.isoformat()
    }
    if run.more:
        granted = equations.clock_text(Clock(run.more, TimeUnit.WORKING_DAYS))
        fixed = _("%(fixed)s；另延 %(more)s") % {"fixed": fixed, "more": granted}
    return f"{fixed} → {due_words(run)}"


def due_words(run: ClockStanding) -> str:
    """2026-10-09 16:40, or 24:00 of a day; while it stands still, what is left."""
    due = run.due
    if due.at is not None and due.last_day is not None:
        return dates.ending(due.at, due.last_day)
    return _("暂停计时")


def run_state(run: ClockStanding, now: datetime) -> tuple[str, str]:
    """The word and the tone of one clock."""
    if run.stopped_at:
        return (_("逾期完成"), "short") if run.is_late else (_("按时完成"), "met")
    if run.is_paused:
        return _("暂停"), "unknown"
    if run.is_overdue(now):
        return _("已超期"), "short"
    if run.due.last_day == now.astimezone(run.calendar.tz).date():
        return _("今天到期"), "short"
    return _("计时中"), "person"


def run_in_words(run: ClockStanding, now: datetime) -> dict[str, Any]:
    """What a page shows of one clock."""
    word, tone = run_state(run, now)
    return {
        "name": clock_name(run),
        "due": due_words(run),
        "state": badge(word, tone),
        "is_pressing": run.is_running and tone == "short",
        "equation": equation_of(run),
        "stopped_at": run.stopped_at,
        "pauses": run.pauses,
    }


@dataclass(frozen=True)
class Line:
    """One row of a log as people read it."""

    entry: Entry
    label: str
    who: str
    unit: str
    words: list[str]
    proof: str
    files: list[Attachment]

    @property
    def is_note(self) -> bool:
        return self.entry.act == Act.NOTE


class Teller:
    """Tells a log's rows; asks for all units, people's units and files at once."""

    def __init__(self, duty: Duty, entries: list[Entry]) -> None:
        self.duty, self.entries = duty, entries
        self.units = Unit.objects.in_bulk(_units_in(entries))
        actors = {one.actor_id for one in entries if one.actor_id}
        held = Membership.objects.filter(user_id__in=actors).select_related("unit")
        self.memberships = list(held.order_by("pk")) if actors else []
        self.files = Attachment.objects.in_bulk(
            [pk for one in entries for pk in one.data.get("files", ())]
        )
        self.parts = {party.unit_id for party in duty.parties.all()}

    def lines(self) -> list[Line]:
        return [self._line(entry) for entry in self.entries]

    def _line(self, entry: Entry) -> Line:
        return Line(
            entry=entry,
            label=str(self.duty.kind.table.act_label(entry.act)),
            who=entry.actor.name if entry.actor else _("系统"),
            unit=self._unit_of(entry),
            words=list(self._words(entry)),
            proof=str(entry.data.get("proof", "")),
            files=[self.files[pk] for pk in entry.data.get("files", ()) if pk in self.files],
        )

    def _unit_of(self, entry: Entry) -> str:
        """In which unit the person acted: one with a part in the duty before any other."""
        on = dates.local(entry.at).date()
        held = [
            one.unit
            for one in self.memberships
            if one.user_id == entry.actor_id and one.since <= on <= (one.until or date.max)
        ]
        held.sort(key=lambda unit: unit.pk not in self.parts)
        return held[0].name if held else ""

    def _name(self, key: int | None) -> str:
        unit = self.units.get(key) if key else None
        return unit.name if unit else ""

    def _words(self, entry: Entry) -> Iterable[str]:
        data: dict[str, Any] = entry.data
        if told := self._about_units(entry):
            yield told
        if helpers := [self._name(key) for key in data.get("units", ())]:
            yield _("协办：%(units)s") % {"units": "、".join(helpers)}
        if data.get("day"):
            text = _("办结日：%(day)s") if entry.act == Act.OPEN else _("承诺日期：%(day)s")
            yield text % {"day": data["day"]}
        if data.get("amount"):
            yield _("延长：%(amount)s") % {"amount": self._granted(data["amount"])}
        if data.get("urgency") and (entry.act == Act.PRESS or data["urgency"] != Urgency.NORMAL):
            yield _("缓急：%(urgency)s") % {"urgency": Urgency(data["urgency"]).label}
        if entry.act == Act.ESCALATE and data.get("due"):
            at = dates.local(datetime.fromisoformat(data["due"]))
            named = {"clock": ClockName(data["clock"]).label, "due": f"{at:%Y-%m-%d %H:%M}"}
            yield _("%(clock)s到期 %(due)s") % named

    def _about_units(self, entry: Entry) -> str:
        name = {"unit": self._name(entry.data.get("unit"))}
        if not name["unit"]:
            return ""
        return {
            Act.OPEN: _("主办：%(unit)s"),
            Act.UPHOLD: _("改派给：%(unit)s"),
            Act.HAND_OVER: _("移交给：%(unit)s"),
            Act.JOIN: _("协办：%(unit)s"),
            Act.LEAVE: _("退出协办：%(unit)s"),
        }.get(Act(entry.act), "%(unit)s") % name

    def _granted(self, amount: int) -> str:
        """In the unit of the close clock that the log froze last, else in working days."""
        frozen = [one.data["clocks"] for one in self.entries if "clocks" in one.data]
        unit = frozen[-1].get("close", {}).get("unit") if frozen else None
        return equations.clock_text(Clock(amount, TimeUnit(unit or TimeUnit.WORKING_DAYS)))


def _units_in(entries: list[Entry]) -> set[int]:
    keys = {one.data["unit"] for one in entries if one.data.get("unit")}
    return keys.union(*(one.data.get("units", ()) for one in entries))
