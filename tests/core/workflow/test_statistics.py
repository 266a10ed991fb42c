"""A period's numbers, counted by hand: each with its numerator, its denominator and its duties."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.core.workflow.office import Office, kind, member_of
from tests.engines.worktime.china import at

from lianshang.core import clock, measures
from lianshang.core.clock import StandingClock
from lianshang.core.workflow.models import Duty, DutyKind
from lianshang.core.workflow.queries.statistics import Line, Times, statistics
from lianshang.core.workflow.tasks import escalate_all

pytestmark = pytest.mark.django_db
NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
MINUTE = timedelta(minutes=1)


@pytest.fixture
def stood() -> Iterator[StandingClock]:
    with clock.standing_at(at("2026-11-16 10:00")) as standing:
        yield standing


@pytest.fixture
def request_kind(stood: StandingClock) -> DutyKind:
    late = {"code": "late", "side": "after", "audience": "owner", "text": "已超期"}
    return kind("request", ladder=(late,))


def does(office: Office, stood: StandingClock, duty: Duty, *acts: tuple[str, str, str]) -> None:
    for moment, part, act in acts:
        stood.move_to(at(moment))
        told = {"unit": office.other.pk} if act == "hand_over" else {}
        office.says(part, act, duty, proof="已函告", **told)


def whole(times: Times) -> list[int]:
    return [round(took / MINUTE) for took, _duty in times.rows]


@pytest.fixture
def month(office: Office, stood: StandingClock, request_kind: DutyKind) -> dict[str, Duty]:
    """Four duties opened on Monday the 16th at 10:00; looked at on the 30th at noon."""
    duties = {name: office.open(request_kind) for name in ("quick", "slow", "moved", "silent")}
    does(
        *(office, stood, duties["quick"]),
        ("2026-11-16 11:00", "owner", "accept"),
        ("2026-11-16 11:00", "owner", "contact"),  # an hour
        ("2026-11-17 10:00", "owner", "claim"),  # a day: 7 hours
        ("2026-11-18 10:00", "asker", "confirm"),
        ("2026-11-19 10:00", "asker", "reopen"),
        ("2026-11-20 10:00", "owner", "claim"),
        ("2026-11-20 11:00", "asker", "confirm"),  # four days from the opening: 28 hours
    )
    does(
        *(office, stood, duties["slow"]),
        ("2026-11-17 10:00", "co_owner", "contact"),  # 7 hours: too late by three
        ("2026-11-18 10:00", "owner", "pause"),
        ("2026-11-19 10:00", "asker", "supply"),  # 7 hours
        ("2026-11-26 10:00", "owner", "claim"),  # eight days, five and a pause allowed
        ("2026-11-26 11:00", "asker", "return"),
        ("2026-11-26 14:00", "owner", "claim"),
        ("2026-11-26 15:00", "asker", "confirm"),
    )
    does(
        *(office, stood, duties["moved"]),
        ("2026-11-16 11:00", "owner", "contact"),
        ("2026-11-24 10:00", "owner", "hand_over"),  # overdue since the 23rd
    )
    stood.move_to(at("2026-11-30 12:00"))
    escalate_all()
    return duties


def test_november_by_hand(office: Office, month: dict[str, Duty]) -> None:
    line = statistics(office["third"], *NOVEMBER).total
    counts = ("opened", "ended", "cancelled", "returned", "reopened", "escalated")
    assert {what: line.count(what).value for what in (*counts, "open", "overdue")} == {
        "opened": 4,
        "ended": 3,
        "cancelled": 0,
        "returned": 1,
        "reopened": 1,
        "escalated": 2,
        "open": 2,
        "overdue": 2,
    }
    contact, close = line.rate("contact"), line.rate("close")
    assert (contact.numerator, contact.denominator) == (2, 4)
    assert contact.value == Fraction(1, 2)
    assert set(contact.missed) == {month["slow"].pk, month["silent"].pk}
    assert (close.numerator, close.denominator) == (2, 5)  # “quick” was closed in time twice
    assert sorted(close.met) == [month["quick"].pk] * 2
    assert line.late.value == 3
    assert whole(line.times("to_contact")) == [60, 60, 420]
    assert whole(line.times("to_close")) == [420, 28 * 60, 58 * 60 + 30]
    assert whole(line.times("paused")) == [420]


def test_the_slow_one_was_late_by_the_pause_and_the_looking_taken_off(
    office: Office, month: dict[str, Duty]
) -> None:
    """Opened on the 16th, five days and one of pause: the 24th at 10:00; claimed on the 26th."""
    line = statistics(office["third"], date(2026, 11, 24), date(2026, 11, 24)).total
    assert line.rate("close").missed == (month["slow"].pk,)


def test_lateness_stays_with_whoever_owned_it_then(office: Office, month: dict[str, Duty]) -> None:
    by_owner = statistics(office["third"], *NOVEMBER).by_owner()
    assert month["moved"].pk in by_owner[office.owner.pk].rate("close").missed
    assert by_owner[office.other.pk].rate("close").denominator == 0
    assert by_owner[office.other.pk].count("overdue").duties == (month["moved"].pk,)
    assert by_owner[office.other.pk].rate("close").value is None


def test_everybody_counts_what_they_may_see(office: Office, month: dict[str, Duty]) -> None:
    mine = statistics(office["stranger"], *NOVEMBER).total
    assert mine.count("opened").duties == (month["moved"].pk,)
    with clock.moved_to(at("2025-01-02 09:00")):
        nobody = member_of(office.supervision)
    assert statistics(nobody, *NOVEMBER).total == Line(())


def test_kinds_are_told_apart(office: Office, month: dict[str, Duty]) -> None:
    other = office.open(kind("task", name="另一类"))
    table = statistics(office["third"], *NOVEMBER)
    assert {pk: line.count("opened").value for pk, line in table.by_kind().items()} == {
        month["quick"].kind_id: 4,
        other.kind_id: 1,
    }
    assert (other.kind_id, office.owner.pk) in table.by_kind_and_owner()


def test_a_day_belongs_to_one_period(office: Office, month: dict[str, Duty]) -> None:
    halves = [
        statistics(office["third"], date(2026, 11, 1), date(2026, 11, 18)).total,
        statistics(office["third"], date(2026, 11, 19), date(2026, 11, 30)).total,
    ]
    all_of_it = statistics(office["third"], *NOVEMBER).total
    for what in ("opened", "ended", "returned", "reopened", "escalated"):
        assert sum(half.count(what).value for half in halves) == all_of_it.count(what).value
    paused = [sum(whole(half.times("paused"))) for half in halves]
    assert paused == [360, 60]  # the pause of the 18th ends at closing time, the rest is the 19th's


def test_median_and_ninetieth_are_a_spreadsheets() -> None:
    ten = Times(tuple((timedelta(hours=hours), hours) for hours in range(1, 11)))
    assert ten.median == timedelta(hours=5, minutes=30)  # MEDIAN(1..10)
    assert ten.ninetieth == timedelta(hours=9, minutes=6)  # PERCENTILE.INC(1..10, 0.9)
    one = Times(((timedelta(hours=3), 1),))
    assert one.median == one.ninetieth == timedelta(hours=3)
    none = Times(())
    assert (none.median, none.ninetieth, none.count) == (None, None, 0)


def test_the_number_of_questions_does_not_grow(
    office: Office, month: dict[str, Duty], request_kind: DutyKind
) -> None:
    for _time in range(10):
        office.open(request_kind)
    with CaptureQueriesContext(connection) as asked:
        statistics(office["third"], *NOVEMBER)
    assert len(asked) == 4  # memberships, calendar, duties, logs


def test_measures_count_their_own_rows(office: Office, month: dict[str, Duty]) -> None:
    day = date(2026, 11, 30)
    for name, expected in (("duties.open", {"moved", "silent"}), ("duties.overdue", {"moved"})):
        measure, reader = measures.get(name), office["stranger"]
        mine = {month[one].pk for one in expected if one == "moved"}
        assert {duty.pk for duty in measure.rows(reader, day)} == mine
        assert measure.value(reader, day) == 1
        assert measure.value(office["third"], day) == 2
