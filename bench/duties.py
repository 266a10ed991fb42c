"""Lists and statistics of duties, read off their logs, against two usual ways.

    .venv/bin/python -m bench.duties [--sizes M L] [--rounds 5] [--json]

A year of made-up duties (the same every time) in a database that is dropped afterwards: ten units,
nine of ten duties ended, the others open, paused or overdue. The functions are those of the pages.

`day loop` asks for each duty's log on its own and counts working time day by day with the library
chinese_calendar; it must find the same overdue duties as the program. `stored due` reads a column
of due moments that a job computed the night before, in one question: quick, and blind to what has
happened since; it says how many duties it gets wrong. Both answer for the close clock alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from bench.rounds import Contestant, Line, Spread, per_round, table, take_turns

DATABASE = f"lianshang_bench_duties_{os.getpid()}"
SIZES = {"S": 500, "M": 2_000, "L": 10_000}  # duties a year
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 14, 20, 31, tzinfo=SHANGHAI)
LAST_NIGHT = NOW.replace(hour=2, minute=0, second=0)
UNITS = 10
CLOCKS = {
    name: {"amount": amount, "unit": unit, "start": "same", "repeats": False}
    for name, amount, unit in (
        ("contact", 1, "working_hours"),
        ("stage", 3, "working_days"),
        ("close", 5, "working_days"),
    )
}
# A duty's life: the act, the hours until it (at most), how likely it is, the state it leads to.
LIFE = (
    *(("accept", 3, 1, "working"), ("contact", 3, 1, "working"), ("report", 50, 0.8, "working")),
    *(("pause", 24, 0.2, "paused"), ("supply", 90, 1, "working"), ("claim", 120, 0.97, "claimed")),
    *(("return", 40, 0.1, "working"), ("claim", 40, 1, "claimed"), ("confirm", 60, 1, "closed")),
)
LADDER = {"side": "after", "audience": "owner", "text": "已超期", "code": "late"}


def life(chance: Random, opened: datetime, unit: int) -> list[dict[str, Any]]:
    """The rows of one log up to now."""
    told = {"unit": unit, "urgency": "normal", "clocks": CLOCKS}
    rows = [{"number": 1, "act": "open", "at": opened, "to_state": "waiting", "data": told}]
    at, state = opened, "waiting"
    for act, hours, likely, to_state in LIFE:
        if (act == "supply") != (state == "paused") or (state == "claimed") != (
            act in {"return", "confirm"}
        ):
            continue
        if chance.random() > likely:
            if act == "claim":
                break  # nobody finishes this one
            continue
        at += timedelta(seconds=chance.randrange(60, hours * 3600))
        if at > NOW:
            break
        row = {"number": len(rows) + 1, "act": act, "at": at, "from_state": state}
        rows.append(row | {"to_state": to_state, "reason": "照办", "data": {}})
        state = to_state
    return rows


def fill(count: int) -> Any:
    """The duties of a year; a supervisor and a member of the first unit."""
    from lianshang.core.accounts.models import Membership, Unit, User
    from lianshang.core.workflow.actions.kinds import put_duty_kind
    from lianshang.core.workflow.definitions import KindDefinition
    from lianshang.core.workflow.models import Duty, DutyParty, Entry

    units = [Unit.objects.create(kind="department", name=f"示例局{n}") for n in range(UNITS)]
    since = date(2025, 1, 1)
    people = [User.objects.create_user(f"bench{n}", name=f"演示{n}") for n in range(2)]
    Membership.objects.create(user=people[0], unit=units[0], role="office_staff", since=since)
    Membership.objects.create(user=people[1], unit=units[9], role="supervisor", since=since)
    definition = {"code": "bench", "name": "诉求", "flow": "request", "ladder": [LADDER]}
    kind = put_duty_kind(actor=None, definition=KindDefinition.model_validate(definition))
    chance = Random(20261123)
    duties, entries, parties = [], [], []
    for number in range(count):
        owner, asker = chance.sample(units, 2)
        opened = NOW - timedelta(seconds=chance.randrange(365 * 86_400))
        rows = life(chance, opened, owner.pk)
        duty = Duty(kind=kind, title=f"示例诉求{number}", owner=owner, asker=asker)
        duty.opened_at, duty.state = opened, rows[-1]["to_state"]
        duties.append(duty)
        entries += [Entry(duty=duty, **row) for row in rows]
        parties += [DutyParty(duty=duty, unit=owner, part="owner")]
        parties += [DutyParty(duty=duty, unit=asker, part="asker")]
    Duty.objects.bulk_create(duties, batch_size=2_000)
    Entry.objects.bulk_create(entries, batch_size=5_000)
    DutyParty.objects.bulk_create(parties, batch_size=5_000)
    return people


class DayLoop:
    """The usual way: each log on its own, working time day by day."""

    hours = ((9 * 60, 12 * 60), (13 * 60 + 30, 17 * 60 + 30))

    def overdue(self) -> list[int]:
        from lianshang.core.workflow.choices import OPEN
        from lianshang.core.workflow.models import Duty

        late = []
        for duty in Duty.objects.filter(state__in=OPEN).exclude(state="claimed"):
            log = list(duty.log.order_by("number"))
            due = None if log[-1].to_state == "paused" else self.due(log)
            if due and due < NOW:
                late.append(duty.pk)
        return late

    def due(self, log: list[Any]) -> datetime:
        need = timedelta(minutes=5 * 420)
        start = log[0].at.astimezone(SHANGHAI).replace(tzinfo=None)
        for row, after in pairwise(log):
            if row.to_state in {"paused", "claimed"}:
                need += self.worked(row.at, after.at)
        return self.walk(start, need).replace(tzinfo=SHANGHAI)

    def spans(self, day: date) -> list[tuple[datetime, datetime]]:
        from chinese_calendar import is_workday

        if not is_workday(day):
            return []
        midnight = datetime(day.year, day.month, day.day)
        return [
            (midnight + timedelta(minutes=since), midnight + timedelta(minutes=until))
            for since, until in self.hours
        ]

    def walk(self, now: datetime, need: timedelta) -> datetime:
        day = now.date()
        while True:
            for since, until in self.spans(day):
                free = until - max(since, now)
                if free > timedelta() and need <= free:
                    return max(since, now) + need
                need -= max(free, timedelta())
            day += timedelta(days=1)

    def worked(self, start: datetime, end: datetime) -> timedelta:
        first, last = (one.astimezone(SHANGHAI).replace(tzinfo=None) for one in (start, end))
        found, day = timedelta(), first.date()
        while day <= last.date():
            for since, until in self.spans(day):
                found += max(min(until, last) - max(since, first), timedelta())
            day += timedelta(days=1)
        return found


class StoredDue:
    """A column of due moments, computed last night."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_due (duty bigint PRIMARY KEY, due timestamptz)")
            cursor.execute("CREATE INDEX ON bench_due (due)")
        self.seconds = self._compute()

    def _compute(self) -> float:
        """What the job of last night took, with the program's own reading."""
        from django.db import connection

        from lianshang.core.calendars.queries import calendar
        from lianshang.core.workflow.models import Duty
        from lianshang.core.workflow.queries.standings import logs
        from lianshang.core.workflow.replay import standing

        started, days, found = time.perf_counter(), calendar(), []
        keys = Duty.objects.filter(opened_at__lt=LAST_NIGHT).values_list("pk", flat=True)
        for key, log in logs(keys):
            read = standing([row for row in log if row.at < LAST_NIGHT], days)
            found += [(key, one.due.at) for one in read.running if one.name == "close"]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO bench_due VALUES (%s, %s)", found)
            cursor.execute("ANALYZE")
        return time.perf_counter() - started

    def overdue(self) -> list[int]:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT duty FROM bench_due WHERE due < %s ORDER BY due", [NOW])
            return [row[0] for row in cursor.fetchall()]


