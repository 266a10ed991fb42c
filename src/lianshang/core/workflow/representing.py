"""Duties as the API gives them, and whether a repeated request asks for what was done."""

from typing import Any

from lianshang.core.accounts.models import Unit
from lianshang.core.workflow.choices import Part
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.models import Duty, Entry
from lianshang.core.workflow.queries.reading import Reading
from lianshang.core.workflow.queries.rights import possible
from lianshang.core.workflow.queries.workbench import Row
from lianshang.core.workflow.wording import Line, equation_of
from lianshang.core.workflow.writing import Details


def unit(one: Unit) -> dict[str, Any]:
    return {"id": one.pk, "name": one.name}


def brief(row: Row) -> dict[str, Any]:
    """As lists show it."""
    duty = row.duty
    return {
        "id": duty.pk,
        "kind": duty.kind.code,
        "title": duty.title,
        "state": duty.state,
        "state_label": duty.state_label,
        "urgency": duty.urgency,
        "owner": unit(duty.owner),
        "asker": unit(duty.asker),
        "opened_at": duty.opened_at,
        "due": row.due_at,
        "is_overdue": row.is_overdue,
        "url": duty.get_absolute_url(),
    }


def full(reading: Reading) -> dict[str, Any]:
    """With clocks, log and what can be done next."""
    duty, row = reading.duty, reading.row
    parties = duty.parties.all()
    return {
        **brief(row),
        "text": duty.text,
        "co_owners": [unit(one.unit) for one in parties if one.part == Part.CO_OWNER],
        "clocks": [_clock(run, row) for run in row.standing.clocks if not run.is_dropped],
        "log": [_entry(line) for line in reading.lines[::-1]],
        "possible": [one.act.value for one in possible(reading.user, duty)],
    }


def _clock(run: ClockStanding, row: Row) -> dict[str, Any]:
    return {
        "name": run.name,
        "due": run.due.at,
        "equation": equation_of(run),
        "is_provisional": run.due.is_provisional,
        "started_at": run.started_at,
        "stopped_at": run.stopped_at,
        "is_paused": run.is_paused,
        "is_overdue": run.is_overdue(row.now),
    }


def _entry(line: Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "number": entry.number,
        "act": entry.act,
        "label": line.label,
        "at": entry.at,
        "actor": entry.actor.name if entry.actor else None,
        "unit": line.unit,
        "reason": entry.reason,
        "words": line.words,
        "proof": line.proof,
        "to_state": entry.to_state,
    }


def is_what_was_asked(duty: Duty, told: dict[str, Any]) -> bool:
    """Whether the duty that a key stands for was opened with these words."""
    first = duty.log.order_by("number")[0]
    said = Details(
        unit=told["owner"].pk,
        units=tuple(one.pk for one in told["co_owners"]),
        day=told["close_by"],
        urgency=told["urgency"],
    )
    label, pk = told["subject"] or ("", None)
    opened = (duty.kind_id, duty.title, duty.text, duty.asker_id, duty.subject_label)
    asked = (told["kind"].pk, told["title"], told["text"], told["asker"].pk, label)
    return opened == asked and duty.subject_pk == pk and _said(first) == _plain(said)


def is_that_act(entry: Entry, act: str, reason: str, details: Details) -> bool:
    """Whether the row that a key stands for did this."""
    return (entry.act, entry.reason, _said(entry)) == (act, reason, _plain(details))


def _said(entry: Entry) -> dict[str, Any]:
    """What the row was told, without what the program froze beside it."""
    return {name: value for name, value in entry.data.items() if name != "clocks"}


def _plain(details: Details) -> dict[str, Any]:
    """As the database gives it back: lists, no tuples."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in details.as_json().items()
    }
