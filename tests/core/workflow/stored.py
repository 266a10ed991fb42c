"""Random histories as rows of the database, and the lists and sums that a second reading makes."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from tests import factories
from tests.core.workflow import oracle
from tests.core.workflow.office import kind, member_of
from tests.core.workflow.oracle import ENDED
from tests.core.workflow.random_histories import UNITS, History
from tests.core.workflow.slow_time import minute, worked

from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit, User
from lianshang.core.workflow.choices import Part
from lianshang.core.workflow.flows import FLOWS
from lianshang.core.workflow.models import Duty, DutyKind, DutyParty, Entry

Rows = dict[int, History]  # by key of the duty


def staff_of_each_unit() -> dict[int, User]:
    """Units 1 to UNITS with one person each, and at 0 a supervisor of another unit."""
    units = [Unit(pk=key, kind="department", name=f"示例部门{key}") for key in range(1, UNITS + 1)]
    Unit.objects.bulk_create(units)
    people = {unit.pk: member_of(unit) for unit in units}
    office = Unit.objects.create(pk=1_000, kind="department", name="示例督查室")
    return people | {0: factories.user(Role.SUPERVISOR, unit=office)}


def kinds() -> dict[str, DutyKind]:
    return {flow: kind(flow, code=f"example.{flow}") for flow in FLOWS}


def store(histories: list[History], of_flow: dict[str, DutyKind]) -> Rows:
    """All of them in a few inserts."""
    duties = Duty.objects.bulk_create(
        [
            Duty(
                kind=of_flow[one.flow],
                title=f"示例事项{number}",
                owner_id=one.owner,
                asker_id=one.asker,
                urgency=one.urgency,
                state=one.state,
                opened_at=one.rows[0].at,
            )
            for number, one in enumerate(histories)
        ],
        batch_size=2_000,
    )
    kept = {duty.pk: one for duty, one in zip(duties, histories, strict=True)}
    Entry.objects.bulk_create(
        [
            Entry(duty_id=key, reason=row.reason, **_columns(row))
            for key, one in kept.items()
            for row in one.rows
        ],
        batch_size=5_000,
    )
    DutyParty.objects.bulk_create(
        [DutyParty(duty_id=key, unit_id=unit, part=part) for key, unit, part in _parties(kept)],
        batch_size=5_000,
    )
    with connection.cursor() as cursor:  # as the server does by itself a little later
        cursor.execute("ANALYZE workflow_duty, workflow_entry, workflow_dutyparty")
    return kept


def _columns(row: Any) -> dict[str, Any]:
    names = ("number", "act", "at", "from_state", "to_state", "data")
    return {name: getattr(row, name) for name in names}


def _parties(kept: Rows) -> list[tuple[int, int, str]]:
    found = []
    for key, one in kept.items():
        found += [(key, one.owner, Part.OWNER), (key, one.asker, Part.ASKER)]
        found += [(key, unit, Part.CO_OWNER) for unit in one.helpers]
        found += [(key, unit, Part.FORMER) for unit in one.former]
    return found


# What a second reading says


@dataclass
class Lists:
    """The keys of a person's lists, in their order."""

    mine: list[int]
    waiting_for_me: list[int]
    waiting_for_others: list[int]
    overdue: list[int]


def lists(kept: Rows, unit: int, now: float) -> Lists:
    """Of somebody in the unit, or (0) of a supervisor outside all of them."""
    found = Lists([], [], [], [])
    read = {key: oracle.told(one.rows) for key, one in kept.items()}
    far = float("inf")
    dues = {key: due if (due := told.due()) is not None else far for key, told in read.items()}
    still = [key for key in read if read[key].state not in ENDED]
    for key in sorted(still, key=lambda key: (dues[key], key)):
        told, one = read[key], kept[key]
        asks, owns = one.asker == unit, told.owner == unit
        if owns or unit in told.helpers:
            found.mine.append(key)
        decides = told.state == "claimed" and asks and one.flow in {"task", "request", "deed"}
        rules = told.state == "objected" or (
            told.state == "claimed" and one.flow in {"instruction", "rectification"}
        )
        if decides or (unit == 0 and rules):
            found.waiting_for_me.append(key)
        elif asks and not owns:
            found.waiting_for_others.append(key)
        sees = owns or asks or unit in told.helpers | told.former or unit == 0
        if sees and told.is_overdue(now):
            found.overdue.append(key)
    return found


@dataclass
class Sums:
    """The numbers of one kind and owner."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    met: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    missed: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    times: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))


def sums(kept: Rows, since: int, until: int, now: float) -> dict[tuple[str, int], Sums]:
    """Duty by duty, for everything that happened in the period."""
    found: dict[tuple[str, int], Sums] = defaultdict(Sums)
    for key, one in kept.items():
        _add(found, key, one, (since, until, now))
    return dict(found)


NAMES = {"open": "opened", "return": "returned", "reopen": "reopened", "escalate": "escalated"}


def _add(
    found: dict[tuple[str, int], Sums], key: int, one: History, period: tuple[int, int, float]
) -> None:
    def cell(at: float) -> Sums:
        return found[one.flow, oracle.owner_at(one.rows, int(at))]

    def is_in(at: float) -> bool:
        return period[0] <= at < period[1] and at <= period[2]

    told = oracle.told(one.rows)
    for what, at in _happened(one.rows, told, period[2]):
        if is_in(at) or what in {"open", "overdue"}:
            cell(at).counts[what].append(key)
    for name, at, is_met in _judged(told, period[2]):
        if is_in(at):
            (cell(at).met if is_met else cell(at).missed)[name].append(key)
    for what, at, took in _lasted(one.rows):
        if is_in(at):
            cell(at).times[what].append(took)
    for since, until in _pauses(one.rows, period[2]):
        start, end = max(since, period[0]), min(until, period[1], period[2])
        if start < end:
            cell(start).times["paused"].append(worked(start, int(end)))


def _happened(rows: list[Any], told: oracle.Told, now: float) -> Iterator[tuple[str, float]]:
    for row in rows:
        if row.act in NAMES:
            yield NAMES[row.act], minute(row.at)
        if row.to_state in ENDED and row.from_state not in ENDED:
            yield "cancelled" if row.to_state == "cancelled" else "ended", minute(row.at)
    if told.state not in ENDED:
        yield "open", now
        if told.is_overdue(now):
            yield "overdue", now


def _judged(told: oracle.Told, now: float) -> Iterator[tuple[str, int, bool]]:
    for fate in told.clocks:
        if fate.is_dropped or fate.due is None:
            continue
        if fate.stop is not None and fate.stop <= fate.due:
            yield fate.name, fate.stop, True
        elif fate.stop is not None or now > fate.due:
            yield fate.name, fate.due, False


def _lasted(rows: list[Any]) -> Iterator[tuple[str, int, int]]:
    opened = minute(rows[0].at)
    answers = [row for row in rows if row.act in {"contact", "report", "promise", "claim"}]
    for row in answers[:1]:
        yield "to_contact", minute(row.at), worked(opened, minute(row.at))
    for row in rows:
        if row.to_state in {"closed", "published"} and row.from_state not in ENDED:
            claim = [one for one in rows[: row.number] if one.act == "claim"][-1]
            yield "to_close", minute(row.at), worked(opened, minute(claim.at))


def _pauses(rows: list[Any], now: float) -> Iterator[tuple[int, float]]:
    for row in rows:
        if row.to_state == "paused" and row.from_state != "paused":
            later = (minute(one.at) for one in rows[row.number :] if one.to_state != "paused")
            yield minute(row.at), next(later, now)
