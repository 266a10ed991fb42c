"""The zone in which a story happens: its bodies and people, and what was there before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from lianshang.story.grammar import Person, Story
from lianshang.story.page import key
from lianshang.story.problems import StoryBroken

if TYPE_CHECKING:
    from lianshang.core.accounts.models import Unit

REASON = "story"
PASSWORD = "story-passphrase-2026"  # of invented people in a database that is thrown away


def found(story: Story) -> None:
    """The zone, its units and its people; who belongs to a firm is admitted after the scenery."""
    from lianshang.apps.places.actions import found_zone
    from lianshang.core.accounts.actions import create_unit, create_user
    from lianshang.core.accounts.choices import UnitKind

    committee = create_unit(actor=None, kind=UnitKind.ZONE, name=committee_of(story), reason=REASON)
    found_zone(
        actor=None, name=story.zone, unit=committee, province="", in_west=None, reason=REASON
    )
    for one in story.units:
        if one.kind not in UnitKind.values:
            raise StoryBroken(
                f"{story.file}: “{one.kind}” is no kind of unit: {'、'.join(UnitKind.values)}."
            )
        parent = committee if one.kind == UnitKind.DEPARTMENT else None
        create_unit(actor=None, kind=one.kind, name=one.name, parent=parent, reason=REASON)
    for person in story.people.values():
        create_user(
            actor=None,
            username=person.username,
            name=person.name,
            password=PASSWORD,
            email=email_of(person),
            reason=REASON,
        )


def admit(story: Story) -> None:
    """Give each person the role in the unit, which the scenery may have brought."""
    from django.core.exceptions import ValidationError

    from lianshang.core.accounts.actions import grant_role
    from lianshang.core.accounts.choices import UNITS_OF_ROLE
    from lianshang.core.accounts.models import User

    for person in story.people.values():
        if person.role not in UNITS_OF_ROLE:
            _refuse(story, person, f"“{person.role}” is no role: {'、'.join(UNITS_OF_ROLE)}")
        user = User.objects.get(username=person.username)
        try:
            grant_role(
                actor=None,
                user=user,
                unit=_unit_of(story, person),
                role=person.role,
                reason=REASON,
            )
        except ValidationError as error:
            _refuse(story, person, " ".join(error.messages))


def scenery_names() -> frozenset[str]:
    """The name of everything that is there before the first step, as `expect row` compares it."""
    from django.apps import apps
    from django.db import connection
    from pghistory.models import Event

    tables = set(connection.introspection.table_names())
    models = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("lianshang")
        and not issubclass(model, Event)
        and model._meta.db_table in tables
    ]
    return frozenset(key(str(one)) for model in models for one in model._default_manager.all())


def committee_of(story: Story) -> str:
    return f"{story.zone}管委会"


def email_of(person: Person) -> str:
    return person.email or f"{person.username}@story.invalid"


def _unit_of(story: Story, person: Person) -> Unit:
    """The unit by its name; a department, operator or bank that nobody declared is made."""
    from lianshang.core.accounts.actions import create_unit
    from lianshang.core.accounts.choices import UNITS_OF_ROLE, UnitKind
    from lianshang.core.accounts.models import Unit

    unit = Unit.objects.filter(name=person.unit, kind__in=UNITS_OF_ROLE[person.role]).first()
    if unit is not None:
        return unit
    for kind in (UnitKind.DEPARTMENT, UnitKind.OPERATOR, UnitKind.BANK):
        if kind in UNITS_OF_ROLE[person.role]:
            committee = Unit.objects.get(kind=UnitKind.ZONE, name=committee_of(story))
            parent = committee if kind == UnitKind.DEPARTMENT else None
            return create_unit(
                actor=None, kind=kind, name=person.unit, parent=parent, reason=REASON
            )
    return _refuse(
        story,
        person,
        f"there is no unit “{person.unit}” for this role. An administrator belongs to"
        f" “{committee_of(story)}”; a firm comes with the scenery",
    )


def _refuse(story: Story, person: Person, what: str) -> NoReturn:
    raise StoryBroken(f"{story.file}:{person.line}: {person.username}: {what}.")
