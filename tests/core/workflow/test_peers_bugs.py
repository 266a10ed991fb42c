"""Bugs that users of other programs reported, each as a test named after it."""

from collections.abc import Iterator
from datetime import date, time

import pytest
from tests.core.workflow.histories import dues, read, rule
from tests.core.workflow.office import Office, kind
from tests.engines.worktime.china import at

from lianshang.core import clock
from lianshang.core.calendars.queries import calendar
from lianshang.core.clock import StandingClock
from lianshang.core.notices.models import Notice
from lianshang.core.notices.reaching import profiles
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.statistics import statistics
from lianshang.core.workflow.queries.workbench import overdue
from lianshang.core.workflow.tasks import escalate_all

OPENED = ("2026-11-16 10:00", "open")
WORKING = (OPENED, ("2026-11-16 10:30", "accept"))


@pytest.fixture
def stood() -> Iterator[StandingClock]:
    with clock.standing_at(at("2026-11-16 10:00")) as standing:
        yield standing


def test_zammad_5177_an_update_does_not_override_the_first_response() -> None:
    before = read(*WORKING)
    for act in ("supply", "note", "urge", "extend"):
        after = read(*WORKING, ("2026-11-16 14:00", act, {"amount": 3}))
        assert dues(after)["contact"] == dues(before)["contact"] == "11-16 15:30"
        assert after.next_clock
        assert after.next_clock.name == "contact"


def test_zammad_3140_who_had_answered_is_not_escalated(
    office: Office, stood: StandingClock
) -> None:
    contact = {"clock": "contact", "amount": 4, "unit": "working_hours"}
    late = {"code": "l", "clock": "contact", "side": "after", "audience": "owner", "text": "迟"}
    duty = office.open(kind(clocks=(contact,), ladder=(late,)))
    office.says("co_owner", "contact", duty)  # any of the staff
    stood.move_to(at("2026-11-18 10:00"))
    escalate_all()
    assert not duty.log.filter(act="escalate").exists()


def test_zammad_1322_the_other_sides_word_restarts_the_clocks() -> None:
    paused = (*WORKING, ("2026-11-16 11:00", "pause"))
    assert dues(read(*paused))["close"] == ""
    assert dues(read(*paused, ("2026-11-18 11:00", "supply")))["close"] == "11-25 10:00"
    answered = (*WORKING, ("2026-11-17 10:00", "report"))
    assert "stage" not in dues(read(*answered))
    asked = (*answered, ("2026-11-18 14:00", "supply"))
    assert dues(read(*asked))["stage"] == "11-23 14:00"  # an answer is owed again


@pytest.mark.django_db
def test_zammad_4432_nobody_is_woken_at_midnight_or_on_a_weekend(
    office: Office, stood: StandingClock
) -> None:
    """A working clock cannot run out then; what a natural one tells waits for the morning."""
    late = {"code": "late", "side": "after", "audience": "owner", "text": "已超期"}
    natural = {"clock": "close", "amount": 112, "unit": "natural_hours"}
    office.open(kind(clocks=(natural,), ladder=(late,)))  # due on Saturday at 02:00
    stood.move_to(at("2026-11-21 02:05"))
    escalate_all()
    notice = Notice.objects.get(kind="duties.escalated", recipient=office["owner"])
    profile = profiles([office["owner"].pk])[office["owner"].pk]
    goes_out = profile.next_allowed(notice, clock.now(), calendar())
    assert f"{goes_out:%Y-%m-%d %H:%M}" == "2026-11-23 08:00"
    for hour in range(24):
        for day in range(16, 23):
            found = read((f"2026-11-{day} {hour:02}:17", "open")).of("close")[0].due.at
            assert found
            assert found.weekday() < 5
            assert time(9) <= found.time() <= time(17, 30)


def test_zammad_390_only_days_off_are_off_and_make_up_days_count() -> None:
    found = read(("2026-09-29 16:40", "open"), clocks={"close": rule(3)})
    assert dues(found) == {"close": "10-09 16:40"}
    found = read(("2026-09-29 16:40", "open"), clocks={"close": rule(4)})
    assert dues(found) == {"close": "10-10 16:40"}  # a Saturday that is worked
    labour_day_eve = read(("2026-12-24 10:00", "open"), clocks={"close": rule(1)})
    assert dues(labour_day_eve) == {"close": "12-25 10:00"}  # a name in a feed is no day off


