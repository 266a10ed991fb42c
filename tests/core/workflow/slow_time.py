"""Working time counted a second time: in minutes, over a table of every day's office hours."""

from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate

from tests.engines.worktime.china import SHANGHAI, is_workday

DAY_ONE = date(2024, 12, 1)
DAYS = [DAY_ONE + timedelta(days=number) for number in range(1_600)]
OPEN = [is_workday(on) for on in DAYS]
BEFORE = [0, *accumulate(420 * is_open for is_open in OPEN)]
HOURS = ((540, 720), (810, 1050))
NEVER = 10**9


def minute(moment: datetime) -> int:
    """Minutes since the first day's midnight, on the wall clock."""
    local = moment.astimezone(SHANGHAI).replace(tzinfo=None)
    return int((local - datetime(2024, 12, 1)).total_seconds()) // 60


def moment(number: int) -> datetime:
    return (datetime(2024, 12, 1) + timedelta(minutes=number)).replace(tzinfo=SHANGHAI)


def is_open(now: int) -> bool:
    return OPEN[now // 1440] and any(since <= now % 1440 < until for since, until in HOURS)


def worked(start: int, end: int) -> int:
    """Open minutes between two minutes."""

    def until(now: int) -> int:
        here = sum(min(max(now % 1440, since), until) - since for since, until in HOURS)
        return BEFORE[now // 1440] + here * OPEN[now // 1440]

    return max(until(end) - until(start), 0)


def next_open(now: int) -> int:
    while not is_open(now):
        day, of_day = divmod(now, 1440)
        later = [since for since, _until in HOURS if since > of_day]
        now = day * 1440 + later[0] if later and OPEN[day] else (day + 1) * 1440
    return now


Pauses = list[tuple[int, int]]


def united(pauses: Pauses, begin: int) -> Pauses:
    found: Pauses = []
    for since, until in sorted((max(a, begin), b) for a, b in pauses):
        if until <= since:
            continue
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(until, found[-1][1]))
        else:
            found.append((since, until))
    return found


def runs_out(start: int, rule: tuple[int, str, str], pauses: Pauses) -> int | None:
    """The minute at which a clock runs out; None while nobody knows."""
    amount, unit, begins = rule
    begin = start if begins == "same" else (start // 1440 + 1) * 1440
    gaps = united(pauses, begin)
    if unit.startswith("natural"):
        left = amount * (60 if unit == "natural_hours" else 1440)
        now = begin
        for since, until in [*gaps, (NEVER, NEVER)]:
            if now + left <= since:
                return now + left
            left, now = left - (since - now), until
            if until == NEVER:
                return None
    keeps_hour = unit == "working_days" and is_open(begin)
    keeps_hour &= not (gaps and gaps[0][0] == begin)
    found = _walk(begin, amount * (420 if unit == "working_days" else 60), gaps)
    return _later(found, gaps) if keeps_hour and found is not None else found


def _walk(begin: int, left: int, gaps: Pauses) -> int | None:
    """Day by day, stretch by stretch of open and unpaused time."""
    day = begin // 1440
    while True:
        for opens, closes in HOURS if OPEN[day] else ():
            now, end = max(day * 1440 + opens, begin), day * 1440 + closes
            for since, until in [*gaps, (NEVER, NEVER)]:
                free = min(since, end) - now
                if free > 0:
                    if left <= free:
                        return now + left
                    left -= free
                now = max(now, until) if since < end else now
                if since >= end:
                    break
        day += 1
        if gaps and gaps[-1][1] == NEVER and day * 1440 > gaps[-1][0]:
            return None


def _later(now: int, gaps: Pauses) -> int | None:
    """Closing time gives way to the next opening outside a pause."""
    while True:
        now = next_open(now)
        inside = [until for since, until in gaps if since < now < until]
        if not inside:
            return now
        if inside[0] == NEVER:
            return None
        now = inside[0]


@cache
def fixed(day: str, more: int) -> int:
    """The end of a day that was set, of the next working day where it is off."""
    on = date.fromisoformat(day)
    while not is_workday(on):
        on += timedelta(days=1)
    end = ((on - DAY_ONE).days + 1) * 1440
    return end if not more else runs_out(end, (more, "working_days", "same"), []) or 0
