"""Questions about users, roles and units."""

from collections.abc import Iterable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Prefetch, Q, QuerySet

from lianshang.core import clock
from lianshang.core.accounts.choices import ADMINISTRATORS, UNITS_OF_ROLE, Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User

DEMO_PREFIX = (
    "demo."  # only accounts named so can be entered without a password, and only in a demo
)


def users_visible_to(user: User) -> QuerySet[User]:
    """Every user, for those who manage or audit accounts; nobody for others."""
    users = User.objects.all() if user.may("accounts.view") else User.objects.none()
    in_force = Membership.objects.in_force().select_related("unit").order_by("role", "unit__name")
    return users.prefetch_related(Prefetch("memberships", in_force, to_attr="roles_in_force"))


def units_visible_to(user: User) -> QuerySet[Unit]:
    """Every unit, for administrators; for others those they belong to."""
    if user.may("accounts.units"):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=user.unit_ids())


def open_memberships(user: User) -> QuerySet[Membership]:
    """Memberships that are or will be in force."""
    still = Q(until__isnull=True) | Q(until__gte=clock.today())
    return user.memberships.filter(still).select_related("unit").order_by("role", "unit__name")


def is_last_administrator(user: User, role: str) -> bool:
    """Whether nobody else who can sign in holds this administrator's role today."""
    if role not in ADMINISTRATORS:
        return False
    others = Membership.objects.in_force().filter(role=role, user__is_active=True)
    return not others.exclude(user=user).exists()


def unit_for(role: str, name: str) -> Unit | None:
    """The one active unit of that exact name in which the role can be held."""
    kinds = UNITS_OF_ROLE[role]
    found = Unit.objects.filter(name=name.strip(), is_active=True, kind__in=kinds)[:2]
    return found[0] if len(found) == 1 else None


def units_like(role: str, name: str, limit: int = 5) -> list[str]:
    """Names of units that hold the text, for a hint."""
    units = Unit.objects.filter(
        name__icontains=name.strip(), is_active=True, kind__in=UNITS_OF_ROLE[role]
    )
    return list(units.values_list("name", flat=True)[:limit])


def offices() -> list[str]:
    """Names of units other than enterprises: few enough to offer as a list."""
    units = Unit.objects.filter(is_active=True).exclude(kind=UnitKind.ENTERPRISE)
    return list(units.values_list("name", flat=True)[:500])


def demo_accounts(per_role: int = 4) -> list[tuple[str, list[Membership]]]:
    """For the sign-in page of a demo: by role, the first accounts that may be entered."""
    memberships = (
        Membership.objects.in_force()
        .filter(user__username__startswith=DEMO_PREFIX, user__is_active=True)
        .select_related("user", "unit")
        .order_by("user__username")
    )
    grouped = [(label, list(memberships.filter(role=role)[:per_role])) for role, label in _roles()]
    return [(label, found) for label, found in grouped if found]


def _roles() -> Iterable[tuple[str, str]]:
    business = [role for role in Role if role not in ADMINISTRATORS]
    return [(role.value, str(role.label)) for role in (*business, *sorted(ADMINISTRATORS))]


def demo_user(username: str) -> User | None:
    """The demo account of that name, if it may be entered."""
    if not username.startswith(DEMO_PREFIX):
        return None
    return User.objects.filter(username=username, is_active=True).first()


def has_second_factor(user: AbstractBaseUser) -> bool:
    from allauth.mfa.utils import is_mfa_enabled

    return bool(is_mfa_enabled(user))
