"""Who acts for the invented firms, and the shorthand by which the story calls verbs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lianshang.cli.demo.accounts import PASSWORD
from lianshang.cli.demo.duties import working_moment
from lianshang.cli.demo.founding import REASON

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from django.core.files.base import File

    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.policies.models import DeliveryCase
    from lianshang.core.accounts.models import Unit, User

CONTACTS = ("甲", "乙", "丙", "丁", "戊")
_PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Past:
    """The clock at working days before the demo's own moment."""

    def __init__(self, now: datetime) -> None:
        from lianshang.core import clock

        self.now, self.local = now, now.astimezone(clock.zone_time())

    def at(self, days: int, hour: float) -> AbstractContextManager[None]:
        from lianshang.core import clock

        return clock.moved_to(min(working_moment(self.local, days, hour), self.now))


def user(username: str) -> User:
    from lianshang.core.accounts.models import User

    return User.objects.get(username=username)


def unit(name: str) -> Unit:
    from lianshang.core.accounts.models import Unit

    return Unit.objects.get(name=name)


def demo_firm() -> Enterprise:
    from lianshang.apps.enterprises.models import Enterprise

    return Enterprise.objects.get(unit__memberships__user__username="demo.firm")


def engage(firms: Sequence[Enterprise]) -> dict[int, User]:
    """An account for each of these firms: firm → its person."""
    from lianshang.core.accounts.actions import create_user, grant_role

    people = {}
    for number, (firm, sign) in enumerate(zip(firms, CONTACTS, strict=False), start=1):
        person = create_user(
            actor=None,
            username=f"example.contact{number}",
            name=f"示例联系人{sign}（演示）",
            password=PASSWORD,
            reason=REASON,
        )
        grant_role(actor=None, user=person, unit=firm.unit, role="enterprise", reason=REASON)
        people[firm.pk] = person
    return people


def account(firm: Enterprise) -> Any:
    """An invented account: no bank has such a number."""
    from lianshang.apps.policies.actions.applications import Account

    return Account(f"99990000{firm.pk:08d}", firm.name, "示例银行高新支行（演示）")


def document(name: str) -> File[bytes]:
    """An empty PDF of this name."""
    from django.core.files.base import File

    return File(BytesIO(_PDF), name=f"{name}（演示）.pdf")


def review(username: str, cases: Sequence[DeliveryCase], deed: str, **told: Any) -> None:
    """One deed of an office with these cases; the story stops where one refuses."""
    from lianshang.apps.policies.actions.cases import review_cases

    for one in review_cases(actor=user(username), cases=cases, deed=deed, **told):
        if one.refused:
            message = f"{one.case.round.title}, {one.case.enterprise}, {deed}: {one.refused}"
            raise RuntimeError(message)
