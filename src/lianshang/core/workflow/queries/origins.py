"""Questions about where duties come from: what a kind of origin may start, who may do what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit, User
from lianshang.core.workflow.choices import ENDED, OPEN, FlowName, OriginKind
from lianshang.core.workflow.models import Duty, DutyKind, Origin
from lianshang.core.workflow.queries.standings import standings
from lianshang.core.workflow.queries.workbench import Row, rows_of

# The flows of the duties that may follow from each kind, the usual one first.
FLOWS_OF: dict[str, tuple[str, ...]] = {
    OriginKind.MEETING: (FlowName.TASK, FlowName.DEED),
    OriginKind.INSTRUCTION: (FlowName.INSTRUCTION,),
    OriginKind.INSPECTION: (FlowName.RECTIFICATION,),
    OriginKind.RESEARCH: (FlowName.REQUEST, FlowName.DEED, FlowName.TASK),
}
USUAL_KINDS: dict[str, str] = {
    OriginKind.MEETING: "decision",
    OriginKind.INSTRUCTION: "instruction",
    OriginKind.INSPECTION: "rectification",
    OriginKind.RESEARCH: "request",
}
# Without a duty there would be nothing to settle.
NEEDS_DUTIES = frozenset({OriginKind.INSTRUCTION, OriginKind.INSPECTION})
# Whoever met or asked leads the matter and may end it; what comes from above only supervisors end.
OF_ONES_OWN = frozenset({OriginKind.MEETING, OriginKind.RESEARCH})
OFFICIALS = (Role.OFFICE_STAFF, Role.SUPERVISOR)


def kinds_for(user: User) -> list[OriginKind]:
    """What the user may register: instructions and inspections belong to offices."""
    if not user.may("duties.open"):
        return []
    return [one for one in OriginKind if one in OF_ONES_OWN or user.has_role(*OFFICIALS)]


def duty_kinds_for(kind: str) -> list[DutyKind]:
    """The kinds of duties that may follow, the usual one first."""
    found = DutyKind.objects.filter(is_active=True, flow__in=FLOWS_OF[kind])
    return sorted(found, key=lambda one: (one.code != USUAL_KINDS[kind], one.name, one.pk))


def bodies() -> QuerySet[Unit]:
    """Units that can lead, own or help: few enough to offer as a list."""
    return Unit.objects.filter(is_active=True).exclude(kind=UnitKind.ENTERPRISE)


def own_units(user: User) -> QuerySet[Unit]:
    """In whose name the user may ask."""
    return Unit.objects.filter(pk__in=user.unit_ids(), is_active=True).order_by("name", "pk")


def leads_for(user: User, kind: str) -> QuerySet[Unit]:
    """Who may be named as leading it: for a meeting or a visit, the units of whoever writes."""
    if kind in OF_ONES_OWN and not user.may("duties.supervise"):
        return own_units(user)
    return bodies()


def may_add(user: User, origin: Origin) -> bool:
    """Whether the user may add duties to it."""
    return user.may("duties.open") and not origin.is_settled and is_in_charge(user, origin)


def may_settle(user: User, origin: Origin) -> bool:
    """Whether the user may end it (销号), or open it again."""
    if user.may("duties.supervise"):
        return True
    leads = origin.lead_id in user.unit_ids() and user.may("duties.handle")
    return leads and origin.kind in OF_ONES_OWN


def is_in_charge(user: User, origin: Origin) -> bool:
    units = user.unit_ids()
    wrote_or_leads = origin.written_by_unit_id in units or (
        origin.lead_id in units and origin.kind in OF_ONES_OWN
    )
    return wrote_or_leads or user.may("duties.supervise")


def open_duties(origin: Origin) -> list[Duty]:
    """What keeps it from being settled."""
    return list(origin.duties.still_open().select_related("kind", "owner").order_by("pk"))


def with_counts(origins: QuerySet[Origin]) -> QuerySet[Origin]:
    """With `total`, `ended`: of its duties."""
    return origins.annotate(
        total=Count("duties"), ended=Count("duties", filter=Q(duties__state__in=ENDED))
    )


def overdue_by_origin(origins: QuerySet[Origin]) -> dict[int, int]:
    """How many duties of each origin are overdue now."""
    rows = Duty.objects.filter(origin__in=origins.order_by().values("pk"), state__in=OPEN)
    duties, now, found = list(rows), clock.now(), dict[int, int]()
    read = standings(duties)
    for duty in duties:
        if duty.origin_id and read[duty.pk].is_overdue(now):
            found[duty.origin_id] = found.get(duty.origin_id, 0) + 1
    return found


@dataclass(frozen=True)
class Progress:
    """How far the duties of an origin are."""

    total: int
    ended: int
    overdue: int

    @property
    def is_done(self) -> bool:
        return self.ended == self.total


def progress_of(rows: Iterable[Row]) -> Progress:
    found = list(rows)
    ended = sum(row.duty.state in ENDED for row in found)
    return Progress(len(found), ended, sum(row.is_overdue for row in found))


def rows_from(origin: Origin) -> list[Row]:
    """The duties of an origin in the order in which they were written."""
    duties = origin.duties.select_related("kind", "owner", "asker").prefetch_related(
        "parties__unit"
    )
    return sorted(rows_of(duties), key=lambda row: row.duty.pk)
