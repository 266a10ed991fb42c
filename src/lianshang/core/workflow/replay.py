"""Reading a duty's log: its state, its parties and its clocks, as of whenever it is read.

Nothing here is stored: the same rows give the same answer, whatever happened in between.

| act | what it does to the clocks |
|--|--|
| open, uphold | every clock starts afresh; what ran for the wrong owner is dropped |
| reopen | stage and close start afresh; the first contact was made |
| contact, report, promise, claim | the first contact is made |
| report | the stage clock stops; it starts again if its rule repeats |
| supply | what was paused runs on; a stage clock that had stopped starts again: an answer is owed |
| pause … resume, supply, contact | stage and close stand still in between |
| claim … return | close stands still while the other side looks at the result |
| claim, confirm | the moment of the claim is what counts |
| extend, promise, reopen with a day | close gets more time · a fixed day · a fixed day |
| press | the rules of another urgency, from the same beginning; a clock it adds begins with it |
| hand over, object, overrule, urge, note | nothing: none of them buys time |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from lianshang.core.workflow.choices import ENDED, Act, ClockName, State
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.standing import Standing
from lianshang.engines.worktime import Calendar, Pause

CONTACT, STAGE, CLOSE = ClockName.CONTACT, ClockName.STAGE, ClockName.CLOSE
PAUSABLE = (STAGE, CLOSE)
ANSWERS = (Act.CONTACT, Act.REPORT, Act.PROMISE, Act.CLAIM)


class LogRow(Protocol):
    """What is read of an entry."""

    @property
    def number(self) -> int: ...
    @property
    def act(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def from_state(self) -> str: ...
    @property
    def to_state(self) -> str: ...
    @property
    def reason(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...


def standing(rows: Iterable[LogRow], calendar: Calendar) -> Standing:
    """Replay a log (rows in their order; the first one opens)."""
    reader = _Reader(calendar)
    for row in rows:
        reader.read(row)
    return reader.result()


class _Reader:
    """What has been read so far."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.clocks: list[ClockStanding] = []
        self.rules: dict[str, dict[str, Any]] = {}
        self.counts: dict[str, int] = {}
        self.co_owners: set[int] = set()
        self.former: set[int] = set()
        self.round = 0
        self.owner = 0
        self.state = self.urgency = ""
        self.by: date | None = None
        self.opened_at: datetime | None = None
        self.contacted_at: datetime | None = None
        self.claimed_at: datetime | None = None
        self.ended_at: datetime | None = None

    def read(self, row: LogRow) -> None:
        self.counts[row.act] = self.counts.get(row.act, 0) + 1
        self._parties(row)
        if row.act in ANSWERS:
            self._answered(row)
        effect = EFFECTS.get(row.act)
        if effect:
            effect(self, row)
        if row.from_state == State.PAUSED != row.to_state:
            self._each(PAUSABLE, lambda clock: replace(clock, pauses=_ended(clock, row.at)))
        self.state = row.to_state
        self.ended_at = (self.ended_at or row.at) if row.to_state in ENDED else None

    def _parties(self, row: LogRow) -> None:
        unit = row.data.get("unit")
        if row.act in {Act.OPEN, Act.UPHOLD, Act.HAND_OVER} and unit:
            self.former |= {self.owner} - {0}
            self.owner = unit
            self.former.discard(unit)
            self.co_owners.discard(unit)
        if row.act == Act.OPEN:
            self.co_owners |= set(row.data.get("units", ()))
        elif row.act == Act.JOIN:
            self.co_owners.add(row.data["unit"])
        elif row.act == Act.LEAVE:
            self.co_owners.discard(row.data["unit"])

    def _answered(self, row: LogRow) -> None:
        self.contacted_at = self.contacted_at or row.at
        self._stop((CONTACT,), row.at)

    def open(self, row: LogRow) -> None:
        """A new round: everything that ran for a wrong owner is dropped."""
        self._each(ClockName.values, lambda clock: replace(clock, is_dropped=True))
        self.round += 1
        self.rules = row.data.get("clocks", self.rules)
        self.urgency = row.data.get("urgency", self.urgency)
        self.opened_at = self.opened_at or row.at
        if row.data.get("day"):
            self.by = date.fromisoformat(row.data["day"])
        self._start(ClockName.values, row.at)

    def reopen(self, row: LogRow) -> None:
        self.round += 1
        self.claimed_at = None
        self.by = date.fromisoformat(row.data["day"]) if row.data.get("day") else None
        self._start(PAUSABLE, row.at)

    def report(self, row: LogRow) -> None:
        self._stop((STAGE,), row.at)
        if self.rules.get(STAGE, {}).get("repeats"):
            self._start((STAGE,), row.at)

    def supply(self, row: LogRow) -> None:
        runs = any(clock.is_running and clock.name == STAGE for clock in self.clocks)
        if not runs and row.to_state == State.WORKING:
            self._start((STAGE,), row.at)

    def pause(self, row: LogRow) -> None:
        self._halt(PAUSABLE, row)

    def claim(self, row: LogRow) -> None:
        self.claimed_at = row.at
        self._stop(PAUSABLE, row.at)

    def returned(self, row: LogRow) -> None:
        """The close clock runs on; the time it lay with the other side is a pause."""
        claimed, self.claimed_at = self.claimed_at, None
        for place, clock in enumerate(self.clocks):
            is_last = clock.name == CLOSE and clock.round == self.round
            if claimed and is_last and clock.stopped_at == claimed:
                pauses = (*clock.pauses, Pause(claimed, row.at, row.reason))
                rule = self.rules.get(CLOSE, clock.rule)
                self.clocks[place] = replace(clock, stopped_at=None, pauses=pauses, rule=rule)
        self._start((STAGE,), row.at)

    def extend(self, row: LogRow) -> None:
        amount = row.data["amount"]
        self._each((CLOSE,), lambda clock: replace(clock, more=clock.more + amount))

    def promise(self, row: LogRow) -> None:
        self.by = date.fromisoformat(row.data["day"])
        self._each((CLOSE,), lambda clock: replace(clock, by=self.by))
        if not any(clock.is_running and clock.name == CLOSE for clock in self.clocks):
            self._start((CLOSE,), row.at)

    def press(self, row: LogRow) -> None:
        """The rules of another level: a clock that it lacks ends, one that it adds starts."""
        before, self.rules = self.rules, row.data["clocks"]
        self.urgency = row.data["urgency"]
        self._each(self.rules, lambda clock: replace(clock, rule=self.rules[clock.name]))
        gone = before.keys() - self.rules.keys()
        self._each(gone, lambda clock: replace(clock, is_dropped=not clock.by))
        running = {clock.name for clock in self.clocks if clock.is_running}
        made = {CONTACT} if self.contacted_at else set()
        if row.to_state != State.CLAIMED:
            new = self.rules.keys() - before.keys() - running - made
            self._start([name for name in ClockName.values if name in new], row.at)
            if row.to_state == State.PAUSED:
                self._halt(new & set(PAUSABLE), row)

    def cancel(self, row: LogRow) -> None:
        self._each(ClockName.values, lambda clock: replace(clock, is_dropped=True))

    def _start(self, names: Iterable[str], at: datetime) -> None:
        for name in names:
            by = self.by if name == CLOSE else None
            rule = self.rules.get(name) or (FIXED if by else None)
            if rule:
                turn = 1 + sum(1 for one in self.clocks if one.name == name)
                self.clocks.append(
                    ClockStanding(name, self.round, turn, at, rule, self.calendar, by=by)
                )

    def _stop(self, names: Iterable[str], at: datetime) -> None:
        self._each(names, lambda clock: replace(clock, stopped_at=at))

    def _halt(self, names: Iterable[str], row: LogRow) -> None:
        stop = Pause(row.at, None, row.reason)
        self._each(names, lambda clock: replace(clock, pauses=(*clock.pauses, stop)))

    def _each(self, names: Iterable[str], change: Callable[[ClockStanding], ClockStanding]) -> None:
        """Change the running clocks of these names."""
        wanted = set(names)
        self.clocks = [
            change(clock) if clock.is_running and clock.name in wanted else clock
            for clock in self.clocks
        ]

    def result(self) -> Standing:
        if self.opened_at is None:
            raise ValueError("A log begins with the row that opens the duty.")
        return Standing(
            state=self.state,
            urgency=self.urgency,
            owner=self.owner,
            co_owners=frozenset(self.co_owners),
            former=frozenset(self.former),
            clocks=tuple(self.clocks),
            opened_at=self.opened_at,
            contacted_at=self.contacted_at,
            claimed_at=self.claimed_at,
            ended_at=self.ended_at,
            rounds=self.round,
            counts=self.counts,
        )


def _ended(clock: ClockStanding, at: datetime) -> tuple[Pause, ...]:
    if not clock.is_paused:
        return clock.pauses
    return (*clock.pauses[:-1], replace(clock.pauses[-1], end=at))


FIXED = {"amount": 0, "unit": "working_days", "start": "same", "repeats": False}
EFFECTS: dict[str, Callable[[_Reader, LogRow], None]] = {
    Act.OPEN: _Reader.open,
    Act.UPHOLD: _Reader.open,
    Act.REOPEN: _Reader.reopen,
    Act.REPORT: _Reader.report,
    Act.SUPPLY: _Reader.supply,
    Act.PAUSE: _Reader.pause,
    Act.CLAIM: _Reader.claim,
    Act.RETURN: _Reader.returned,
    Act.EXTEND: _Reader.extend,
    Act.PROMISE: _Reader.promise,
    Act.PRESS: _Reader.press,
    Act.CANCEL: _Reader.cancel,
}
