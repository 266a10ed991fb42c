"""Standings of many duties at once: one question for their logs, whatever their number."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from lianshang.core.calendars.queries import calendar
from lianshang.core.workflow.models import Duty, Entry
from lianshang.core.workflow.replay import standing
from lianshang.core.workflow.standing import Standing


class Row(NamedTuple):
    """What replay reads of an entry."""

    duty_id: int
    number: int
    act: str
    at: datetime
    from_state: str
    to_state: str
    reason: str
    data: dict[str, Any]


def logs(keys: Iterable[int]) -> Iterator[tuple[int, list[Row]]]:
    """The logs of duties by their keys, each in its order; one after another, not all in memory."""
    rows = Entry.objects.filter(duty_id__in=list(keys)).order_by("duty_id", "number")
    found = map(Row._make, rows.values_list(*Row._fields).iterator(chunk_size=5000))
    for key, log in groupby(found, attrgetter("duty_id")):
        yield key, list(log)


def standings(duties: Iterable[Duty]) -> dict[int, Standing]:
    """By key of the duty."""
    days = calendar()
    return {key: standing(log, days) for key, log in logs(duty.pk for duty in duties)}


def standing_of(duty: Duty) -> Standing:
    """Of one duty."""
    return standings([duty])[duty.pk]
