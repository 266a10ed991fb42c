"""Pauses: only what the clock would have counted is added, however the log split it."""

from fractions import Fraction

import pytest
from tests.engines.worktime.china import at, china, working_days

from lianshang.engines.worktime import Clock, Pause, Start, Unit, due, used

CHINA = china()


def pause(start: str, end: str | None, reason: str = "等企业补材料") -> Pause:
    return Pause(at(start), at(end) if end else None, reason)


def test_a_day_of_waiting_moves_the_due_moment_by_a_day() -> None:
    waiting = pause("2026-10-08 10:00", "2026-10-09 10:00")
    found = due(at("2026-09-29 16:40"), working_days(3), CHINA, [waiting])
    assert found.at == at("2026-10-10 16:40")  # a make-up Saturday
    stopped = [step for step in found.steps if step.pause]
    assert [(step.used, step.pause) for step in stopped] == [(Fraction(1), waiting)]
    counted = sum(step.used for step in found.steps if not step.pause)
    assert counted == 3


def test_waiting_over_a_holiday_adds_no_holiday() -> None:
    """Frappe Helpdesk #2449 adds the days off to the hold time."""
    waiting = pause("2026-09-30 17:00", "2026-10-08 09:30")  # eight days, one working hour
    assert due(at("2026-09-29 16:40"), working_days(3), CHINA, [waiting]).at == at(
        "2026-10-10 09:10"
    )


def test_a_clock_stands_still_outside_hours_without_any_pause() -> None:
    """osTicket #2131: no pause outside hours."""
    evening = pause("2026-11-24 18:00", "2026-11-25 08:00")
    start, clock = at("2026-11-24 16:40"), working_days(3)
    assert due(start, clock, CHINA, [evening]) == due(start, clock, CHINA)


def test_a_feed_of_festivals_is_no_list_of_days_off() -> None:
    """Zammad #390 counts every entry of the holiday feed: make-up days are in the feed too."""
    assert due(at("2026-02-13 10:00"), working_days(1), CHINA).at == at("2026-02-14 10:00")
    assert due(at("2026-02-14 10:00"), working_days(1), CHINA).at == at("2026-02-24 10:00")


def test_while_a_pause_is_open_nobody_knows_when_it_is_due() -> None:
    found = due(at("2026-11-23 09:00"), working_days(3), CHINA, [pause("2026-11-24 13:30", None)])
    assert found.at is None
    assert found.last_day is None
    assert found.left == 2 - Fraction(3, 7)
    assert used(
        at("2026-11-23 09:00"),
        at("2026-12-20 10:00"),
        working_days(3),
        CHINA,
        [pause("2026-11-24 13:30", None)],
    ) == 1 + Fraction(3, 7)


def test_a_clock_paused_overnight_before_its_morning_does_not_run_out() -> None:
    # All is used at Wednesday's closing, due on Thursday 09:00; the office asks at night.
    night = pause("2026-11-25 20:00", None)
    found = due(at("2026-11-23 09:00"), working_days(2), CHINA, [night])
    assert found.at == at("2026-11-25 09:00")
    found = due(at("2026-11-23 09:00"), working_days(3), CHINA, [night])
    assert (found.at, found.left) == (None, Fraction(0))


def test_a_pause_after_the_due_moment_or_before_the_start_changes_nothing() -> None:
    start, clock = at("2026-11-23 10:00"), working_days(2)
    usual = due(start, clock, CHINA)
    assert due(start, clock, CHINA, [pause("2026-11-25 10:00", None)]) == usual
    assert due(start, clock, CHINA, [pause("2026-11-20 10:00", "2026-11-23 10:00")]) == usual
    part = [pause("2026-11-20 10:00", "2026-11-23 11:00")]
    assert due(start, clock, CHINA, part).at == at("2026-11-25 11:00")


def test_order_overlap_and_splitting_make_no_difference() -> None:
    start, clock = at("2026-11-23 10:00"), working_days(4)
    whole = [pause("2026-11-24 10:00", "2026-11-25 16:00")]
    pieces = [
        pause("2026-11-25 11:00", "2026-11-25 16:00", "等测绘"),
        pause("2026-11-24 10:00", "2026-11-25 09:30"),
        pause("2026-11-24 15:00", "2026-11-25 11:00"),
    ]
    expected = at("2026-11-30 16:00")  # Friday 10:00 and eleven and a half working hours
    assert due(start, clock, CHINA, whole).at == expected
    found = due(start, clock, CHINA, pieces)
    assert found.at == expected
    # Each reason stands with the part that it alone stopped.
    assert sum(step.used for step in found.steps if step.pause) == Fraction(23, 14)


def test_natural_clocks_wait_day_and_night() -> None:
    weekend = pause("2026-11-21 00:00", "2026-11-23 00:00")
    natural = Clock(5, Unit.NATURAL_DAYS)
    assert due(at("2026-11-20 15:00"), natural, CHINA, [weekend]).at == at("2026-11-27 15:00")
    rolls = Clock(2, Unit.NATURAL_DAYS, Start.NEXT, rolls=True)
    sunday = pause("2026-11-22 10:00", "2026-11-24 12:00")
    assert due(at("2026-11-20 15:00"), rolls, CHINA, [sunday]).at == at("2026-11-26 00:00")


def test_a_pause_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        pause("2026-11-24 10:00", "2026-11-23 10:00")