Found = tuple[str, list[Line]]  # what one size gave, and its title


def measure(size: str, rounds: int) -> Found:
    """One size, in an empty database."""
    from lianshang.core import clock
    from lianshang.core.workflow.models import Duty, Entry
    from lianshang.core.workflow.queries.statistics import statistics
    from lianshang.core.workflow.queries.workbench import overdue, workbench

    staff, supervisor = fill(SIZES[size])
    stored, loop = StoredDue(), DayLoop()
    year, month = date(2025, 11, 24), date(2026, 10, 24)

    def sums(first: date) -> object:
        return statistics(supervisor, first, NOW.date())

    with clock.standing_at(NOW):
        ours = overdue(supervisor)
        late = {
            row.duty.pk
            for row in ours
            if any(run.is_overdue(NOW) for run in row.standing.of("close"))
        }
        assert set(loop.overdue()) == late, "the day loop does not find the same duties"
        wrong = len(set(stored.overdue()) ^ late)
        seconds = take_turns(
            [
                Contestant("workbench of one person", lambda _none: workbench(staff)),
                Contestant("overdue, all units", lambda _none: overdue(supervisor)),
                Contestant("day loop: overdue", lambda _none: loop.overdue()),
                Contestant("stored due: overdue", lambda _none: stored.overdue()),
                Contestant("statistics of a month", lambda _none: sums(month)),
                Contestant("statistics of a year", lambda _none: sums(year)),
            ],
            rounds,
            clock=time.perf_counter,
        )
    base = seconds["overdue, all units"]
    notes = {
        "overdue, all units": f"{len(ours)} duties, {len(late)} by their close clock",
        "day loop: overdue": "the same duties by their close clock",
        "stored due: overdue": f"{wrong} wrong; last night's job took {stored.seconds:.1f} s",
    }
    lines = [
        Line(
            name,
            Spread.of([1000 * one for one in taken]),
            " ms",
            per_round(taken, base) if ": overdue" in name else None,
            note=notes.get(name, ""),
        )
        for name, taken in seconds.items()
    ]
    still = Duty.objects.still_open().count()
    rows = Entry.objects.count()
    return f"{size}: {SIZES[size]:,} duties, {still:,} open, {rows:,} rows of log", lines


