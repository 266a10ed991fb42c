"""What a person has to do: the lists of the first page, in the order in which things are due."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.core.workflow.office import Office, kind
from tests.engines.worktime.china import at

from lianshang.core import clock
from lianshang.core.clock import StandingClock
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.workbench import (
    Row,
    due_between,
    handed_over,
    overdue,
    workbench,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stood() -> Iterator[StandingClock]:
    with clock.standing_at(at("2026-11-16 10:00")) as standing:
        yield standing


def titles(rows: list[Row]) -> list[str]:
    return [row.duty.title for row in rows]


def days(amount: int) -> dict[str, Any]:
    """A kind whose duties close after so many working days."""
    return {"clocks": ({"clock": "close", "amount": amount, "unit": "working_days"},)}


@pytest.fixture
def three(office: Office, stood: StandingClock) -> dict[str, Duty]:
    """Due in four days, in one, and in two but paused."""
    duties = {
        title: office.open(kind(**days(amount)), title=title)
        for title, amount in (("四天", 4), ("一天", 1), ("暂停", 2))
    }
    office.bring_to("paused", duties["暂停"])
    return duties


def test_mine_are_in_the_order_in_which_they_are_due_and_paused_ones_last(
    office: Office, three: dict[str, Duty], stood: StandingClock
) -> None:
    for part in ("owner", "co_owner"):
        bench = workbench(office[part])
        assert titles(bench.mine) == ["一天", "四天", "暂停"]
        assert [row.is_paused for row in bench.mine] == [False, False, True]
        assert bench.waiting_for_me == bench.waiting_for_others == []
    assert titles(workbench(office["asker"]).waiting_for_others) == ["一天", "四天", "暂停"]
    assert workbench(office["stranger"]).mine == []


def test_the_head_line_counts_today_the_late_and_the_other_side(
    office: Office, three: dict[str, Duty], stood: StandingClock
) -> None:
    bench = workbench(office["owner"])
    assert (titles(bench.due_today), titles(bench.overdue)) == ([], [])
    assert titles(bench.waiting_for_the_other_side) == ["暂停"]
    stood.move_to(at("2026-11-17 09:00"))
    bench = workbench(office["owner"])
    assert (titles(bench.due_today), titles(bench.overdue)) == (["一天"], [])
    stood.move_to(at("2026-11-17 10:01"))
    bench = workbench(office["owner"])
    assert (titles(bench.due_today), titles(bench.overdue)) == ([], ["一天"])


def test_an_answer_waits_for_who_asked(
    office: Office, three: dict[str, Duty], stood: StandingClock
) -> None:
    office.bring_to("claimed", three["一天"])
    bench = workbench(office["asker"])
    assert titles(bench.waiting_for_me) == ["一天"]
    assert titles(bench.waiting_for_others) == ["四天", "暂停"]
    assert titles(workbench(office["owner"]).waiting_for_the_other_side) == ["一天", "暂停"]
    assert workbench(office["third"]).waiting_for_me == []  # the asker's word, not a supervisor's
    office.says("asker", "confirm", three["一天"])
    assert workbench(office["asker"]).waiting_for_me == []


def test_an_objection_waits_for_a_supervisor_who_has_no_part_in_it(
    office: Office, three: dict[str, Duty], stood: StandingClock
) -> None:
    office.says("owner", "object", three["四天"])
    assert titles(workbench(office["third"]).waiting_for_me) == ["四天"]
    assert workbench(office["owner and supervisor"]).waiting_for_me == []


def test_an_instruction_that_was_answered_waits_for_the_supervisor_and_the_asker_sees_it(
    office: Office, stood: StandingClock
) -> None:
    office.bring_to("claimed", office.open(kind("instruction"), title="批示"))
    assert titles(workbench(office["third"]).waiting_for_me) == ["批示"]
    assert workbench(office["asker"]).waiting_for_me == []
    assert titles(workbench(office["asker"]).waiting_for_others) == ["批示"]


def test_what_was_handed_over_stays_in_sight(
    office: Office, three: dict[str, Duty], stood: StandingClock
) -> None:
    office.says("owner", "hand_over", three["四天"], unit=office.other.pk)
    assert titles(handed_over(office["owner"])) == ["四天"]
    assert titles(workbench(office["owner"]).mine) == ["一天", "暂停"]
    assert titles(workbench(office["stranger"]).mine) == ["四天"]


def test_late_and_coming_due_for_all_whom_one_may_see(
    office: Office, three: dict[str, Duty], stood: StandingClock
) -> None:
    stood.move_to(at("2026-11-18 10:00"))
    assert titles(overdue(office["third"])) == titles(overdue(office["asker"])) == ["一天"]
    assert overdue(office["stranger"]) == []
    week = (at("2026-11-17 00:00"), at("2026-11-21 00:00"))
    assert titles(due_between(office["third"], *week)) == ["一天", "四天"]
    assert titles(due_between(office["third"], at("2026-11-18 00:00"), week[1])) == ["四天"]
    assert due_between(office["stranger"], *week) == []


def test_a_unit_that_asks_itself_has_it_once(office: Office, stood: StandingClock) -> None:
    office.open(kind(), title="自办", asker=office.owner)
    bench = workbench(office["owner"])
    assert titles(bench.mine) == ["自办"]
    assert bench.waiting_for_others == []


def test_the_number_of_questions_does_not_grow_with_the_duties(
    office: Office, three: dict[str, Duty], stood: StandingClock
) -> None:
    def asked(part: str) -> int:
        person = type(office[part]).objects.get(pk=office[part].pk)
        with CaptureQueriesContext(connection) as queries:
            bench = workbench(person)
            [row.duty.state_label for row in bench.mine]
        return len(queries)

    few = {part: asked(part) for part in ("owner", "asker", "third")}
    for _time in range(12):
        office.open(three["一天"].kind)
    assert {part: asked(part) for part in few} == few
    assert few["owner"] == 6  # memberships, duties, parts, their units, calendar, logs
