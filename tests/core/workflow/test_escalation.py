"""The ladder really is climbed: by schedule, rung by rung, each once, logged, with people told."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from procrastinate.contrib.django import app
from tests.core.workflow.office import Office, department, kind, member_of
from tests.engines.worktime.china import at

from lianshang.core import clock
from lianshang.core.clock import StandingClock
from lianshang.core.notices.models import Notice
from lianshang.core.workflow.actions import escalation
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.tasks import escalate_all

pytestmark = pytest.mark.django_db
DAY = {"amount": 1, "unit": "working_days"}
LADDER: tuple[dict[str, Any], ...] = (
    {"code": "soon", "side": "before", "audience": "owner", "text": "一个工作日内到期", **DAY},
    {"code": "late", "side": "after", "audience": "owner", "text": "已超期"},
    {"code": "asker", "side": "after", "audience": "asker", "text": "您交办的事项已超期"},
    {"code": "above", "side": "after", "audience": "above", "text": "报上级单位", **DAY},
    {
        **{"code": "supervisors", "side": "after", "audience": "supervisors", "text": "转督办"},
        **{"amount": 3, "unit": "working_days"},
    },
)
CLOSE = {"clock": "close", "amount": 5, "unit": "working_days"}
SECOND = timedelta(seconds=1)


@pytest.fixture
def stood() -> Iterator[StandingClock]:
    with clock.standing_at(at("2026-11-16 10:00")) as standing:
        yield standing


@pytest.fixture
def duty(office: Office, stood: StandingClock) -> Duty:
    """Opened on Monday the 16th at 10:00, due on Monday the 23rd at 10:00."""
    office.owner.parent = department("示例建设局")
    office.owner.parent.save()
    office.owner.save()
    stood.move_to(at("2025-01-02 09:00"))
    office.people["above"] = member_of(office.owner.parent)
    stood.move_to(at("2026-11-16 10:00"))
    return office.open(kind(clocks=(CLOSE,), ladder=LADDER))


def rungs(duty: Duty) -> list[str]:
    return [row.data["rung"] for row in duty.log.filter(act="escalate")]


def test_the_schedule_knows_it() -> None:
    task = app.periodic_registry.periodic_tasks["workflow.escalate", ""]
    assert task.cron == "*/5 * * * *"
    assert task.task.func is escalate_all.func


def test_each_rung_at_its_working_moment(duty: Duty, stood: StandingClock) -> None:
    for moment, expected in (
        ("2026-11-20 10:00", []),  # a working day before the Monday: due a moment later
        ("2026-11-20 10:01", ["soon"]),
        ("2026-11-21 12:00", ["soon"]),  # Saturday
        ("2026-11-23 10:00", ["soon"]),
        ("2026-11-23 10:01", ["soon", "asker", "late"]),
        ("2026-11-24 10:00", ["soon", "asker", "late"]),
        ("2026-11-24 10:01", ["soon", "asker", "late", "above"]),
        ("2026-11-26 10:00", ["soon", "asker", "late", "above"]),
        ("2026-11-26 10:01", ["soon", "asker", "late", "above", "supervisors"]),
        ("2026-12-26 10:01", ["soon", "asker", "late", "above", "supervisors"]),
    ):
        stood.move_to(at(moment) - SECOND if moment.endswith("00") else at(moment))
        for _time in range(2):
            escalate_all()
            assert rungs(duty) == expected, moment


def test_a_rung_is_logged_with_its_reason_and_changes_nothing(
    duty: Duty, stood: StandingClock
) -> None:
    stood.move_to(at("2026-11-23 10:01"))
    escalate_all()
    row = duty.log.get(reason="已超期")
    assert (row.act, row.actor, row.from_state, row.to_state) == (
        "escalate",
        None,
        "waiting",
        "waiting",
    )
    assert row.data["rung"] == "late"
    assert row.data["clock"] == "close"
    assert row.data["due"].startswith("2026-11-23T10:00:00")


def test_after_a_week_out_of_order_every_missed_rung_once_and_nothing_that_came_too_late(
    duty: Duty, stood: StandingClock
) -> None:
    """“Due soon” would be untrue by then."""
    stood.move_to(at("2026-11-27 10:00"))
    escalate_all()
    escalate_all()
    assert sorted(rungs(duty)) == ["above", "asker", "late", "supervisors"]


def test_the_right_people_are_told_once(office: Office, duty: Duty, stood: StandingClock) -> None:
    for moment in ("2026-11-20 10:01", "2026-11-23 10:01", "2026-11-24 10:01", "2026-11-26 10:01"):
        stood.move_to(at(moment))
        escalate_all()
        escalate_all()
    told = Notice.objects.filter(kind="duties.escalated").order_by("created_at")
    heard = {
        part: [one.text for one in told if one.recipient == person]
        for part, person in office.people.items()
    }
    assert heard == {
        "owner": ["一个工作日内到期", "已超期"],
        "owner and supervisor": ["一个工作日内到期", "已超期", "转督办"],
        "asker": ["您交办的事项已超期"],
        "above": ["报上级单位"],
        "third": ["转督办"],
        "co_owner": [],
        "stranger": [],
    }
    assert told[0].subject == "一个工作日内到期：东门早高峰拥堵"
    assert told[0].url == duty.get_absolute_url()


def test_a_paused_duty_is_never_late_and_goes_on_from_where_it_stood(
    office: Office, duty: Duty, stood: StandingClock
) -> None:
    office.says("owner", "accept", duty)
    office.says("owner", "pause", duty, proof="已函告")
    stood.move_to(at("2026-12-20 10:00"))
    escalate_all()
    assert rungs(duty) == []
    stood.move_to(at("2026-12-21 10:00"))
    office.says("owner", "resume", duty)
    for moment, expected in (
        ("2026-12-24 10:00", []),
        ("2026-12-25 10:01", ["soon"]),
        ("2026-12-28 10:01", ["soon", "asker", "late"]),
    ):
        stood.move_to(at(moment))
        escalate_all()
        assert rungs(duty) == expected


def test_an_extension_sets_the_ladder_up_again(
    office: Office, duty: Duty, stood: StandingClock
) -> None:
    stood.move_to(at("2026-11-20 10:01"))
    escalate_all()
    office.says("third", "extend", duty, amount=2)  # to Wednesday the 25th
    for moment, expected in (
        ("2026-11-23 10:01", ["soon"]),
        ("2026-11-24 10:01", ["soon", "soon"]),
        ("2026-11-25 10:01", ["soon", "soon", "asker", "late"]),
    ):
        stood.move_to(at(moment))
        escalate_all()
        assert rungs(duty) == expected
    assert Notice.objects.filter(recipient=office["owner"], text="一个工作日内到期").count() == 2


def test_who_answered_in_time_is_left_in_peace(
    office: Office, duty: Duty, stood: StandingClock
) -> None:
    office.bring_to("claimed", duty)
    stood.move_to(at("2026-12-21 10:00"))
    escalate_all()
    assert rungs(duty) == []
    office.says("asker", "return", duty)  # 5 working days are left
    stood.move_to(at("2026-12-28 10:01"))
    escalate_all()
    assert rungs(duty) == ["asker", "late"]


def test_a_duty_that_ended_is_over(office: Office, duty: Duty, stood: StandingClock) -> None:
    office.says("asker", "cancel", duty)
    stood.move_to(at("2026-12-21 10:00"))
    escalate_all()
    assert rungs(duty) == []


def test_one_duty_that_fails_does_not_keep_the_others_waiting(
    office: Office, duty: Duty, stood: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = office.open(duty.kind)
    tell = escalation.tell_people

    def fails_for_the_first(entry: Any, told: Duty, *rest: Any) -> int:
        if told.pk == duty.pk:
            raise RuntimeError("短信网关的设置坏了")
        return tell(entry, told, *rest)

    stood.move_to(at("2026-11-23 10:01"))
    monkeypatch.setattr(escalation, "tell_people", fails_for_the_first)
    with pytest.raises(ExceptionGroup) as failed:
        escalate_all()
    monkeypatch.undo()
    assert [str(one) for one in failed.value.exceptions] == ["短信网关的设置坏了"]
    assert rungs(duty) == []  # nothing half done
    assert sorted(rungs(other)) == ["asker", "late"]
    escalate_all()
    assert sorted(rungs(duty)) == sorted(rungs(other))


def test_finding_what_is_late_asks_the_same_number_of_questions_for_many(
    office: Office, duty: Duty, stood: StandingClock, django_assert_num_queries: Any
) -> None:
    for _time in range(20):
        office.open(duty.kind)
    with django_assert_num_queries(5):  # duties, ladders, logs, calendar, rungs that were logged
        escalate_all()
