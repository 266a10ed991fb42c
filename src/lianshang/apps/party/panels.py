"""Blocks of the Party chain on pages of firms and organisations."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.party.models import Coverage, LeftOut, PartyOrganization, PostHolding
from lianshang.apps.party.models.organizations import in_force
from lianshang.apps.party.queries.coverage import coverages_on, firms_on
from lianshang.apps.party.queries.explanations import (
    latest_counts,
    standings,
    suggestions_on,
)
from lianshang.apps.party.queries.organizations import known_members, warnings
from lianshang.core import clock
from lianshang.core.privacy import shown
from lianshang.core.ui.panels import panel

Built = tuple[str, Mapping[str, Any]]


@panel("enterprises.detail", title=_("党建覆盖"), tab="party", order=60, permission="party.view")
def coverage_of_firm(request: HttpRequest, subject: Enterprise) -> Built:
    """How the firm stands today, why, and what would cover it."""
    user: Any = request.user
    today = clock.today()
    rows = list(firms_on(today, user).filter(pk=subject.pk))
    standing = None
    if rows:
        standing = standings(rows, today, suggestions_on(today, user, [subject.pk]))[subject.pk]
    return "party/panels/firm.html", {
        "standing": standing,
        "coverages": Coverage.objects.filter(enterprise=subject).select_related(
            "organization__unit", "instructor"
        ),
        "count": latest_counts(today, [subject.pk]).get(subject.pk),
        "left_out": LeftOut.objects.filter(in_force(today), enterprise=subject).first(),
        "may_manage": user.may("party.manage"),
        "today": today,
    }


@panel("party.organization", title=_("提示"), order=5, permission="party.view")
def advice(request: HttpRequest, subject: PartyOrganization) -> Built | None:
    """What the rules say; nothing of it blocks anything."""
    told = warnings(subject, clock.today())
    return ("party/panels/warnings.html", {"warnings": told}) if told else None


@panel("party.organization", title=_("覆盖单位"), order=20, permission="party.view")
def covered(request: HttpRequest, subject: PartyOrganization) -> Built:
    """Whom it covers today, and how many members are known of."""
    today = clock.today()
    rows = coverages_on(today).filter(organization=subject)
    full, unknown = known_members(subject, today)
    return "party/panels/covered.html", {
        "coverages": rows.select_related("enterprise", "instructor").order_by(
            "form", "enterprise__name_key"
        ),
        "full": full,
        "unknown": unknown,
    }


@panel("party.organization", title=_("任职"), order=30, permission="party.view")
def posts(request: HttpRequest, subject: PartyOrganization) -> Built:
    """Who holds its posts today; names of persons only for those who may see members."""
    user: Any = request.user
    held = PostHolding.objects.filter(in_force(clock.today()), post__organization=subject)
    rows = [
        (one, shown(one, "person", reveal=user.may("party.members")) if one.person else "")
        for one in held.select_related("post", "represents").order_by("post__order", "pk")
    ]
    return "party/panels/posts.html", {"rows": rows, "may_manage": user.may("party.manage")}


@panel("party.organization", title=_("隶属"), order=40, permission="party.view", side=True)
def places(request: HttpRequest, subject: PartyOrganization) -> Built:
    """Where it stands in each tree, and who stands below."""
    today = clock.today()
    own = subject.placements.filter(in_force(today)).select_related("tree", "parent__unit")
    below = subject.below.filter(in_force(today)).select_related("tree", "organization__unit")
    return "party/panels/places.html", {"own": own, "below": below}
