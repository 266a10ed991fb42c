"""Two people, or one request sent twice, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from tests.core.workflow.office import Office, kind

from lianshang.core.notices.models import Notice
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.actions.escalation import escalate
from lianshang.core.workflow.models import Duty, Entry

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """What each gave, or the refusal; all start together, each on a connection of its own."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> Any:
        start.wait()
        try:
            return deed()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_the_same_opening_sent_at_once_opens_one_duty(office: Office) -> None:
    of_kind = kind()
    duties = at_once(*[lambda: office.open(of_kind, request_key="r1") for _ in range(4)])
    assert len({duty.pk for duty in duties}) == 1
    assert Duty.objects.count() == Entry.objects.count() == 1
    assert Notice.objects.filter(recipient=office["owner"]).count() == 1


def test_the_same_act_sent_at_once_is_done_once(office: Office) -> None:
    duty = office.open(kind())
    accept = lambda: act_on(  # noqa: E731
        actor=office["owner"], duty=duty, act="accept", request_key="r2"
    )
    entries = at_once(*[accept] * 4)
    assert len({entry.pk for entry in entries}) == 1
    assert list(duty.log.values_list("act", flat=True)) == ["open", "accept"]


def test_of_two_people_one_wins_and_the_other_is_told_why(office: Office) -> None:
    duty = office.bring_to("claimed", office.open(kind()))
    found = at_once(
        lambda: act_on(actor=office["asker"], duty=duty, act="confirm"),
        lambda: act_on(actor=office["third"], duty=duty, act="return", reason="还没修好"),
    )
    refused = [one for one in found if isinstance(one, ValidationError)]
    done = [one for one in found if isinstance(one, Entry)]
    assert (len(refused), len(done)) == (1, 1)
    stands = {"confirm": "已办结", "return": "办理中"}[done[0].act]
    wanted = {"confirm": "退回重办", "return": "确认办结"}[done[0].act]
    assert refused[0].messages == [f"现在是“{stands}”，不能{wanted}。请刷新页面看最新状态。"]
    assert duty.log.count() == 4


def test_two_workers_at_once_climb_each_rung_once(office: Office) -> None:
    late = {"code": "late", "side": "after", "audience": "owner", "text": "已超期"}
    at_once_due = {"clock": "close", "amount": 0, "unit": "natural_hours"}
    duty = office.open(kind(clocks=(at_once_due,), ladder=(late,)))
    assert sorted(at_once(*[lambda: escalate(actor=None, duty=duty)] * 3)) == [0, 0, 1]
    assert duty.log.filter(act="escalate").count() == 1
    assert Notice.objects.filter(kind="duties.escalated", recipient=office["owner"]).count() == 1
