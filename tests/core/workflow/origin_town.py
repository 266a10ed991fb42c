"""The town with branches, a research team and an office that also supervises."""

from datetime import date
from typing import Any

from django.test import Client
from tests import factories
from tests.core.workflow.pages import Town

from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.models import Duty, DutyKind, Origin
from lianshang.core.workflow.writing import Details


class OriginTown(Town):
    """Two branches, the team that visits them, and the supervisors' room, which issues papers."""

    def __init__(self) -> None:
        super().__init__()
        self.team, self.team_client = self._body("示例党工妇团调研组")
        self.north, self.north_client = self._body("示例北园党支部")
        self.south, self.south_client = self._body("示例南园党支部")
        watcher = self.person(self.watch)
        Membership.objects.create(
            user=watcher, unit=self.watch, role=Role.OFFICE_STAFF, since=date(2026, 1, 1)
        )
        Membership.objects.update(since=date(2026, 1, 1))

    def person(self, unit: Unit) -> User:
        return User.objects.filter(memberships__unit=unit).distinct().get()

    def _body(self, name: str) -> tuple[Unit, Client]:
        unit = Unit.objects.create(kind=UnitKind.ORGANIZATION, name=name)
        client = Client()
        role = Role.ORGANIZATION_STAFF
        client.force_login(factories.user(role, unit=unit, name=f"{name}联络员"))
        return unit, client

    def act(self, unit: Unit, duty: Duty, act: str, reason: str = "", **told: Any) -> None:
        act_on(actor=self.person(unit), duty=duty, act=act, reason=reason, details=Details(**told))

    def sheet(self, **more: str) -> dict[str, str]:
        """A meeting as the office writes it down."""
        return {
            "request_key": "once",
            "title": "示例园区联席会第三次会议",
            "number": "第 3 次",
            "held_on": "2026-11-23",
            "lead": str(self.office.pk),
            "place": "示例大厦三楼",
            "issued_by": "示例分管负责同志",
            "present": "示例党建办、示例水务局",
            "attending": "示例物业公司",
            "text": "会议研究了东门积水等事项。",
            "rows": "3",
            **self.row(1),
            **self.row(2),
            **self.row(3),
            **more,
        }

    def row(self, number: int, kind: str = "decision", **more: str) -> dict[str, str]:
        """A row as it is sent; without more it is empty."""
        told = {"kind": str(DutyKind.objects.get(code=kind).pk), "urgency": "normal"}
        empty = {"title": "", "text": "", "owner": "", "co_owners": "", "close_by": ""}
        return {f"row{number}-{name}": value for name, value in (told | empty | more).items()}


def sent(client: Client, kind: str, fields: dict[str, str]) -> Origin:
    """The origin that a sheet makes."""
    answer = client.post(f"/duties/origins/new/{kind}/", fields)
    assert answer.status_code == 302, answer.content.decode()
    return Origin.objects.get(pk=answer["Location"].strip("/").rpartition("/")[2])
