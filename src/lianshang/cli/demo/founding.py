"""An empty zone made ready: catalogue, sources, policies, bodies, parks, people who can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianshang.cli.demo.accounts import (
    COMMITTEE,
    DEMO_FIRM,
    OPERATOR,
    PASSWORD,
    SOURCE_OWNERS,
    UNITS,
    DemoAccount,
    accounts,
)
from lianshang.cli.demo.zone import LIES_IN_WEST, PARKS, ZONE_NAME, ZONE_PROVINCE
from lianshang.cli.founding import sync_library

if TYPE_CHECKING:
    from lianshang.cli.demo.sizes import Scale
    from lianshang.core.accounts.models import Unit, User

REASON = "演示数据"


def found_zone(scale: Scale) -> User:
    """Make the zone with its people; the member of staff who will import the registers."""
    sync_library()
    units = _make_units()
    _make_places(units, scale)
    _give_sources_owners(units)
    users = {one.username: _make_user(one, units) for one in accounts(scale)}
    return users["demo.office"]


def admit_firm(credit_code: str) -> Unit:
    """Let the firm's account into its firm, and let the zone use its tax data to serve it."""
    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.core.accounts.actions import grant_role
    from lianshang.core.accounts.models import User
    from lianshang.core.consent.actions import give_consent
    from lianshang.core.consent.choices import Use

    unit = Enterprise.objects.select_related("unit").get(credit_code=credit_code).unit
    account = next(one for one in accounts_of_firm())
    user = User.objects.get(username=account.username)
    grant_role(actor=None, user=user, unit=unit, role=account.role, reason=REASON)
    give_consent(actor=user, owner=unit, purpose=Use.SERVICE, subject="tax", reason=REASON)
    return unit


def accounts_of_firm() -> list[DemoAccount]:
    """Accounts that wait for the register to name their firm."""
    from lianshang.cli.demo.accounts import ACCOUNTS

    return [one for one in ACCOUNTS if one.unit == DEMO_FIRM]


def _make_units() -> dict[str, Unit]:
    from lianshang.core.accounts.actions import create_unit
    from lianshang.core.accounts.choices import UnitKind

    committee = create_unit(actor=None, kind=UnitKind.ZONE, name=COMMITTEE, reason=REASON)
    units = {COMMITTEE: committee}
    for one in UNITS:
        parent = committee if one.kind == UnitKind.DEPARTMENT else None
        units[one.name] = create_unit(
            actor=None, kind=one.kind, name=one.name, parent=parent, reason=REASON
        )
    return units


def _make_places(units: dict[str, Unit], scale: Scale) -> None:
    from lianshang.apps.places.actions import found_zone as register_zone
    from lianshang.apps.places.actions import save_park

    register_zone(
        actor=None,
        name=ZONE_NAME,
        unit=units[COMMITTEE],
        province=ZONE_PROVINCE,
        in_west=LIES_IN_WEST,
        reason=REASON,
    )
    for park in PARKS[: scale.parks]:
        operator = units[OPERATOR] if park is PARKS[0] else None
        save_park(actor=None, name=park.name, kind=park.kind, operator=operator, reason=REASON)


def _give_sources_owners(units: dict[str, Unit]) -> None:
    from lianshang.apps.enterprises.actions.catalogue import change_source
    from lianshang.apps.enterprises.models import Source

    for code, owner in SOURCE_OWNERS.items():
        source = Source.objects.get(code=code)
        change_source(actor=None, source=source, changes={"owner": units[owner]}, reason=REASON)


def _make_user(account: DemoAccount, units: dict[str, Unit]) -> User:
    from lianshang.core.accounts.actions import create_user, grant_role

    user = create_user(
        actor=None,
        username=account.username,
        name=account.name,
        password=PASSWORD,
        reason=REASON,
    )
    if account.unit != DEMO_FIRM:
        unit = units[account.unit]
        grant_role(actor=None, user=user, unit=unit, role=account.role, reason=REASON)
    return user
