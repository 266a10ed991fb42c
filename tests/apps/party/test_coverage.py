"""The office brings every firm under somebody's care: rates with their parts, a reason for each
firm, a suggestion, as of any day.
"""

from datetime import date
from fractions import Fraction

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.actions.register import correct_enterprise
from lianshang.apps.enterprises.choices import ActorKind, ActorStatus
from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.party.actions.coverage import (
    count_again,
    count_members,
    cover_firm,
    end_coverage,
    leave_out,
)
from lianshang.apps.party.actions.organizations import end_organization, found_organization
from lianshang.apps.party.choices import Basis, CoverForm, Nature, OrganizationKind
from lianshang.apps.party.models import Coverage, PartyOrganization
from lianshang.apps.party.queries.coverage import Rates, rates
from lianshang.apps.places.models import Park, Zone
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User

pytestmark = pytest.mark.django_db
OCTOBER = date(2026, 10, 9)
URL = "/party/coverage/"


@pytest.fixture(autouse=True)
def today() -> object:
    with clock.moved_to(OCTOBER):
        yield


@pytest.fixture
def staff() -> User:
    return factories.user(Role.PARTY_STAFF)


def branch(name: str, kind: str = OrganizationKind.BRANCH, **rest: object) -> PartyOrganization:
    return found_organization(actor=None, name=name, kind=kind, founded_on=date(2024, 3, 1), **rest)  # type: ignore[arg-type]  # the test's own columns


def firm(name: str, **columns: object) -> Enterprise:
    return factories.firm(name, registered_on=date(2020, 1, 1), **columns)


def members(enterprise: Enterprise, full: int) -> None:
    count_members(actor=None, enterprise=enterprise, full=full, basis=Basis.DECLARED)


def now(staff: User, on: date = OCTOBER) -> Rates:
    return rates(on, staff)


def test_each_way_of_being_covered_counts_once_and_functional_ones_do_not(staff: User) -> None:
    own, joint_a, joint_b, led, loose = (firm(f"示例{n}有限公司") for n in "甲乙丙丁戊")
    cover_firm(
        actor=staff, enterprise=own, organization=branch("示例甲支部"), form=CoverForm.SINGLE
    )
    together = branch("示例联合支部", OrganizationKind.JOINT_BRANCH)
    for one in (joint_a, joint_b):
        cover_firm(actor=staff, enterprise=one, organization=together, form=CoverForm.JOINT)
    committee = branch("示例园区党委", OrganizationKind.COMMITTEE)
    cover_firm(actor=staff, enterprise=led, organization=committee, form=CoverForm.INSTRUCTOR)
    chain = branch("示例链党委", OrganizationKind.COMMITTEE, nature=Nature.FUNCTIONAL)
    for one in (own, loose):
        cover_firm(actor=staff, enterprise=one, organization=chain, form=CoverForm.TRADE)
    found = now(staff)
    assert found == Rates(OCTOBER, counted=5, organized=3, single=1, worked=1, left_out=0)
    assert (found.organization_rate, found.single_rate) == (Fraction(3, 5), Fraction(1, 5))
    assert (found.work_rate, found.uncovered) == (Fraction(4, 5), 1)


def test_the_page_says_why_and_what_would_help(client: Client, staff: User) -> None:
    park = Park.objects.create(zone=_zone(), name="示例光电园")
    due, few_a, few_b, none, _unknown = (
        firm(f"示例{n}有限公司", park=park, industry_code="C3976") for n in "甲乙丙丁戊"
    )
    for one, full in ((due, 4), (few_a, 1), (few_b, 2), (none, 0)):
        members(one, full)
    client.force_login(staff)
    page = client.get(URL).content.decode()
    assert "应建未建：正式党员 4 名、预备党员 0 名（企业申报，截至 2026-10-09）" in page
    assert "单独组建党支部：正式党员 4 名，达到应建人数" in page
    assert "与示例丙有限公司联合组建（同园区、同行业）：共 2 家，正式党员 3 名" in page
    assert "没有党员：派驻党建指导员" in page
    assert "党员人数未知：没有人申报或核对过" in page
    assert "先核对党员人数，再定组建形式；其间可派驻党建指导员" in page
    assert page.count("应建未建") == 1  # of known ones only
    # The office follows the advice; the answer changes.
    client.post(
        "/party/organizations/new/",
        {"name": "示例甲党支部", "kind": "branch", "nature": "entity", "founded_on": "2026-10-08",
         "founding_document": "示高党〔2026〕8号"},
    )  # fmt: skip
    made = PartyOrganization.objects.get()
    answer = client.post(
        f"/party/firms/{due.pk}/cover/",
        {"organization": made.pk, "form": "single", "since": "2026-10-08"},
    )
    assert answer.status_code == 302
    page = client.get(f"{URL}?state=organized").content.decode()
    assert "单独组建 · 示例甲党支部，自 2026-10-08" in page
    assert "应建未建" not in page
    assert now(staff).organization_rate == Fraction(1, 5)


