"""Questions the register pages ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianshang.apps.enterprises.models import Enterprise, Fact, Quantity, ServiceOfficer, Source
from lianshang.apps.enterprises.queries.ledger import counting_facts, may_use
from lianshang.apps.places.models import Park
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.consent.choices import Use
from lianshang.engines.standards.industry import Level, all_industries

if TYPE_CHECKING:
    from collections.abc import Iterable


def parks_for(user: User) -> Iterable[tuple[int, str]]:
    """The parks of the zone as choices."""
    return Park.objects.order_by("name").values_list("pk", "name")


def sections() -> list[tuple[str, str]]:
    """The twenty sections of GB/T 4754-2017 as choices."""
    return [(one.code, f"{one.code} {one.name}") for one in all_industries(Level.SECTION)]


def in_section(rows: QuerySet[Any], letter: str) -> QuerySet[Any]:
    """Firms whose industry code lies in a section."""
    return rows.filter(industry_code__startswith=letter)


def served_by(rows: QuerySet[Any], whom: str) -> QuerySet[Any]:
    """`none`: firms nobody serves; `some`: firms somebody serves."""
    serving = ServiceOfficer.objects.in_force().filter(enterprise=OuterRef("pk"))
    return rows.filter(~Exists(serving) if whom == "none" else Exists(serving))


def own_enterprises(user: User) -> QuerySet[Enterprise]:
    """The firms a user acts for."""
    return Enterprise.objects.present().filter(unit__in=user.unit_ids(Role.ENTERPRISE))


def officers_of(enterprise: Enterprise) -> QuerySet[ServiceOfficer]:
    return enterprise.officers.in_force().select_related("user").order_by("since")


def recordable_quantities() -> QuerySet[Quantity]:
    """Quantities a person may enter: not retired, not derived."""
    return Quantity.objects.filter(is_retired=False).exclude(period="derived").order_by("label")


def recording_sources(user: User) -> QuerySet[Source]:
    """The sources a person records for: what staff check themselves, or what the firm supplies."""
    kinds = ["officer", "firm"] if user.may("facts.record") else ["firm"]
    return Source.objects.filter(kind__in=kinds).order_by("rank")


def titles_of(enterprise: Enterprise) -> list[Fact]:
    """The public titles a firm holds today."""
    held = counting_facts().filter(enterprise=enterprise, quantity__value_type="title", flag=True)
    in_validity = held.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=clock.today()))
    return list({fact.quantity_id: fact for fact in in_validity}.values())


def latest_fact(enterprise: Enterprise, quantity: Quantity) -> Fact | None:
    """The value most recently known, whatever its source, if it may be shown to staff."""
    facts = counting_facts().filter(enterprise=enterprise, quantity=quantity)
    usable = [
        fact for fact in facts.order_by("-year", "-observed_on") if may_use(fact, Use.SERVICE)
    ]
    return usable[0] if usable else None


def may_reveal_contact(user: User, enterprise: Enterprise) -> bool:
    """Those who keep the register, and the officer who serves the firm."""
    serves = ServiceOfficer.objects.in_force().filter(user=user, enterprise=enterprise)
    return user.may("enterprises.change") or serves.exists()
