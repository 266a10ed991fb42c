"""When a story goes on: moments by the clock of the zone and its working days."""

from datetime import date, datetime

import pytest

from lianshang.core import clock
from lianshang.story.moments import MomentRefused, moment_of, read_moment

HOLIDAYS = {date(2026, 10, day) for day in range(1, 8)}
MADE_UP = {date(2026, 10, 10)}


def is_working(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < 5 and day not in HOLIDAYS)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-10-09 16:40", "2026-10-09 16:40"),
        ("+3 working days", "2026-10-09 16:40"),
        ("+4 working days 09:00", "2026-10-10 09:00"),
        ("next working day 09:00", "2026-09-30 09:00"),
        ("+2 days", "2026-10-01 16:40"),
        ("+1 day 08:30", "2026-09-30 08:30"),
        ("+4 hours", "2026-09-29 20:40"),
        ("+30 minutes", "2026-09-29 17:10"),
    ],
)
def test_a_moment_is_counted_from_the_storys_clock(text: str, moment: str) -> None:
    now = read_moment("2026-09-29 16:40")
    assert moment_of(text, now, is_working) == read_moment(moment)


@pytest.mark.parametrize(
    "text",
    ["tomorrow", "2026-02-30 09:00", "+4 hours 09:00", "2026-09-29 25:00", "2026-09-29 16:39"],
)
def test_what_is_no_later_moment_is_refused(text: str) -> None:
    with pytest.raises(MomentRefused):
        moment_of(text, read_moment("2026-09-29 16:40"), is_working)


def test_the_clock_of_the_process_stands_and_no_two_looks_are_the_same() -> None:
    start = datetime(2026, 9, 29, 9, tzinfo=clock.zone_time())
    with clock.standing_at(start) as standing:
        first, second = clock.now(), clock.now()
        assert start < first < second
        assert (second - start).total_seconds() < 0.001
        standing.move_to(read_moment("2027-01-01 00:00"))
        assert clock.today() == date(2027, 1, 1)
        with clock.moved_to(date(2030, 5, 1)):
            assert clock.today() == date(2030, 5, 1)
        with pytest.raises(RuntimeError), clock.standing_at(start):
            pass
    assert clock.now().year < 2100