def test_a_day_in_the_past_is_as_it_was_then(staff: User) -> None:
    with clock.moved_to(date(2026, 3, 2)):
        one, closed = firm("示例甲有限公司"), firm("示例乙有限公司")
        made = branch("示例甲支部")
        covering = cover_firm(actor=staff, enterprise=one, organization=made, form=CoverForm.SINGLE)
    with clock.moved_to(date(2026, 5, 11)):
        correct_enterprise(
            actor=staff, enterprise=closed, changes={"status": ActorStatus.DEREGISTERED},
            reason="注销",
        )  # fmt: skip
    end_coverage(actor=staff, coverage=covering, on=date(2026, 8, 31), reason="支部撤销")
    days = [date(2026, 3, 2), date(2026, 5, 10), date(2026, 5, 12), date(2026, 8, 31), OCTOBER]
    found = [now(staff, day) for day in days]
    assert [(one.organized, one.counted) for one in found] == [
        (1, 2),
        (1, 2),
        (1, 1),
        (1, 1),
        (0, 1),
    ]


def test_a_firm_has_one_organisation_of_its_own(staff: User) -> None:
    one = firm("示例甲有限公司")
    first, second = branch("示例甲支部"), branch("示例联合支部", OrganizationKind.JOINT_BRANCH)
    cover_firm(
        actor=staff, enterprise=one, organization=second, form=CoverForm.JOINT,
        since=date(2026, 1, 5),
    )  # fmt: skip
    cover_firm(
        actor=staff, enterprise=one, organization=first, form=CoverForm.SINGLE,
        since=date(2026, 9, 1),
    )  # fmt: skip
    held = Coverage.objects.order_by("since").values_list("organization__unit__name", "until")
    assert list(held) == [("示例联合支部", date(2026, 8, 31)), ("示例甲支部", None)]
    assert (now(staff).single, now(staff, date(2026, 8, 31)).single) == (1, 0)


def test_what_cannot_be_is_refused_and_what_may_be_is_only_told(staff: User) -> None:
    one = firm("示例甲有限公司")
    union = branch("示例工会", OrganizationKind.UNION)
    with pytest.raises(ValidationError, match="工会不是党组织，只能登记为群团工作。"):
        cover_firm(actor=staff, enterprise=one, organization=union, form=CoverForm.SINGLE)
    with pytest.raises(ValidationError, match="联合组建须登记在联合党支部名下。"):
        cover_firm(
            actor=staff, enterprise=one, organization=branch("示例支部"), form=CoverForm.JOINT
        )
    joint = branch("示例联合支部", OrganizationKind.JOINT_BRANCH)
    for number in range(6):  # one more than the rule says
        cover_firm(
            actor=staff, enterprise=firm(f"示例{number}号有限公司"), organization=joint,
            form=CoverForm.JOINT,
        )  # fmt: skip
    assert now(staff).organized == 6


def test_a_shell_is_left_out_with_its_evidence_and_comes_back(client: Client, staff: User) -> None:
    shell = firm("示例壳有限公司")
    firm("示例店", kind=ActorKind.SOLE_TRADER)  # not of the denominator
    row = leave_out(actor=staff, enterprise=shell, why="shell", evidence="2026年9月实地核查记录")
    assert (now(staff).counted, now(staff).left_out) == (0, 1)
    assert now(staff).organization_rate is None  # of nobody: unknown, not nought
    client.force_login(staff)
    page = client.get(f"{URL}?state=left_out").content.decode()
    assert "空壳或无实际经营：2026年9月实地核查记录" in page
    with clock.moved_to(date(2026, 10, 12)):
        count_again(actor=staff, left_out=row, reason="恢复经营")
        assert now(staff, date(2026, 10, 12)).counted == 1


def test_what_an_ended_organisation_covered_is_uncovered_and_says_so(
    client: Client, staff: User
) -> None:
    one = firm("示例甲有限公司")
    made = branch("示例甲支部")
    cover_firm(
        actor=staff, enterprise=one, organization=made, form=CoverForm.SINGLE,
        since=date(2026, 1, 5),
    )  # fmt: skip
    end_organization(actor=staff, organization=made, on=date(2026, 7, 1), reason="合并")
    client.force_login(staff)
    page = client.get(URL).content.decode()
    assert "曾由“示例甲支部”覆盖，2026-06-30 结束" in page
    assert [now(staff, day).organized for day in (date(2026, 6, 30), date(2026, 7, 1))] == [1, 0]


def test_nobody_else_opens_it(client: Client) -> None:
    for role in (Role.ENTERPRISE, Role.ZONE_ADMIN, Role.SECURITY_ADMIN):
        client.force_login(factories.user(role))
        assert client.get(URL).status_code == 403


def _zone() -> Zone:
    return factories.zone()
