"""Why a firm stands as it does, and what would cover it, in words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.party.choices import (
    ORGANIZED,
    Nature,
    OrganizationKind,
    State,
    Suggested,
)
from lianshang.apps.party.models import Coverage, LeftOut, MemberCount, PartyOrganization
from lianshang.apps.party.models.organizations import in_force
from lianshang.apps.party.queries.coverage import coverages_on, firms_on
from lianshang.apps.party.queries.rules import rules
from lianshang.apps.party.queries.suggestions import Alone, Limits, Room, Suggestion, suggest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from lianshang.core.accounts.models import User


@dataclass(frozen=True)
class Standing:
    """How one firm stands: the reasons, and what would cover it with the reasons for that."""

    state: State
    reasons: tuple[str, ...]
    suggestion: Suggestion | None
    advice: str


def limits() -> Limits:
    """The rules that suggestions go by."""
    values = rules()
    return Limits(
        values["branch_least"], values["branch_most"], values["joint_units"], values["near_metres"]
    )


def latest_counts(on: date, firms: Collection[int] | None = None) -> dict[int, MemberCount]:
    """The latest number of members of each firm that was known on the day."""
    rows = MemberCount.objects.filter(on__lte=on)
    if firms is not None:
        rows = rows.filter(enterprise__in=firms)
    latest = rows.order_by("enterprise_id", "-on", "-pk").distinct("enterprise_id")
    return {row.enterprise_id: row for row in latest}


def suggestions_on(on: date, user: User, firms: Collection[int]) -> Mapping[int, Suggestion]:
    """What would cover each of these firms that has no organisation of its own kind on the day;
    all who have too few members are looked at, for they are whom it may join with.
    """
    counts, least = latest_counts(on), rules()["branch_least"]
    few = {firm for firm, count in counts.items() if 0 < count.full < least}
    rows = (
        firms_on(on, user)
        .filter(state__in=(State.UNCOVERED, State.WORKED), pk__in=few.union(firms))
        .only("pk", "name", "park_id", "industry_code", "longitude", "latitude")
    )
    alone = [_alone(firm, counts.get(firm.pk)) for firm in rows]
    return suggest(alone, _rooms(on), limits())


def _alone(firm: Enterprise, count: MemberCount | None) -> Alone:
    return Alone(
        key=firm.pk,
        name=firm.name,
        full=None if count is None else count.full,
        park=firm.park_id,
        trade=firm.industry_code[1:3],
        at=_at(firm),
    )


def _at(firm: Enterprise) -> tuple[float, float] | None:
    if firm.longitude is None or firm.latitude is None:
        return None
    return float(firm.longitude), float(firm.latitude)


def _rooms(on: date) -> list[Room]:
    """Joint branches of the day, with the firms that they cover."""
    branches = PartyOrganization.objects.existing(on).filter(
        kind=OrganizationKind.JOINT_BRANCH, nature=Nature.ENTITY
    )
    covered: dict[int, list[Enterprise]] = defaultdict(list)
    for row in coverages_on(on).filter(organization__in=branches).select_related("enterprise"):
        covered[row.organization_id].append(row.enterprise)
    return [
        Room(
            key=branch.pk,
            name=str(branch),
            units=len({firm.pk for firm in covered[branch.pk]}),
            park=branch.park_id,
            trades=frozenset(firm.industry_code[1:3] for firm in covered[branch.pk]) - {""},
            at=next((at for firm in covered[branch.pk] if (at := _at(firm))), None),
        )
        for branch in branches.select_related("unit")
    ]


def standings(
    firms: Sequence[Enterprise], on: date, suggested: Mapping[int, Suggestion]
) -> dict[int, Standing]:
    """Each of some rows of `firms_on`, explained."""
    keys = [firm.pk for firm in firms]
    held: dict[int, list[Coverage]] = defaultdict(list)
    rows = Coverage.objects.filter(enterprise__in=keys, since__lte=on)
    for row in rows.select_related("organization__unit", "instructor").order_by("-since", "-pk"):
        held[row.enterprise_id].append(row)
    out = {
        row.enterprise_id: row for row in LeftOut.objects.filter(in_force(on), enterprise__in=keys)
    }
    counts, least = latest_counts(on, keys), rules()["branch_least"]
    names = _names(suggested[key] for key in keys if key in suggested)
    found = {}
    for firm in firms:
        key = firm.pk
        state = State(firm.state)  # type: ignore[attr-defined]  # an annotation of firms_on
        suggestion = suggested.get(key)
        found[key] = Standing(
            state=state,
            reasons=tuple(
                _reasons(state, held[key], out.get(key), _members(counts.get(key), least), on)
            ),
            suggestion=suggestion,
            advice="" if suggestion is None else advice(suggestion, names),
        )
    return found


def _reasons(
    state: State,
    held: Sequence[Coverage],
    out: LeftOut | None,
    members: str,
    on: date,
) -> list[str]:
    """What the answer rests on, the most telling first."""
    if out is not None:
        return [f"{out.get_why_display()}：{out.evidence}"]
    now = [row for row in held if row.until is None or row.until >= on]
    told = [_told(row) for row in now if row.organization.nature == Nature.ENTITY]
    told += [
        _("功能型组织“%(name)s”联系，不计入覆盖") % {"name": row.organization}
        for row in now
        if row.organization.nature == Nature.FUNCTIONAL and row.form in ORGANIZED
    ]
    if state is State.UNCOVERED:
        told = [_("没有单独或联合组建的组织，也没有指导员、联络员或群团工作"), *told]
        past = [row for row in held if row not in now]
        if past:
            told.append(
                _("曾由“%(name)s”覆盖，%(until)s 结束")
                % {"name": past[0].organization, "until": past[0].until}
            )
    if state in (State.UNCOVERED, State.WORKED):
        told.append(members)
    return told


def _told(row: Coverage) -> str:
    what = f"{row.get_form_display()} · {row.organization}"
    if row.instructor:
        what += f"（{row.instructor.name}）"
    return _("%(what)s，自 %(since)s") % {"what": what, "since": row.since}


def _members(count: MemberCount | None, least: int) -> str:
    """What is known of its members; nothing known is never none."""
    if count is None:
        return _("党员人数未知：没有人申报或核对过")
    known = _("正式党员 %(full)s 名、预备党员 %(probationary)s 名（%(basis)s，截至 %(on)s）") % {
        "full": count.full,
        "probationary": count.probationary,
        "basis": count.get_basis_display(),
        "on": count.on,
    }
    return _("应建未建：%(known)s") % {"known": known} if count.full >= least else known


def _names(suggestions: Iterable[Suggestion]) -> dict[tuple[str, int], str]:
    """The names that suggestions speak of: of firms, and of organisations."""
    firms: set[int] = set()
    organizations: set[int] = set()
    for one in suggestions:
        firms.update(one.partners)
        if one.organization is not None:
            organizations.add(one.organization)
    found = {
        ("firm", pk): name
        for pk, name in Enterprise.objects.filter(pk__in=firms).values_list("pk", "name")
    }
    rows = PartyOrganization.objects.filter(pk__in=organizations)
    return found | {("organization", pk): name for pk, name in rows.values_list("pk", "unit__name")}


def advice(one: Suggestion, names: Mapping[tuple[str, int], str]) -> str:
    """A suggestion in words, with its reasons."""
    if one.kind is Suggested.SINGLE:
        return _("单独组建党支部：正式党员 %(n)s 名，达到应建人数") % {"n": one.members}
    if one.kind is Suggested.COUNT:
        return _("先核对党员人数，再定组建形式；其间可派驻党建指导员")
    if one.kind is Suggested.INSTRUCTOR:
        if one.members == 0:
            return _("没有党员：派驻党建指导员")
        return _("附近没有可联合的企业或有余量的联合党支部：派驻党建指导员")
    near = _nearness(one)
    if one.kind is Suggested.JOIN:
        name = names["organization", one.organization or 0]
        return _("加入“%(name)s”%(near)s") % {"name": name, "near": near}
    partners = "、".join(names["firm", key] for key in one.partners)
    units = len(one.partners) + 1
    told = ngettext("共 %(units)s 家", "共 %(units)s 家", units) % {"units": units}
    return _("与%(partners)s联合组建%(near)s：%(told)s，正式党员 %(n)s 名") % {
        "partners": partners,
        "near": near,
        "told": told,
        "n": one.members,
    }


def _nearness(one: Suggestion) -> str:
    """（同园区、同行业、相距 320 米）"""
    parts = []
    if one.same_park:
        parts.append(_("同园区"))
    if one.same_trade:
        parts.append(_("同行业"))
    if one.metres is not None:
        parts.append(_("相距 %(n)s 米") % {"n": one.metres})
    return _("（%(parts)s）") % {"parts": "、".join(parts)} if parts else ""
