"""What the tests of duties' pages share: an office, a department, their people, clean text."""

import html
import re
from datetime import date, datetime
from typing import Any

from django.test import Client
from tests import factories

from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.workflow.actions.builtin import add_missing_kinds
from lianshang.core.workflow.actions.duties import open_duty
from lianshang.core.workflow.models import Duty, DutyKind


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """2026-11-23 is a Monday. Half a minute past, so that no microsecond changes a minute."""
    return datetime(2026, month, day, hour, minute, 30, tzinfo=clock.zone_time())


def text(answer: Any) -> str:
    """The words of a page without its marks, single-spaced."""
    words = re.sub(r"<(script|style|head).*?</\1>", " ", answer.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", words))).strip()


class Town:
    """An office that asks, a department that does, another one, and a supervisor."""

    def __init__(self) -> None:
        add_missing_kinds(actor=None)
        self.office, self.office_client = self._place("示例党建办")
        self.water, self.water_client = self._place("示例水务局")
        self.roads, self.roads_client = self._place("示例市政局")
        self.watch, self.watch_client = self._place("示例督查室", Role.SUPERVISOR)
        Membership.objects.update(since=date(2026, 1, 1))  # the stories play in November 2026

    def _place(self, name: str, role: str = Role.OFFICE_STAFF) -> tuple[Unit, Client]:
        unit = Unit.objects.create(kind=UnitKind.DEPARTMENT, name=name)
        client = Client()
        client.force_login(factories.user(role, unit=unit, name=f"{name}人员"))
        return unit, client

    def person(self, unit: Unit) -> User:
        return User.objects.get(memberships__unit=unit)

    def duty(self, title: str = "示例东门积水", kind: str = "request", **more: Any) -> Duty:
        told = {"owner": self.water, "asker": self.office, **more}
        return open_duty(
            actor=self.person(told["asker"]),
            kind=DutyKind.objects.get(code=kind),
            title=title,
            **told,
        )

    def form(self, **more: str) -> dict[str, str]:
        """The form of a new duty as the office fills it."""
        return {
            "kind": str(DutyKind.objects.get(code="request").pk),
            "urgency": "normal",
            "title": "示例东门积水",
            "text": "雨后积水没过脚踝。",
            "owner": "示例水务局",
            "co_owners": "",
            "asker": str(self.office.pk),
            "close_by": "",
            "request_key": "once",
            **more,
        }


def do(client: Client, duty: Duty, act: str, **told: str) -> Any:
    """Fill and send the form of an act."""
    return client.post(f"/duties/{duty.pk}/acts/{act}/", {"reason": "", **told})
