"""Which rungs of its ladder a duty has reached."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from lianshang.core.workflow.choices import Act, Side
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.models import Duty, Entry, Rung
from lianshang.core.workflow.queries.standings import standings
from lianshang.core.workflow.standing import Standing
from lianshang.engines.worktime import Clock, Unit, due

Step = tuple[Rung, ClockStanding]


def behind(duties: Iterable[Duty], now: datetime) -> dict[int, list[Step]]:
    """The rungs reached now that the log does not have, by key of the duty."""
    found = list(duties)
    read = standings(found)
    logged = Entry.objects.filter(act=Act.ESCALATE, duty_id__in=read)
    done = set(logged.values_list("duty_id", "request_key"))
    news = {
        duty.pk: [
            step
            for step in _reached(duty.kind.ladder.all(), read[duty.pk], now)
            if (duty.pk, key_of(*step)) not in done
        ]
        for duty in found
    }
    return {key: steps for key, steps in news.items() if steps}


def _reached(ladder: Iterable[Rung], standing: Standing, now: datetime) -> Iterator[Step]:
    rungs = list(ladder)
    for run in standing.running:
        for rung in rungs:
            if rung.clock == run.name and _is_reached(rung, run, now):
                yield rung, run


def _is_reached(rung: Rung, run: ClockStanding, now: datetime) -> bool:
    at = run.due.at
    if at is None:  # paused: nobody is late
        return False
    distance = Clock(rung.amount, Unit(rung.unit))
    if rung.side == Side.BEFORE:
        soon = due(now, distance, run.calendar).at
        return now <= at and soon is not None and at <= soon
    late = due(at, distance, run.calendar).at if rung.amount else at
    return late is not None and now > late


def key_of(rung: Rung, run: ClockStanding) -> str:
    """One rung is one per run of a clock and due moment: an extension sets it up again."""
    at = run.due.at.isoformat() if run.due.at else ""
    return f"rung:{rung.code}:{run.name}:{run.round}.{run.turn}:{at}"