def main() -> None:
    """Measure each size, then print the tables or one JSON object."""
    parser = argparse.ArgumentParser(prog="python -m bench.duties")
    parser.add_argument("--sizes", nargs="+", choices=SIZES, default=["M", "L"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    chosen = parser.parse_args()
    found = _measured(chosen.sizes, chosen.rounds)
    if chosen.json:
        sizes = {size: [line.as_json() for line in lines] for size, (_, lines) in found.items()}
        about = {"bench": "duties", "python": platform.python_version(), "rounds": chosen.rounds}
        print(json.dumps(about | {"sizes": sizes}, ensure_ascii=False))
    else:
        print("\n\n".join(table(title, lines) for title, lines in found.values()))


def _measured(sizes: list[str], rounds: int) -> dict[str, Found]:
    """All sizes in a database of their own, emptied in between."""
    os.environ["LIANSHANG_DATABASE"] = DATABASE
    from lianshang.cli.demo.database import start_afresh
    from lianshang.core import postgres

    start_afresh(DATABASE)
    from django.core.management import call_command
    from django.db import connections

    found = {}
    try:
        for size in sizes:
            found[size] = measure(size, rounds)
            with connections["default"].cursor() as cursor:
                cursor.execute("DROP TABLE bench_due")
            call_command("flush", interactive=False, verbosity=0)
    finally:
        connections.close_all()
        postgres.drop_database(DATABASE)
    return found


if __name__ == "__main__":
    main()
