"""The engine agrees with counting by hand, minute by minute and day by day."""

from datetime import datetime, time, timedelta
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.engines.worktime.china import (
    FULL_DAY,
    SHANGHAI,
    at,
    by_days,
    by_minutes,
    china,
    is_open,
    is_workday,
    working_days,
)

from lianshang.engines.worktime import (
    Clock,
    DayKind,
    OfficeHours,
    Pause,
    SpecialDay,
    Start,
    Unit,
    due,
    used,
)

CHINA = china()
SUMMER = china(
    OfficeHours(),
    OfficeHours(resumes=time(14, 30), closes=time(18), since=at("2026-06-01 00:00").date()),
    on_2026_05_29=SpecialDay(DayKind.MORNING, "半天"),
)
FIRST, LAST = datetime(2018, 1, 1), datetime(2027, 6, 30)
moments = st.integers(0, int((LAST - FIRST).total_seconds()) // 60).map(
    lambda minutes: (FIRST + timedelta(minutes=minutes)).replace(tzinfo=SHANGHAI)
)
clocks = st.builds(
    Clock, st.integers(0, 40), st.sampled_from(Unit), st.sampled_from(Start)
) | st.builds(
    Clock, st.integers(0, 40), st.just(Unit.NATURAL_DAYS), st.sampled_from(Start), st.just(True)
)


@st.composite
def pauses_near(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """Some pauses around a start, of minutes to days."""
    begins = draw(st.lists(st.integers(-3000, 20000), max_size=4))
    return [
        Pause(
            start + timedelta(minutes=begin),
            start + timedelta(minutes=begin + draw(st.integers(0, 5000))),
        )
        for begin in begins
    ]


@settings(max_examples=60, deadline=None)
@given(st.data(), moments, st.integers(0, 6 * FULL_DAY))
def test_working_time_equals_a_walk_minute_by_minute(
    data: st.DataObject, start: datetime, minutes: int
) -> None:
    pauses = data.draw(pauses_near(start))
    assume(minutes > 0)
    days, rest = divmod(minutes, FULL_DAY)
    clock = working_days(days) if not rest else Clock(-(-minutes // 60), Unit.WORKING_HOURS)
    asked = minutes if not rest else 60 * clock.amount
    local = [
        (one.start.replace(tzinfo=None), one.end.replace(tzinfo=None))
        for one in pauses
        if one.end is not None and one.end > start and one.end > one.start
    ]
    merged = _union(local, start.replace(tzinfo=None))
    assert due(start, clock, CHINA, pauses).at == by_minutes(start, asked, merged)


def _union(
    pauses: list[tuple[datetime, datetime]], start: datetime
) -> list[tuple[datetime, datetime]]:
    found: list[tuple[datetime, datetime]] = []
    for since, until in sorted((max(since, start), until) for since, until in pauses):
        if found and since <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until))
        else:
            found.append((since, until))
    return found


@settings(max_examples=300, deadline=None)
@given(moments, st.integers(1, 60))
def test_working_days_equal_a_walk_day_by_day(start: datetime, days: int) -> None:
    assume(not (is_workday(start.date()) and time(12) <= start.time() < time(13, 30)))
    assert due(start, working_days(days), CHINA).at == by_days(start, days)


def test_every_day_from_2018_to_2027_is_known() -> None:
    on = FIRST.date()
    while on <= LAST.date():
        assert (CHINA.day(on).kind is DayKind.WORK) == is_workday(on), on
        assert CHINA.day(on).is_provisional == (on.year > 2026)
        on += timedelta(days=1)


@settings(max_examples=200, deadline=None)
@given(st.data(), moments, clocks, st.integers(0, 5000), st.integers(0, 5))
def test_a_later_start_or_a_longer_clock_is_never_due_earlier(
    data: st.DataObject, start: datetime, clock: Clock, minutes: int, more: int
) -> None:
    pauses = data.draw(pauses_near(start))
    first = due(start, clock, SUMMER, pauses).at
    later = due(start + timedelta(minutes=minutes), clock, SUMMER, pauses).at
    longer = Clock(clock.amount + more, clock.unit, clock.start, clock.rolls)
    longest = due(start, longer, SUMMER, pauses).at
    assert first is not None
    assert later is not None
    assert longest is not None
    assert start <= first <= later
    assert first <= longest


@settings(max_examples=200, deadline=None)
@given(st.data(), moments, clocks)
def test_what_is_used_at_the_due_moment_is_the_amount(
    data: st.DataObject, start: datetime, clock: Clock
) -> None:
    assume(not clock.rolls)
    pauses = data.draw(pauses_near(start))
    found = due(start, clock, CHINA, pauses)
    assert found.at is not None
    if clock.amount:
        assert used(start, found.at, clock, CHINA, pauses) == clock.amount
    assert sum(one.used for one in found.steps if not one.pause) == clock.amount
    for one in found.steps:
        assert one.counted == (one.used > 0 and one.pause is None)


@settings(max_examples=200, deadline=None)
@given(st.data(), moments, clocks)
def test_pauses_in_any_order_and_pieces_are_their_union(
    data: st.DataObject, start: datetime, clock: Clock
) -> None:
    pauses = data.draw(pauses_near(start))
    whole = due(start, clock, SUMMER, pauses)
    split: list[Pause] = []
    for one in pauses:
        assert one.end is not None
        middle = one.start + (one.end - one.start) // 2
        split += [Pause(one.start, middle), Pause(middle, one.end), one]
    shuffled = data.draw(st.permutations(split))
    assert due(start, clock, SUMMER, shuffled) == whole
    if shuffled:
        assert due(start, clock, SUMMER, [Pause(start, None)]).left in (clock.amount, None)


@settings(max_examples=100, deadline=None)
@given(moments, st.integers(1, 40), st.integers(1, 20000))
def test_what_is_left_in_an_open_pause_runs_after_it(
    start: datetime, days: int, minutes: int
) -> None:
    since = start + timedelta(minutes=minutes)
    open_ended = due(start, working_days(days), CHINA, [Pause(since, None)])
    if open_ended.at is None:
        spent = used(start, since, working_days(days), CHINA)
        assert open_ended.left == Fraction(days) - spent
    else:
        assert open_ended == due(start, working_days(days), CHINA)
        assert open_ended.at <= since


def test_the_slow_counters_know_the_hours() -> None:
    assert is_open(datetime(2026, 10, 10, 17, 29))
    assert not is_open(datetime(2026, 10, 10, 12, 0))
    assert by_minutes(at("2026-09-29 16:40"), 3 * FULL_DAY) == at("2026-10-09 16:40")
    assert by_days(at("2026-09-29 16:40"), 3) == at("2026-10-09 16:40")
