"""Telling the people concerned what happened to a duty, in the transaction in which it did."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from lianshang.core.accounts.choices import PERMISSIONS
from lianshang.core.accounts.models import Membership, User
from lianshang.core.notices.actions import notify
from lianshang.core.workflow.choices import Act, Audience, Urgency
from lianshang.core.workflow.models import Duty, Entry

SEEING = [role for role, held in PERMISSIONS.items() if "duties.view" in held]
SUPERVISING = [role for role, held in PERMISSIONS.items() if "duties.supervise" in held]

# Who hears of which act. Whoever did it is never told.
HEARS: dict[str, tuple[Audience, ...]] = {
    Act.OPEN: (Audience.OWNER, Audience.CO_OWNERS),
    Act.SUPPLY: (Audience.OWNER,),
    Act.PAUSE: (Audience.ASKER,),
    Act.EXTEND: (Audience.OWNER, Audience.ASKER),
    Act.PRESS: (Audience.OWNER, Audience.CO_OWNERS),
    Act.OBJECT: (Audience.SUPERVISORS,),
    Act.UPHOLD: (Audience.OWNER,),
    Act.OVERRULE: (Audience.OWNER,),
    Act.HAND_OVER: (Audience.OWNER,),
    Act.JOIN: (Audience.CO_OWNERS,),
    Act.CONTACT: (Audience.ASKER,),
    Act.REPORT: (Audience.ASKER,),
    Act.PROMISE: (Audience.ASKER,),
    Act.CLAIM: (Audience.ASKER,),
    Act.RETURN: (Audience.OWNER, Audience.CO_OWNERS),
    Act.CONFIRM: (Audience.OWNER, Audience.CO_OWNERS),
    Act.REOPEN: (Audience.OWNER, Audience.CO_OWNERS),
    Act.CANCEL: (Audience.OWNER, Audience.CO_OWNERS),
    Act.URGE: (Audience.OWNER, Audience.CO_OWNERS),
}


def tell(entry: Entry) -> int:
    """Notices about a row of the log; how many."""
    duty = Duty.objects.select_related("kind", "owner", "asker").get(pk=entry.duty_id)
    heard = audience(duty, HEARS.get(entry.act, ()))
    return tell_people(entry, duty, heard, str(duty.kind.table.act_label(entry.act)))


def tell_people(entry: Entry, duty: Duty, people: Iterable[User], what: str) -> int:
    """One notice each, however often it is asked for."""
    return notify(
        actor=entry.actor,
        recipients=[one for one in people if one.pk != entry.actor_id],
        kind="duties.escalated" if entry.act == Act.ESCALATE else "duties.changed",
        subject=_("%(what)s：%(title)s") % {"what": what, "title": duty.title},
        text=entry.reason or duty.text[:200],
        url=duty.get_absolute_url(),
        key=f"duty:{duty.pk}:{entry.number}",
        is_urgent=duty.urgency == Urgency.CRITICAL,
    )


def audience(duty: Duty, parts: Iterable[str], named: int | None = None) -> list[User]:
    """The people behind the parts, each once."""
    wanted = set(parts)
    units = {named} if Audience.UNIT in wanted and named else set()
    if Audience.OWNER in wanted:
        units.add(duty.owner_id)
    if Audience.ASKER in wanted:
        units.add(duty.asker_id)
    if Audience.ABOVE in wanted and duty.owner.parent_id:
        units.add(duty.owner.parent_id)
    if Audience.CO_OWNERS in wanted:
        units |= set(duty.parties.filter(part="co_owner").values_list("unit_id", flat=True))
    return members(units, with_supervisors=Audience.SUPERVISORS in wanted)


def members(units: Iterable[int], *, with_supervisors: bool = False) -> list[User]:
    """The people of units who may see duties, each once."""
    memberships = Membership.objects.in_force().filter(user__is_active=True)
    people = memberships.filter(unit_id__in=units, role__in=SEEING)
    if with_supervisors:
        people = people | memberships.filter(role__in=SUPERVISING)
    return list(User.objects.filter(pk__in=people.values("user")).order_by("pk"))
