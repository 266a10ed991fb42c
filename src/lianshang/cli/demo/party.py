"""The Party chain of the invented zone: trees, organisations, posts, and who is covered by whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from lianshang.cli.demo import accounts as who

if TYPE_CHECKING:
    from datetime import date

    from lianshang.apps.party.models import PartyOrganization, Tree

REASON = "演示"
WORK, JOINT, GENERAL, CHAIN = (
    "示例高新区党工委（演示）",
    "示例综合党委（演示）",
    "示例光电园党总支（演示）",
    "示例光子产业链党委（演示）",
)
ALONE, TOGETHER, TOLD = 12, 9, 40  # firms with a branch, in joint ones, whose members are known


def organise(today: date) -> None:
    """Four levels by territory, a functional chain committee beside them, and their firms."""
    from lianshang.apps.party.actions.organizations import hold_post, put_tree
    from lianshang.apps.party.choices import TreeKind
    from lianshang.core.accounts.actions import grant_role
    from lianshang.core.accounts.choices import Role
    from lianshang.core.accounts.models import Unit, User

    party = User.objects.get(username="demo.party")
    office = Unit.objects.get(name=who.PARTY_OFFICE)
    grant_role(actor=None, user=party, unit=office, role=Role.PARTY_STAFF, reason=REASON)
    territory = put_tree(
        actor=party, code="territory", name="区域组织体系", kind=TreeKind.TERRITORY, reason=REASON
    )
    work = _found(territory, None, WORK, "work_committee", today)
    joint = _found(territory, work, JOINT, "committee", today)
    general = _found(territory, joint, GENERAL, "general_branch", today)
    chains = put_tree(
        actor=party, code="chain", name="产业链组织体系", kind=TreeKind.INDUSTRY, reason=REASON
    )
    chain = _found(chains, None, CHAIN, "committee", today, nature="functional")
    for organization, title, person in ((joint, "书记", "宋示例"), (chain, "书记", "何示例")):
        hold_post(
            actor=party, organization=organization, title=title, person=person, order=1,
            since=today - timedelta(days=400), reason=REASON,
        )  # fmt: skip
    _cover(territory, general, chain, today)


def _found(
    tree: Tree,
    parent: PartyOrganization | None,
    name: str,
    kind: str,
    today: date,
    *,
    nature: str = "entity",
) -> PartyOrganization:
    from lianshang.apps.party.actions.organizations import found_organization, place_organization

    since = today - timedelta(days=400)
    made = found_organization(
        actor=None, name=name, kind=kind, nature=nature, founded_on=since, reason=REASON
    )
    place_organization(
        actor=None, organization=made, tree=tree, parent=parent, since=since, reason=REASON
    )
    return made


def _cover(tree: Tree, general: PartyOrganization, chain: PartyOrganization, today: date) -> None:
    """Some firms have branches, some share the two joint ones; of more the members are known."""
    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.party.actions.coverage import count_members, cover_firm

    firms = list(Enterprise.objects.operating().filter(kind="firm").order_by("pk")[:TOLD])
    since = today - timedelta(days=200)
    joints = [
        _found(tree, general, name, "joint_branch", today)
        for name in (who.PHOTON_BRANCH, who.SOFTWARE_BRANCH)
    ]
    for number, firm in enumerate(firms):
        given: dict[str, Any] = {"actor": None, "enterprise": firm, "reason": REASON}
        full = (4, 1, 2, 0, 1)[number % 5] if number >= ALONE else 3 + number % 6
        count_members(**given, full=full, basis="declared", on=since)
        if number < ALONE:
            name = f"{firm.name[:40]}党支部（演示）"
            own = _found(tree, general, name, "branch", today)
            cover_firm(**given, organization=own, form="single", since=since)
            cover_firm(**given, organization=chain, form="trade", since=since)
        elif number < ALONE + TOGETHER:
            joint = joints[number % 2]
            cover_firm(**given, organization=joint, form="joint", since=since)
