"""Where organisations stand in their trees, and what the rules say about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianshang.apps.party.choices import ORGANIZED, Nature, OrganizationKind
from lianshang.apps.party.models import PartyOrganization, Placement, Tree
from lianshang.apps.party.models.organizations import in_force
from lianshang.apps.party.queries.coverage import coverages_on
from lianshang.apps.party.queries.explanations import latest_counts
from lianshang.apps.party.queries.rules import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

BRANCHES = frozenset({OrganizationKind.BRANCH, OrganizationKind.JOINT_BRANCH})
SOON = timedelta(days=92)  # before the end of a term: time for the request and the approval


def above(organization: PartyOrganization, tree: Tree, on: date) -> list[PartyOrganization]:
    """Everybody above an organisation in a tree, the nearest first."""
    parents = dict(
        Placement.objects.filter(in_force(on), tree=tree).values_list("organization", "parent")
    )
    found, key = [], parents.get(organization.pk)
    while key is not None and key not in found:
        found.append(key)
        key = parents.get(key)
    rows = PartyOrganization.objects.select_related("unit").in_bulk(found)
    return [rows[one] for one in found]


@dataclass
class Branching:
    """An organisation in a tree, with what it covers and who stands below."""

    organization: PartyOrganization
    units: int  # firms that it covers as an organisation
    below: list[Branching] = field(default_factory=list)

    @property
    def units_below(self) -> int:
        return self.units + sum(one.units_below for one in self.below)


def tree_on(tree: Tree, on: date) -> list[Branching]:
    """The tops of a tree on a day with everything below; whoever stands nowhere is left out."""
    placed = Placement.objects.filter(in_force(on), tree=tree).select_related("organization__unit")
    rows = [one for one in placed if _exists(one.organization, on)]
    units = units_covered(on)
    nodes = {
        one.organization_id: Branching(one.organization, units.get(one.organization_id, 0))
        for one in rows
    }
    tops: list[Branching] = []
    for one in rows:
        parent = nodes.get(one.parent_id or 0)
        (parent.below if parent else tops).append(nodes[one.organization_id])
    _in_order(tops)
    return tops


def _in_order(nodes: list[Branching]) -> None:
    nodes.sort(key=lambda node: (node.organization.unit.name, node.organization.pk))
    for one in nodes:
        _in_order(one.below)


def _exists(organization: PartyOrganization, on: date) -> bool:
    ended = organization.ended_on
    return organization.founded_on <= on and (ended is None or ended > on)


def units_covered(on: date) -> dict[int, int]:
    """Organisation → firms that it covers as an organisation on a day."""
    found: dict[int, set[int]] = {}
    rows = coverages_on(on).filter(form__in=ORGANIZED)
    for organization, firm in rows.values_list("organization", "enterprise"):
        found.setdefault(organization, set()).add(firm)
    return {key: len(firms) for key, firms in found.items()}


def known_members(organization: PartyOrganization, on: date) -> tuple[int, int]:
    """Full members of the firms that an organisation covers, and of how many firms nobody knows."""
    rows = coverages_on(on).filter(organization=organization, form__in=ORGANIZED)
    firms = set(rows.values_list("enterprise", flat=True))
    counts = latest_counts(on, firms)
    return sum(count.full for count in counts.values()), len(firms - counts.keys())


def warnings(organization: PartyOrganization, on: date) -> list[str]:
    """What the rules say about an organisation today; nothing of it blocks anything."""
    if organization.nature == Nature.FUNCTIONAL:
        return list(_term(organization, on))
    values = rules()
    full, unknown = known_members(organization, on)
    units = units_covered(on).get(organization.pk, 0)
    told = list(_term(organization, on))
    known = _("（另有 %s 家人数未知）") % unknown if unknown else ""
    if organization.kind == OrganizationKind.JOINT_BRANCH and units > values["joint_units"]:
        told.append(
            _("联合党支部覆盖 %(units)s 家单位，一般不超过 %(most)s 家，可考虑分设")
            % {"units": units, "most": values["joint_units"]}
        )
    if organization.kind in BRANCHES and full > values["branch_most"]:
        told.append(
            _("已知正式党员 %(n)s 名%(known)s，党支部一般不超过 %(most)s 名，可考虑设党总支")
            % {"n": full, "known": known, "most": values["branch_most"]}
        )
    if organization.kind in BRANCHES and full >= values["branch_committee_least"]:
        told.append(
            _("已知正式党员 %(n)s 名%(known)s，应设支部委员会（%(least)s 名以上）")
            % {"n": full, "known": known, "least": values["branch_committee_least"]}
        )
    if organization.kind in BRANCHES and units and not unknown and full < values["branch_least"]:
        told.append(
            _("正式党员 %(n)s 名，少于成立党支部的 %(least)s 名，请核对或改为联合组建")
            % {"n": full, "least": values["branch_least"]}
        )
    return told


def _term(organization: PartyOrganization, on: date) -> Iterator[str]:
    """The end of a term, three months ahead."""
    ends = organization.term_ends_on
    if ends is None:
        return
    if ends < on:
        yield _("本届任期已于 %s 届满，尚未换届") % ends
    elif ends - on <= SOON:
        yield _("本届任期至 %s，请提前向上级请示换届") % ends
