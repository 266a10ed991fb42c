"""Values that firms supplied themselves and nobody has checked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianshang.apps.enterprises.choices import SourceKind
from lianshang.apps.enterprises.models import Enterprise, Fact, Quantity
from lianshang.apps.enterprises.queries.ledger import present_facts
from lianshang.apps.places.models import Zone
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User


def self_declared() -> QuerySet[Fact]:
    """All of them; the rule of `Fact.is_self_declared` as a question to the database."""
    return present_facts().filter(
        source__kind=SourceKind.FIRM, batch__isnull=True, checked__isnull=True
    )


def to_check(user: User) -> QuerySet[Fact]:
    """What waits to be checked about the firms a user sees, the newest value of each only."""
    later = self_declared().filter(
        Q(year=OuterRef("year")) | Q(year__isnull=True),
        enterprise=OuterRef("enterprise"),
        quantity=OuterRef("quantity"),
        pk__gt=OuterRef("pk"),
    )
    return (
        self_declared()
        .filter(enterprise__in=Enterprise.objects.visible_to(user))
        .filter(~Exists(later))
        .select_related("enterprise")
    )


def superseded_by(fact: Fact) -> QuerySet[Fact]:
    """Earlier unchecked values of the same thing."""
    return self_declared().filter(
        enterprise=fact.enterprise, quantity=fact.quantity, year=fact.year, pk__lt=fact.pk
    )


def checking_unit(enterprise: Enterprise, quantity: Quantity) -> Unit | None:
    """Who owes the check: the unit of the firm's officer, else the department that owns the
    quantity, else the zone.
    """
    serving = Membership.objects.in_force().filter(
        role=Role.SERVICE_OFFICER, user__in=enterprise.officers.in_force().values("user")
    )
    first = serving.select_related("unit").order_by("pk").first()
    if first:
        return first.unit
    owner = Unit.objects.filter(
        kind=UnitKind.DEPARTMENT, is_active=True, name=quantity.definition.get("owner", "")
    ).first()
    if owner:
        return owner
    zone = Zone.objects.filter(is_own=True).select_related("unit").first()
    return zone.unit if zone else None
