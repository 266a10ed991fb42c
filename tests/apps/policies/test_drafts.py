"""A clause is drafted, put right, simulated, judged by another person, and published."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests import factories
from tests.apps.policies.draft_town import (
    NAMES,
    TODAY,
    all_answered,
    changed,
    page,
    ready,
    signed_in,
)

from lianshang.apps.policies.actions import drafts as actions
from lianshang.apps.policies.choices import DraftState, Origin
from lianshang.apps.policies.models import Policy, PolicyDraft
from lianshang.apps.policies.queries import fair_competition
from lianshang.apps.policies.queries.draft_templates import from_template
from lianshang.apps.policies.queries.draft_text import read
from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit, User
from lianshang.core.notices.models import Notice
from lianshang.engines.rules.policy_file import policy_from_mapping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with clock.moved_to(TODAY):
        factories.zone()
        yield


@pytest.fixture
def unit() -> Unit:
    return Unit.objects.create(kind=UnitKind.DEPARTMENT, name="示例科技局")


@pytest.fixture
def author(unit: Unit) -> User:
    return factories.user(Role.OFFICE_STAFF, unit=unit, name="示例起草人")


@pytest.fixture
def approver() -> User:
    return factories.user(Role.OFFICE_STAFF, name="示例审核人")


def named_with_line_and_word(mine: Client, draft: PolicyDraft) -> None:
    """A slip of the pen is told in Chinese with its line and the word that was meant."""
    wrong = draft.text.replace("rd_exp_y0 >= rd_floor", "rd_exq_y0 >= rd_floor")
    sent = {"side": "text", "text": wrong, "cases": draft.cases}
    seen = draft.updated_at.isoformat()
    found = page(mine, f"/policies/drafts/{draft.pk}/edit/", {**sent, "seen": seen})
    assert "1 处错误" in found
    line = wrong.splitlines().index("      when: rd_exq_y0 >= rd_floor") + 1
    assert f"第 {line} 行" in found
    assert "没有这个名称：既不是数据项，也不是参数（rd_exq_y0）；是否想写 rd_exp_y0" in found


def answers_the_review(mine: Client, home: str) -> None:
    """Each field for a reason says of which question."""
    asked = page(mine, f"{home}review/")
    assert all(f'aria-label="理由：{one}"' in asked for one in fair_competition.questions())
    page(mine, f"{home}review/", all_answered())


def waits_for_another(mine: Client, other: Client, home: str) -> None:
    """Its author is told that another must judge, and is not offered to; the other is."""
    handed_in = page(mine, f"{home}submit/", {})
    assert "待审核" in handed_in
    assert "您参与了起草，不能审核" in handed_in
    assert f"{home}approve/" not in handed_in
    assert f"{home}approve/" in page(other, home)


def test_a_clause_from_the_first_word_to_the_firms_page(
    author: User, approver: User, unit: Unit
) -> None:
    firm = factories.firm("示例光芯科技有限公司", registered_on=date(2020, 1, 1))
    factories.fact(firm, "rd_exp", Decimal("3000000"), year=2025)
    mine, other = signed_in(author), signed_in(approver)

    begun = page(mine, "/policies/drafts/new/", {**NAMES, "owner": unit.pk, "template": "grant"})
    draft = PolicyDraft.objects.get()
    home, editor = f"/policies/drafts/{draft.pk}/", f"/policies/drafts/{draft.pk}/edit/"
    assert "没有错误" in begun
    assert "达到下限：通过" in begun

    named_with_line_and_word(mine, draft)
    refused = page(mine, f"{home}submit/", {})
    assert "规则文本有 1 处错误" in refused
    assert "还有 12 个问题没有回答" in refused

    page(mine, editor, {"side": "text", "text": draft.text, "cases": draft.cases})
    answers_the_review(mine, home)
    simulated = page(mine, f"{home}simulation/")
    assert "15 万元" in simulated  # 5 % of 300 万
    assert "示例光芯科技有限公司" in simulated
    waits_for_another(mine, other, home)
    own = page(mine, f"{home}approve/", {"publish_on": "2026-06-01"})
    assert "您参与了起草，不能审核：须由另一人审核。" in own
    assert PolicyDraft.objects.get().state == DraftState.SUBMITTED
    assert "已发布" in page(other, f"{home}approve/", {"publish_on": "2026-06-01"})

    policy = Policy.objects.get(code="zone.rd.2026")
    assert (policy.origin, policy.owner, policy.published_on) == (Origin.ZONE, unit, TODAY)
    shown = page(mine, f"/policies/{policy.pk}/")
    assert author.name in shown
    assert approver.name in shown
    listed = page(mine, f"/enterprises/{firm.pk}/?tab=policies&policy=zone.rd.2026")
    assert "示例研发奖励" in listed
    assert "15 万元" in listed


def test_every_author_is_barred_from_approving(author: User, unit: Unit) -> None:
    second = factories.user(Role.OFFICE_STAFF, unit=unit)
    draft = changed(ready(author, unit), second, "value: 0.05", "value: 0.05")
    draft = actions.submit_draft(actor=author, draft=draft)
    with pytest.raises(ValidationError, match="须由另一人审核"):
        actions.approve_draft(actor=second, draft=draft, conclusions={}, publish_on=TODAY)


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ("", "还没有测试用例"),
        ("policy: zone.rd.2026\ncases: []\n", "还没有测试用例"),
        (
            "policy: zone.rd.2026\ncases: [{name: 错的, on: 2026-06-01, facts: {rd_exp_y0: 1},"
            " expect: {state: met}}]\n",
            "1 个测试用例没有通过，第一个是“错的”。",
        ),
        ("policy: zone.rd.2026\ncases: [{facts: [1]}]\n", "测试用例读不出"),
        ("a: [", "测试用例读不出，第 1 行"),
    ],
)
def test_without_passing_cases_nothing_is_submitted(
    author: User, unit: Unit, cases: str, told: str
) -> None:
    draft = ready(author, unit)
    draft = actions.save_draft(actor=author, draft=draft, text=draft.text, cases=cases)
    with pytest.raises(ValidationError, match=told):
        actions.submit_draft(actor=author, draft=draft)


def test_a_suspected_clause_needs_the_approvers_written_ground(
    author: User, approver: User, unit: Unit
) -> None:
    draft = ready(author, unit, 按上年研发费用的比例奖励="新迁入企业按比例奖励，五年内不迁出")
    draft = actions.submit_draft(actor=author, draft=draft)
    other, address = signed_in(approver), f"/policies/drafts/{draft.pk}/approve/"
    form = page(other, address)
    assert "疑似条款“五年内不迁出”：法律依据" in form
    assert "疑似条款“新迁入”：法律依据" in form

    sent = {"publish_on": "2026-06-01", "conclusion_0": "示例法第一条"}
    refused = other.post(address, sent)
    assert refused.status_code == 422
    assert "疑似违反公平竞争审查，不得发布" in refused.content.decode()
    assert not Policy.objects.exists()

    page(other, address, {**sent, "conclusion_1": "国务院批准文件示例2号"})
    policy = Policy.objects.get()
    assert "国务院批准文件示例2号" in page(other, f"/policies/{policy.pk}/")
    visitor = Client(headers={"accept-language": "zh-hans"})
    assert "示例2号" not in page(visitor, f"/policies/{policy.pk}/")


def test_what_a_pack_brought_is_flagged_for_staff_on_its_page(author: User) -> None:
    text, _cases = from_template("grant", **NAMES, day="2026-01-01")
    mapping = read(text.replace("无须申报", "新迁入企业三年内申报")).data
    row = Policy(code="zone.rd.2026", origin=Origin.PACK)
    row.define(policy_from_mapping(mapping), mapping, "")
    row.save()
    shown = page(signed_in(author), f"/policies/{row.pk}/")
    assert "疑似，不得发布" in shown
    assert "“新迁入”" in shown
    visitor = Client(headers={"accept-language": "zh-hans"})
    assert "疑似" not in page(visitor, f"/policies/{row.pk}/")


def test_returned_with_a_note_it_can_be_changed_again(
    author: User, approver: User, unit: Unit
) -> None:
    draft = actions.submit_draft(actor=author, draft=ready(author, unit))
    with pytest.raises(ValidationError, match="待审核"):
        actions.save_draft(actor=author, draft=draft, text="", cases="")
    page(signed_in(approver), f"/policies/drafts/{draft.pk}/return/", {"note": "上限太高"})
    assert "上限太高" in page(signed_in(author), f"/policies/drafts/{draft.pk}/edit/")
    assert Notice.objects.get(recipient=author).text == "上限太高"
    draft = changed(draft, author, "value: 50", "value: 40")
    assert actions.submit_draft(actor=author, draft=draft).state == DraftState.SUBMITTED
