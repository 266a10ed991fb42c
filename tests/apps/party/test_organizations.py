"""The office registers organisations, places them in several trees, fills posts, and reads what the
rules say.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests import factories

from lianshang.apps.party.actions.coverage import count_members, cover_firm
from lianshang.apps.party.actions.organizations import (
    end_organization,
    found_organization,
    hold_post,
    leave_post,
    place_organization,
    put_tree,
)
from lianshang.apps.party.actions.rules import add_missing_rules, change_rule
from lianshang.apps.party.choices import CoverForm, Nature, OrganizationKind, TreeKind
from lianshang.apps.party.models import PartyOrganization, PartyRule, PostHolding, Tree
from lianshang.apps.party.queries.organizations import Branching, tree_on, warnings
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 9)


@pytest.fixture(autouse=True)
def today() -> object:
    with clock.moved_to(OCTOBER):
        yield


@pytest.fixture
def staff() -> User:
    return factories.user(Role.PARTY_STAFF)


@pytest.fixture
def territory() -> Tree:
    return put_tree(actor=None, code="territory", name="区域组织体系", kind=TreeKind.TERRITORY)


def found(name: str, kind: str = OrganizationKind.BRANCH, **rest: object) -> PartyOrganization:
    return found_organization(actor=None, name=name, kind=kind, founded_on=date(2024, 3, 1), **rest)  # type: ignore[arg-type]  # the test's own columns


def lines(tree: Tree, on: date = OCTOBER) -> list[tuple[int, str, int]]:
    return list(_listed(tree_on(tree, on), 0))


def _listed(nodes: list[Branching], depth: int) -> Iterator[tuple[int, str, int]]:
    for one in nodes:
        yield depth, str(one.organization), one.units_below
        yield from _listed(one.below, depth + 1)


def test_four_levels_and_a_functional_committee_beside_them(territory: Tree) -> None:
    work = found("示例区党工委", OrganizationKind.WORK_COMMITTEE)
    joint = found("示例综合党委", OrganizationKind.COMMITTEE)
    general = found("示例光电园党总支", OrganizationKind.GENERAL_BRANCH)
    branch = found("示例光芯党支部")
    for one, parent in ((work, None), (joint, work), (general, joint), (branch, general)):
        place_organization(actor=None, organization=one, tree=territory, parent=parent)
    cover_firm(
        actor=None, enterprise=factories.firm("示例光芯公司"), organization=branch,
        form=CoverForm.SINGLE,
    )  # fmt: skip
    chains = put_tree(actor=None, code="chain", name="光子产业链", kind=TreeKind.INDUSTRY)
    chain = found("示例链党委", OrganizationKind.COMMITTEE, nature=Nature.FUNCTIONAL)
    place_organization(actor=None, organization=chain, tree=chains, parent=None)
    place_organization(actor=None, organization=branch, tree=chains, parent=chain)
    assert lines(territory) == [
        (0, "示例区党工委", 1),
        (1, "示例综合党委", 1),
        (2, "示例光电园党总支", 1),
        (3, "示例光芯党支部", 1),
    ]
    assert lines(chains) == [(0, "示例链党委", 1), (1, "示例光芯党支部", 1)]


def test_a_place_ends_when_the_next_begins_and_nobody_stands_above_itself(territory: Tree) -> None:
    first, second, branch = found("示例一党委"), found("示例二党委"), found("示例支部")

    def place(one: PartyOrganization, parent: PartyOrganization | None, since: date) -> None:
        place_organization(actor=None, organization=one, tree=territory, parent=parent, since=since)

    for one, parent in ((first, None), (second, None), (branch, first)):
        place(one, parent, date(2026, 1, 5))
    place(branch, second, date(2026, 9, 1))
    assert lines(territory, date(2026, 8, 31))[1] == (1, "示例支部", 0)
    assert [name for _, name, _ in lines(territory)] == ["示例一党委", "示例二党委", "示例支部"]
    with pytest.raises(ValidationError, match="“示例支部”在该体系中已在其下级，不能又作上级。"):
        place(second, branch, OCTOBER)


def test_names_of_persons_are_for_those_who_work_with_members(client: Client, staff: User) -> None:
    branch = found("示例光芯党支部")
    client.force_login(staff)
    client.post(
        f"/party/organizations/{branch.pk}/post/",
        {
            "title": "书记",
            "person": "示例人",
            "document": "示高党〔2026〕9号",
            "since": "2026-10-09",
        },
    )
    body = factories.firm("示例光芯公司").unit
    hold_post(actor=staff, organization=branch, title="委员", represents=body, order=60)
    page = f"/party/organizations/{branch.pk}/"
    text = client.get(page).content.decode()
    assert "示例人" in text
    assert "示例光芯公司" in text
    client.force_login(factories.office())
    text = client.get(page).content.decode()
    assert "示**" in text
    assert "示例人" not in text
    held = PostHolding.objects.get(post__title="书记")
    leave_post(actor=staff, holding=held, on=date(2026, 10, 9), reason="调离")
    with clock.moved_to(date(2026, 10, 10)):
        assert "书记" not in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="请填写任职人，或选择出任委员的单位。"):
        hold_post(actor=staff, organization=branch, title="副书记")


def test_rules_warn_with_their_numbers_and_follow_the_zones_own(staff: User) -> None:
    joint = found("示例联合支部", OrganizationKind.JOINT_BRANCH, term_ends_on=date(2026, 12, 1))
    for number in range(6):
        firm = factories.firm(f"示例{number}号公司")
        cover_firm(actor=None, enterprise=firm, organization=joint, form=CoverForm.JOINT)
        if number < 5:
            count_members(actor=None, enterprise=firm, full=2, basis="declared")
    assert warnings(joint, OCTOBER) == [
        "本届任期至 2026-12-01，请提前向上级请示换届",
        "联合党支部覆盖 6 家单位，一般不超过 5 家，可考虑分设",
        "已知正式党员 10 名（另有 1 家人数未知），应设支部委员会（7 名以上）",
    ]
    assert add_missing_rules(actor=None) == 10
    assert add_missing_rules(actor=None) == 0
    rule = PartyRule.objects.get(code="joint_units")
    change_rule(actor=staff, rule=rule, value=8, source="示高党〔2026〕3号", reason="上级批复")
    assert "一般不超过 5 家" not in "".join(warnings(joint, OCTOBER))


def test_a_functional_one_owes_nothing_but_its_term(staff: User) -> None:
    chain = found(
        "示例链党委", OrganizationKind.COMMITTEE, nature=Nature.FUNCTIONAL,
        term_ends_on=date(2026, 9, 1),
    )  # fmt: skip
    assert warnings(chain, OCTOBER) == ["本届任期已于 2026-09-01 届满，尚未换届"]


def test_an_ended_organisation_leaves_the_register_and_its_tree(
    client: Client, staff: User, territory: Tree
) -> None:
    branch = found("示例支部")
    place_organization(
        actor=None, organization=branch, tree=territory, parent=None, since=date(2026, 1, 5)
    )
    end_organization(actor=staff, organization=branch, on=date(2026, 10, 1), reason="合并")
    client.force_login(staff)
    assert "示例支部" not in client.get("/party/organizations/").content.decode()
    assert lines(territory) == []
    assert lines(territory, date(2026, 9, 30)) == [(0, "示例支部", 0)]


def test_a_name_twice_and_a_day_to_come_are_refused(client: Client, staff: User) -> None:
    client.force_login(staff)
    given = {"name": "示例支部", "kind": "branch", "nature": "entity", "founded_on": "2026-10-10"}
    page = client.post("/party/organizations/new/", given)
    assert "成立日期在将来；批复以后再登记。" in page.content.decode()
    client.post("/party/organizations/new/", {**given, "founded_on": "2026-10-08"})
    page = client.post("/party/organizations/new/", {**given, "founded_on": "2026-10-08"})
    assert "已登记名为“示例支部”的组织。" in page.content.decode()


def test_the_office_looks_and_does_not_change(client: Client) -> None:
    client.force_login(factories.office())
    assert client.get("/party/organizations/").status_code == 200
    assert client.get("/party/organizations/new/").status_code == 403
