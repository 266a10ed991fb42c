"""The one place that writes a duty's log, and what the duty's row repeats of it."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from lianshang.core import clock, events
from lianshang.core.accounts.models import User
from lianshang.core.workflow.choices import Act, Part
from lianshang.core.workflow.events import DutyChanged
from lianshang.core.workflow.models import Duty, DutyParty, Entry


@dataclass(frozen=True)
class Details:
    """What an act was told, beyond its reason. Units are keys; files are keys of attachments."""

    unit: int | None = None
    units: tuple[int, ...] = ()
    day: date | None = None
    amount: int | None = None
    urgency: str | None = None
    proof: str = ""
    files: tuple[int, ...] = ()
    clocks: dict[str, dict[str, Any]] | None = None
    rung: str | None = None
    clock: str | None = None
    due: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Only what was said."""
        said = {name: value for name, value in asdict(self).items() if value not in (None, "", ())}
        if self.day:
            said["day"] = self.day.isoformat()
        return said


NOTHING = Details()


def append(
    duty: Duty,
    *,
    act: str,
    to_state: str,
    actor: User | None,
    reason: str = "",
    details: Details = NOTHING,
    request_key: str | None = None,
) -> Entry:
    """Add a row to the log of a duty whose row is locked, and bring the duty's row in line."""
    last = Entry.objects.filter(duty=duty).order_by("-number").first()
    now = clock.now()
    entry = Entry.objects.create(
        duty=duty,
        number=last.number + 1 if last else 1,
        act=act,
        at=max(now, last.at) if last else now,  # servers' clocks differ a little; a log does not
        actor=actor,
        from_state=last.to_state if last else "",
        to_state=to_state,
        reason=reason,
        data=details.as_json(),
        request_key=request_key,
    )
    _mirror(duty, entry)
    events.publish(DutyChanged(duty.pk, entry.act, entry.number))
    return entry


def _mirror(duty: Duty, entry: Entry) -> None:
    data = entry.data
    duty.state = entry.to_state
    duty.urgency = data.get("urgency", duty.urgency)
    if entry.act in {Act.OPEN, Act.UPHOLD, Act.HAND_OVER} and data.get("unit"):
        _change_owner(duty, data["unit"], is_first=entry.act == Act.OPEN)
    if entry.act == Act.JOIN:
        DutyParty.objects.get_or_create(duty=duty, unit_id=data["unit"], part=Part.CO_OWNER)
    elif entry.act == Act.LEAVE:
        DutyParty.objects.filter(duty=duty, unit_id=data["unit"], part=Part.CO_OWNER).delete()
    elif entry.act == Act.OPEN:
        for unit in data.get("units", ()):
            DutyParty.objects.get_or_create(duty=duty, unit_id=unit, part=Part.CO_OWNER)
        DutyParty.objects.get_or_create(duty=duty, unit_id=duty.asker_id, part=Part.ASKER)
    duty.save(update_fields=["state", "urgency", "owner"])


def _change_owner(duty: Duty, unit: int, *, is_first: bool) -> None:
    if not is_first and duty.owner_id != unit:
        DutyParty.objects.get_or_create(duty=duty, unit_id=duty.owner_id, part=Part.FORMER)
    owners_or_helpers = DutyParty.objects.filter(duty=duty)
    owners_or_helpers.filter(part=Part.OWNER).exclude(unit_id=unit).delete()
    owners_or_helpers.filter(part__in=(Part.FORMER, Part.CO_OWNER), unit_id=unit).delete()
    DutyParty.objects.get_or_create(duty=duty, unit_id=unit, part=Part.OWNER)
    duty.owner_id = unit