def test_osticket_2131_6524_3034_nothing_runs_outside_hours_or_while_waiting() -> None:
    evening = ("2026-11-16 17:30", "pause"), ("2026-11-17 09:00", "resume")
    assert dues(read(*WORKING, *evening)) == dues(read(*WORKING))
    night = read(("2026-11-16 20:00", "open"))
    assert dues(night)["contact"] == "11-17 14:30"
    waiting = ("2026-11-16 14:00", "pause"), ("2026-11-20 14:00", "resume")
    assert dues(read(*WORKING, *waiting))["close"] == "11-27 10:00"


def test_frappe_2449_hold_time_across_a_holiday_is_working_time() -> None:
    """Held from 30 September 14:00 to 8 October 10:00: 3.5 + 1 hours, not eight days."""
    opened = ("2026-09-29 09:00", "open"), ("2026-09-29 09:10", "accept")
    held = ("2026-09-30 14:00", "pause"), ("2026-10-08 10:00", "resume")
    assert dues(read(*opened))["close"] == "10-12 09:00"
    assert dues(read(*opened, *held))["close"] == "10-12 15:00"


def test_jinhu_nights_and_holidays_do_not_count() -> None:
    found = read(("2026-09-30 16:30", "open"), clocks={"contact": rule(2, "working_hours")})
    assert dues(found) == {"contact": "10-08 10:00"}
    assert not found.is_overdue(at("2026-10-08 09:59"))


def test_jinhu_waiting_for_material_stops_the_clock() -> None:
    found = read(*WORKING, ("2026-11-17 10:00", "pause"))
    assert dues(found)["close"] == ""
    assert not found.of("close")[0].is_overdue(at("2027-11-17 10:00"))


def test_jinhu_whoever_the_ladder_names_is_told(office: Office, stood: StandingClock) -> None:
    named = {"audience": "unit", "named": office.other.name}
    rung = {"code": "late", "side": "after", "text": "已超期", **named}
    close = {"clock": "close", "amount": 1, "unit": "working_days"}
    duty = office.open(kind(clocks=(close,), ladder=(rung,)))
    stood.move_to(at("2026-11-17 10:01"))
    escalate_all()
    assert [row.reason for row in duty.log.filter(act="escalate")] == ["已超期"]
    assert Notice.objects.get(kind="duties.escalated").recipient == office["stranger"]


def test_jinhu_overdue_is_true_whenever_it_is_read(office: Office, stood: StandingClock) -> None:
    duty = office.open(kind())
    office.says("owner", "accept", duty)
    stood.move_to(at("2026-11-16 15:29"))
    assert overdue(office["third"]) == []
    stood.move_to(at("2026-11-16 15:31"))
    assert [row.duty for row in overdue(office["third"])] == [duty]
    assert duty.log.count() == 2  # reading wrote nothing


def test_jinhu_statistics_ask_the_database_for_the_period(
    office: Office, stood: StandingClock
) -> None:
    of_kind = kind()
    for month in (1, 2, 3):
        stood.move_to(at(f"2026-0{month}-05 10:00"))
        office.bring_to("closed", office.open(of_kind))
    stood.move_to(at("2026-11-16 10:00"))
    table = statistics(office["third"], date(2026, 2, 1), date(2026, 2, 28))
    newest = Duty.objects.order_by("opened_at").values_list("pk", flat=True)
    assert {duty for _kind, duty, _deed in table.deeds} == {newest[1]}


def test_zammad_3410_2579_4516_what_is_not_answered_counts_as_late(
    office: Office, stood: StandingClock
) -> None:
    """Closing nothing does not make the statistics empty, nor good."""
    answered, silent = office.open(kind()), office.open(kind())
    office.bring_to("claimed", answered)
    stood.move_to(at("2026-11-30 10:00"))
    line = statistics(office["third"], date(2026, 11, 1), date(2026, 11, 30)).total
    rate = line.rate("close")
    assert (rate.numerator, rate.denominator) == (1, 2)
    assert (rate.met, rate.missed) == ((answered.pk,), (silent.pk,))
    assert line.count("overdue").duties == (silent.pk,)
    before = statistics(office["third"], date(2026, 11, 1), date(2026, 11, 22)).total
    assert before.rate("close").denominator == 1  # the silent one ran out on the 23rd


def test_digit_escalation_is_built_and_not_only_announced(
    office: Office, stood: StandingClock
) -> None:
    rung = {"code": "late", "side": "after", "audience": "supervisors", "text": "转督办"}
    duty = office.open(kind(ladder=(rung,)))
    stood.move_to(at("2026-11-30 10:00"))
    escalate_all()
    assert duty.log.filter(act="escalate").count() == 1
    assert Notice.objects.filter(recipient=office["third"], text="转督办").count() == 1
