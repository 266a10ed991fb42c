"""Founding organisations, placing them in trees, filling posts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.party.choices import Nature
from lianshang.apps.party.models import (
    PartyOrganization,
    Placement,
    Post,
    PostHolding,
    Tree,
)
from lianshang.apps.party.queries.organizations import above
from lianshang.core import clock
from lianshang.core.accounts.choices import UnitKind
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lianshang.apps.places.models import Park


@action("party.put_tree", gettext_lazy("建立组织体系"))
def put_tree(*, actor: User | None, code: str, name: str, kind: str, reason: str = "") -> Tree:
    """A tree by its code, new or renamed."""
    tree, _created = Tree.objects.update_or_create(code=code, defaults={"name": name, "kind": kind})
    return tree


@action("party.found", gettext_lazy("登记组织"))
def found_organization(
    *,
    actor: User | None,
    name: str,
    kind: str,
    nature: str = Nature.ENTITY,
    founded_on: date,
    founding_document: str = "",
    term_ends_on: date | None = None,
    park: Park | None = None,
    industries: Sequence[str] = (),
    reason: str = "",
) -> PartyOrganization:
    """Register an organisation that was approved; it can own duties and have users from now on."""
    if founded_on > clock.today():
        raise ValidationError({"founded_on": _("成立日期在将来；批复以后再登记。")})
    unit, _created = Unit.objects.get_or_create(
        kind=UnitKind.ORGANIZATION, name=name, defaults={"is_active": True}
    )
    if PartyOrganization.objects.filter(unit=unit).exists():
        raise ValidationError({"name": _("已登记名为“%s”的组织。") % name})
    return PartyOrganization.objects.create(
        unit=unit,
        kind=kind,
        nature=nature,
        founded_on=founded_on,
        founding_document=founding_document,
        term_ends_on=term_ends_on,
        park=park,
        industries=list(industries),
    )


@action("party.place", gettext_lazy("确定隶属"))
def place_organization(
    *,
    actor: User | None,
    organization: PartyOrganization,
    tree: Tree,
    parent: PartyOrganization | None,
    since: date | None = None,
    reason: str = "",
) -> Placement:
    """Put an organisation under another in a tree, from a day on; its place before ends then."""
    since = since or clock.today()
    if parent and (parent == organization or organization in above(parent, tree, since)):
        raise ValidationError({"parent": _("“%s”在该体系中已在其下级，不能又作上级。") % parent})
    held = Placement.objects.filter(organization=organization, tree=tree, until=None).first()
    if held is not None:
        if held.parent == parent:
            return held
        if held.since >= since:
            held.parent = parent
            held.save(update_fields=["parent"])
            return held
        held.until = since - timedelta(days=1)
        held.save(update_fields=["until"])
    return Placement.objects.create(
        organization=organization, tree=tree, parent=parent, since=since
    )


@action("party.end_organization", gettext_lazy("撤销组织"))
def end_organization(
    *, actor: User | None, organization: PartyOrganization, on: date, reason: str
) -> None:
    """End an organisation and what it covers; what it was before stays to be asked as of a day."""
    organization.ended_on = on
    organization.save(update_fields=["ended_on"])
    last = on - timedelta(days=1)
    for row in organization.coverages.filter(until=None):
        row.until = max(last, row.since)
        row.save(update_fields=["until"])
    organization.placements.filter(until=None, since__lte=last).update(until=last)


@action("party.hold_post", gettext_lazy("任职"))
def hold_post(
    *,
    actor: User | None,
    organization: PartyOrganization,
    title: str,
    person: str = "",
    represents: Unit | None = None,
    since: date | None = None,
    document: str = "",
    order: int = 50,
    reason: str = "",
) -> PostHolding:
    """Somebody, or a body, takes a post; several may hold one of the same title (members)."""
    if not person and represents is None:
        raise ValidationError(_("请填写任职人，或选择出任委员的单位。"))
    post, _created = Post.objects.get_or_create(
        organization=organization, title=title, defaults={"order": order}
    )
    return PostHolding.objects.create(
        post=post,
        person=person,
        represents=represents,
        since=since or clock.today(),
        document=document,
    )


@action("party.leave_post", gettext_lazy("离任"))
def leave_post(
    *, actor: User | None, holding: PostHolding, on: date, reason: str = ""
) -> PostHolding:
    """The last day in a post."""
    if on < holding.since:
        raise ValidationError({"on": _("离任日早于任职日 %s。") % holding.since})
    holding.until = on
    holding.save(update_fields=["until"])
    return holding
