"""An invented zone with duties: units, their people, kinds, and ways to every state."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import count
from typing import Any

from tests import factories
from tests.engines.worktime.china import at

from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.workflow.actions.duties import act_on, open_duty
from lianshang.core.workflow.actions.kinds import put_duty_kind
from lianshang.core.workflow.choices import Need
from lianshang.core.workflow.definitions import KindDefinition
from lianshang.core.workflow.models import Duty, DutyKind, Entry
from lianshang.core.workflow.writing import Details

MONDAY = at("2026-11-16 10:00")  # a week without holidays
_numbers = count(1)
CLOSE = {"clock": "close", "amount": 5, "unit": "working_days"}
CONTACT = {"clock": "contact", "amount": 4, "unit": "working_hours"}
STAGE = {"clock": "stage", "amount": 3, "unit": "working_days"}


def kind(flow: str = "task", **fields: Any) -> DutyKind:
    """A kind with the three clocks unless others are named."""
    fields = {"clocks": (CONTACT, STAGE, CLOSE), "name": "示例事项", **fields}
    code = fields.pop("code", f"example.k{next(_numbers)}")
    return put_duty_kind(
        actor=None,
        definition=KindDefinition.model_validate({"code": code, "flow": flow, **fields}),
    )


def member_of(unit: Unit, role: str = Role.OFFICE_STAFF, name: str = "") -> User:
    """Somebody who works there."""
    return factories.user(role, unit=unit, name=name or f"{unit.name}的")


def department(name: str, parent: Unit | None = None) -> Unit:
    return Unit.objects.create(kind=UnitKind.DEPARTMENT, name=name, parent=parent)


class Office:
    """Who can have to do with a duty, each with one person."""

    def __init__(self) -> None:
        self.owner, self.helper = department("示例规划局"), department("示例交警大队")
        self.asker, self.other = department("示例服务中心"), department("示例城管局")
        self.supervision = department("示例督查室")
        self.people = {
            "owner": member_of(self.owner),
            "co_owner": member_of(self.helper),
            "asker": member_of(self.asker),
            "stranger": member_of(self.other),
            "third": member_of(self.supervision, Role.SUPERVISOR),
        }
        both = member_of(self.owner, name="兼督办的")
        Membership.objects.create(user=both, unit=self.supervision, role=Role.SUPERVISOR)
        self.people["owner and supervisor"] = both

    def __getitem__(self, part: str) -> User:
        return self.people[part]

    def open(self, of_kind: DutyKind, **rest: Any) -> Duty:
        fields: dict[str, Any] = {
            "actor": self["asker"],
            "title": "东门早高峰拥堵",
            "owner": self.owner,
            "asker": self.asker,
            "co_owners": [self.helper],
        }
        return open_duty(kind=of_kind, **(fields | rest))

    @cached_property
    def told(self) -> dict[Need, Any]:
        """What satisfies each need."""
        return {
            Need.REASON: "写明了理由",
            Need.PROOF: "11 月 16 日电话告知",
            Need.UNIT: self.other.pk,
            Need.DAY: date(2026, 12, 18),
            Need.AMOUNT: 2,
            Need.URGENCY: "urgent",
        }

    def given(self, needs: tuple[Need, ...]) -> dict[str, Any]:
        """The arguments of an act that tell exactly this."""
        told = {need.value: self.told[need] for need in needs}
        reason = told.pop("reason", "")
        return {"reason": reason, "details": Details(**told)}

    def does(self, part: str, act: str, duty: Duty, needs: tuple[Need, ...] = ()) -> Entry:
        return act_on(actor=self[part], duty=duty, act=act, **self.given(needs))

    def says(self, part: str, act: str, duty: Duty, reason: str = "照办", **told: Any) -> Entry:
        """An act with a reason and these details."""
        return act_on(actor=self[part], duty=duty, act=act, reason=reason, details=Details(**told))

    def bring_to(self, state: str, duty: Duty) -> Duty:
        """Along the shortest way."""
        begins = "promise" if duty.kind.flow == "deed" else "accept"
        needs = (Need.DAY, Need.REASON) if begins == "promise" else ()
        working = [("owner", begins, needs)]
        claimed = [*working, ("owner", "claim", (Need.REASON, Need.PROOF))]
        sure = "asker" if duty.kind.flow in {"task", "request", "deed"} else "third"
        closed = [*claimed, (sure, "confirm", ())]
        ways: dict[str, list[tuple[str, str, tuple[Need, ...]]]] = {
            "waiting": [],
            "working": working,
            "paused": [*working, ("owner", "pause", (Need.REASON, Need.PROOF))],
            "objected": [("owner", "object", (Need.REASON,))],
            "claimed": claimed,
            "closed": closed,
            "published": [*closed, ("owner", "publish", ())],
            "cancelled": [("asker", "cancel", (Need.REASON,))],
        }
        for part, act, told in ways[state]:
            self.does(part, act, duty, told)
        duty.refresh_from_db()
        assert duty.state == state
        return duty


@dataclass(frozen=True)
class Moment:
    """Acts at a moment: `Moment("2026-11-17 10:00").does(office, "owner", "accept", duty)`."""

    text: str

    def does(self, office: Office, part: str, act: str, duty: Duty, **told: Any) -> Entry:
        with clock.moved_to(at(self.text)):
            return office.says(part, act, duty, **told)
