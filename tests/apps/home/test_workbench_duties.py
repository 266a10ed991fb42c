"""The workbench: what one asks of another appears there with its due moment and its reason."""

from datetime import datetime
from unittest.mock import patch

import pytest
from django.test import Client
from tests import factories
from tests.core.workflow import office

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.workflow.actions.duties import act_on, open_duty
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.standing import Standing
from lianshang.core.workflow.writing import Details

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 9, day, hour, minute, tzinfo=clock.zone_time())


class Town:
    """Two departments with one person each, and a duty between them."""

    def __init__(self) -> None:
        self.asking, self.doing = office.department("示例服务中心"), office.department("示例规划局")
        with clock.moved_to(at(1, 9)):  # they have been at work for a while
            self.asker, self.doer = office.member_of(self.asking), office.member_of(self.doing)
        with clock.moved_to(at(29, 16, 40)):
            self.duty: Duty = open_duty(
                actor=self.asker,
                kind=office.kind(clocks=({**office.CLOSE, "amount": 3},), name="示例交办"),
                title="北门没有斑马线",
                owner=self.doing,
                asker=self.asking,
            )


def first_page(client: Client, person: User, moment: datetime, show: str = "") -> str:
    client.force_login(person)
    with clock.moved_to(moment):
        return client.get("/", {"show": show} if show else {}).content.decode()


def test_what_is_asked_appears_with_its_due_moment_and_reason(client: Client) -> None:
    town = Town()
    page = first_page(client, town.doer, at(30, 9))
    assert "北门没有斑马线" in page
    assert ">10-09 周五</time>" in page
    assert "办结 3 个工作日：09-29 起，周六日、国庆节不计" in page
    assert "0 件今天到期 · 0 件等对方" in page
    assert "北门没有斑马线" not in first_page(client, factories.office(), at(30, 9))


def test_the_head_line_counts_what_presses(client: Client) -> None:
    town = Town()
    ninth = datetime(2026, 10, 9, 9, tzinfo=clock.zone_time())
    page = first_page(client, town.doer, ninth)
    assert "1 件今天到期" in page
    assert ">今天 16:40</time>" in page
    late = first_page(client, town.doer, ninth.replace(hour=16, minute=41))
    assert "1 件已超期" in late


def test_each_tab_asks_something_else_of_the_person(client: Client) -> None:
    town = Town()
    assert "北门没有斑马线" in first_page(client, town.asker, at(30, 9), "asked")
    with clock.moved_to(at(30, 9)):
        act_on(actor=town.doer, duty=town.duty, act="accept")
        act_on(actor=town.doer, duty=town.duty, act="claim", reason="已划线。")
    assert "北门没有斑马线" in first_page(client, town.asker, at(30, 10), "confirm")
    assert "没有在等别人的事" in first_page(client, town.asker, at(30, 10), "asked")
    assert "1 件等对方" in first_page(client, town.doer, at(30, 10))


def test_what_was_handed_over_stays_in_sight(client: Client) -> None:
    town, next_one = Town(), office.department("示例城管局")
    with clock.moved_to(at(30, 9)):
        details = Details(unit=next_one.pk)
        act_on(actor=town.doer, duty=town.duty, act="hand_over", reason="归城管", details=details)
    assert "没有要您办的事" in first_page(client, town.doer, at(30, 10))
    assert "北门没有斑马线" in first_page(client, town.doer, at(30, 10), "former")


def test_the_page_shows_what_the_engine_answers(client: Client) -> None:
    town = Town()
    with patch.object(Standing, "is_overdue", lambda self, now: True):
        assert "1 件已超期" in first_page(client, town.doer, at(30, 9))
    assert "件已超期" not in first_page(client, town.doer, at(30, 9))
