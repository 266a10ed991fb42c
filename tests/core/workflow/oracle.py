"""The same questions answered slowly and by other ways: nothing here reads the program's code.

A clock's fate is found by looking ahead from its beginning; parts by who was named last.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from tests.core.workflow.histories import Row
from tests.core.workflow.slow_time import NEVER, Pauses, fixed, minute, runs_out

ENDED = {"closed", "published", "cancelled"}


@dataclass
class Fate:
    """What became of one clock."""

    name: str
    since: int
    due: int | None
    stop: int | None
    is_dropped: bool

    def is_overdue(self, now: int) -> bool:
        runs = self.stop is None and not self.is_dropped
        return runs and self.due is not None and now > self.due


@dataclass
class Told:
    """What a log says in the end."""

    state: str
    owner: int
    helpers: set[int]
    former: set[int]
    clocks: list[Fate] = field(default_factory=list)

    def is_overdue(self, now: int) -> bool:
        return any(one.is_overdue(now) for one in self.clocks)

    def due(self) -> int | None:
        running = [one for one in self.clocks if one.stop is None and not one.is_dropped]
        return min((one.due for one in running if one.due is not None), default=None)


def told(rows: list[Row]) -> Told:
    """Parts by who was named last, clocks by looking ahead."""
    owners = [row.data["unit"] for row in rows if row.act in {"open", "uphold", "hand_over"}]
    helpers: set[int] = set()
    for row in rows:
        if row.act == "open":
            helpers = set(row.data.get("units", ()))
        elif row.act == "join":
            helpers.add(row.data["unit"])
        elif row.act in {"leave", "uphold", "hand_over"}:
            helpers.discard(row.data["unit"])
    return Told(rows[-1].to_state, owners[-1], helpers, set(owners) - {owners[-1]}, fates(rows))


def fates(rows: list[Row]) -> list[Fate]:
    """Every clock that was ever set."""
    found: list[tuple[int, Fate]] = []
    for place in range(len(rows)):
        rules, by = _in_force(rows, place)
        running = {
            one.name
            for since, one in found
            if since < place and not _ahead(rows, since, one.name, place)[2]
        }
        for name in _set(rows, place, running):
            if name in rules or (name == "close" and by):
                found.append((place, _fate(rows, place, name)))
    return [one for _place, one in found]


def _in_force(rows: list[Row], place: int) -> tuple[dict[str, Any], str | None]:
    """The rules, and the day that was set, once this row is written."""
    seen = rows[: place + 1]
    rules = [row.data["clocks"] for row in seen if "clocks" in row.data][-1]
    opened = max(n for n, row in enumerate(seen) if n == 0 or row.act == "reopen")
    days = [row.data["day"] for row in seen[opened:] if "day" in row.data]
    return rules, days[-1] if days else None


def _set(rows: list[Row], place: int, running: set[str]) -> list[str]:
    """The clocks that a row sets, as far as there are rules for them."""
    row, before = rows[place], rows[:place]
    repeats = _in_force(rows, place)[0].get("stage", {}).get("repeats")
    owed = row.to_state == "working" and "stage" not in running
    known = {
        "open": ["contact", "stage", "close"],
        "uphold": ["contact", "stage", "close"],
        "reopen": ["stage", "close"],
        "return": ["stage"],
        "report": ["stage"] if repeats else [],
        "supply": ["stage"] if owed else [],
        "promise": ["close"] if "close" not in running else [],
    }
    if row.act in known:
        return known[row.act]
    if row.act == "press" and row.to_state != "claimed":
        old = _in_force(rows, place - 1)[0]
        answered = any(one.act in {"contact", "report", "promise", "claim"} for one in before)
        new = [name for name in row.data["clocks"] if name not in old and name not in running]
        return [name for name in new if name != "contact" or not answered]
    return []


STOPS = {
    "contact": {"contact", "report", "promise", "claim"},
    "stage": {"report", "claim"},
    "close": {"claim"},
}


def _ahead(rows: list[Row], place: int, name: str, until: int) -> tuple[int | None, bool, bool]:
    """Up to row `until`: when it stopped, whether it was dropped, whether it runs no more."""
    stop: int | None = None
    by = _by(rows, place, name, until)
    for row in rows[place + 1 : until + 1]:
        if row.act == "return" and name == "close" and stop is not None:
            stop = None if not _reopened(rows, place, row) else stop
        if stop is not None:
            continue
        if row.act in {"uphold", "cancel"}:
            return None, True, True
        if row.act == "press" and not by and name in _lost(rows, row):
            return None, True, True
        if row.act in STOPS[name]:
            stop = minute(row.at)
    return stop, False, stop is not None


def _reopened(rows: list[Row], place: int, row: Row) -> bool:
    """Whether a reopening lies between a clock's beginning and a row: then another clock runs."""
    return any(one.act == "reopen" for one in rows[place + 1 : row.number])


def _lost(rows: list[Row], row: Row) -> set[str]:
    """The clocks that the level before had and the new one has not."""
    return _in_force(rows, row.number - 2)[0].keys() - row.data["clocks"].keys()


def _by(rows: list[Row], place: int, name: str, until: int) -> str | None:
    """The fixed day of a close clock: set when it began, or promised while it ran."""
    if name != "close":
        return None
    promised = [row.data["day"] for row in rows[place + 1 : until + 1] if row.act == "promise"]
    return promised[-1] if promised else _in_force(rows, place)[1]


def _fate(rows: list[Row], place: int, name: str) -> Fate:
    last = len(rows) - 1
    stop, is_dropped, _over = _ahead(rows, place, name, last)
    since, by = minute(rows[place].at), _by(rows, place, name, last)
    rule = _in_force(rows, place)[0].get(name)
    pauses: Pauses = []
    more, stands = 0, None
    if rows[place].to_state == "paused" and name != "contact":
        stands = since
    for row in rows[place + 1 :]:
        now, runs = minute(row.at), not _ahead(rows, place, name, row.number - 2)[2]
        is_back = row.act == "return" and name == "close" and not runs and not is_dropped
        if is_back and not _reopened(rows, place, row):
            claim = [one for one in rows[: row.number] if one.act == "claim"][-1]
            pauses.append((minute(claim.at), now))
            rule = _in_force(rows, row.number - 1)[0].get(name, rule)
        if not runs:
            continue
        if row.act == "extend" and name == "close":
            more += row.data["amount"]
        if row.act == "press":
            rule = row.data["clocks"].get(name, rule)
        if row.act == "pause" and name != "contact":
            stands = now
        if stands is not None and row.from_state == "paused" and row.to_state != "paused":
            pauses.append((stands, now))
            stands = None
    if stands is not None:
        pauses.append((stands, NEVER))
    if by:
        return Fate(name, since, fixed(by, more), stop, is_dropped)
    assert rule
    length = (rule["amount"] + more, rule["unit"], rule["start"])
    return Fate(name, since, runs_out(since, length, pauses), stop, is_dropped)


def owner_at(rows: list[Row], now: int) -> int:
    """Whose it was then."""
    named = [row for row in rows if row.act in {"open", "uphold", "hand_over"}]
    return named[max(bisect_right([minute(row.at) for row in named], now) - 1, 0)].data["unit"]
