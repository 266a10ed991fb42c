"""The smallest things a test needs: an invented zone, its people, its firms, its sources."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from lianshang.apps.enterprises.actions.catalogue import add_missing_sources, sync_catalogue
from lianshang.apps.enterprises.actions.facts import record_fact
from lianshang.apps.enterprises.models import Enterprise, Fact, Quantity, Source
from lianshang.apps.places.models import Zone
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Membership, Unit, User
from lianshang.core.policy_files import default_folder, read_yaml

_numbers = count(1)


def zone(*, in_west: bool | None = None) -> Zone:
    """The zone, its catalogue and its sources."""
    sync_catalogue(
        actor=None, definitions=read_yaml(default_folder() / "catalogue.yaml")["quantities"]
    )
    add_missing_sources(
        actor=None, definitions=read_yaml(default_folder() / "sources.yaml")["sources"]
    )
    unit = Unit.objects.create(kind=UnitKind.ZONE, name="示例高新区管委会")
    return Zone.objects.create(name="示例高新区", unit=unit, is_own=True, in_west=in_west)


def user(role: str, *, unit: Unit | None = None, name: str = "演示人员") -> User:
    """Somebody with one role; the unit is a department where none is given."""
    number = next(_numbers)
    person = User.objects.create_user(
        f"{role}{number}", "示例-passphrase-9", name=f"{name}{number}"
    )
    unit = unit or Unit.objects.create(kind=UnitKind.DEPARTMENT, name=f"示例部门{number}")
    Membership.objects.create(user=person, unit=unit, role=role)
    return person


def office() -> User:
    return user(Role.OFFICE_STAFF)


def firm(name: str = "", **columns: Any) -> Enterprise:
    """An invented enterprise with its unit."""
    name = name or f"示例企业{next(_numbers)}有限公司"
    unit = Unit.objects.create(kind=UnitKind.ENTERPRISE, name=name)
    return Enterprise.objects.create(unit=unit, name=name, name_key=name, match_key=name, **columns)


def fact(
    enterprise: Enterprise,
    code: str,
    value: Decimal | int | bool | str | date,
    *,
    source: str = "firm",
    **rest: Any,
) -> Fact:
    """One value, recorded as the program records it; integers become numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    return record_fact(
        actor=None,
        enterprise=enterprise,
        quantity=Quantity.objects.get(code=code),
        value=value,
        source=Source.objects.get(code=source),
        **rest,
    )
