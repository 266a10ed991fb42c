"""A new version, a later day, the editor, and who may see or change a draft."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from tests import factories
from tests.apps.policies.draft_town import (
    TODAY,
    changed,
    page,
    ready,
    signed_in,
)

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.actions import drafts as actions
from lianshang.apps.policies.choices import DraftState
from lianshang.apps.policies.models import Policy, PolicyDraft
from lianshang.apps.policies.queries import fair_competition
from lianshang.apps.policies.tasks import publish_due
from lianshang.core import clock
from lianshang.core.accounts.choices import Role, UnitKind
from lianshang.core.accounts.models import Unit, User
from lianshang.core.notices.models import Notice

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


def published(author: User, approver: User, unit: Unit) -> Policy:
    draft = actions.submit_draft(actor=author, draft=ready(author, unit))
    actions.approve_draft(actor=approver, draft=draft, conclusions={}, publish_on=TODAY)
    return Policy.objects.get()


def next_version(author: User, unit: Unit, policy: Policy) -> PolicyDraft:
    """The same from July on, with 6 % instead of 5 %."""
    form = {"name": "示例研发奖励", "code": "zone.rd.2027", "owner": unit.pk}
    page(signed_in(author), f"/policies/{policy.pk}/revise/", form)
    draft = PolicyDraft.objects.get(base=policy)
    text = draft.text.replace("valid: {from: '2026-01-01'", "valid: {from: '2026-07-01'")
    text = text.replace("value: 0.05", "value: 0.06")
    cases = (
        "policy: zone.rd.2027\nmoney: 万元\ncases:\n"
        "  - {name: 新比例, on: 2026-07-01, facts: {rd_exp_y0: 100}, expect: {amount: 6}}\n"
    )
    draft = actions.save_draft(actor=author, draft=draft, text=text, cases=cases)
    no = {one.id: {"answer": "no", "reason": "不涉及"} for one in fair_competition.questions()}
    draft = actions.answer_review(actor=author, draft=draft, answers=no)
    return actions.submit_draft(actor=author, draft=draft)


def test_a_new_version_ends_the_older_on_the_day_before(
    author: User, approver: User, unit: Unit
) -> None:
    older = published(author, approver, unit)
    draft = next_version(author, unit, older)
    judged = page(signed_in(approver), f"/policies/drafts/{draft.pk}/")
    assert "parameters.reward_share.values.2026-01-01.value" in judged
    assert "0.05" in judged
    assert "0.06" in judged
    actions.approve_draft(actor=approver, draft=draft, conclusions={}, publish_on=TODAY)
    older.refresh_from_db()
    newer = Policy.objects.get(code="zone.rd.2027")
    assert (older.valid_until, older.is_retired) == (date(2026, 6, 30), False)
    assert older.definition["valid"]["until"] == "2026-06-30"
    assert (newer.valid_from, newer.family) == (date(2026, 7, 1), "zone.rd.2026")


def test_approved_for_a_later_day_the_job_publishes_it_then(
    author: User, approver: User, unit: Unit
) -> None:
    draft = actions.submit_draft(actor=author, draft=ready(author, unit))
    day = date(2026, 6, 10)
    actions.approve_draft(actor=approver, draft=draft, conclusions={}, publish_on=day)
    publish_due(0)
    assert not Policy.objects.exists()
    with clock.moved_to(day):
        publish_due(0)
    assert Policy.objects.get().published_on == day


def test_what_cannot_be_published_on_its_day_stops_nobody_and_is_told(
    author: User, approver: User, unit: Unit
) -> None:
    draft = actions.submit_draft(actor=author, draft=ready(author, unit))
    day = date(2026, 6, 10)
    actions.approve_draft(actor=approver, draft=draft, conclusions={}, publish_on=day)
    row = Policy(code="zone.rd.2026", valid_from=TODAY, definition={"id": "zone.rd.2026"})
    row.save()
    with clock.moved_to(day):
        publish_due(0)
    draft.refresh_from_db()
    assert draft.state == DraftState.APPROVED
    assert "政策库里已有编号 zone.rd.2026" in draft.stopped
    with clock.moved_to(date(2026, 6, 11)):
        publish_due(0)  # tried again, told only once
    assert sorted(one.recipient.pk for one in Notice.objects.all()) == [author.pk, approver.pk]


def test_what_another_saved_meanwhile_is_not_overwritten(author: User, unit: Unit) -> None:
    draft = ready(author, unit)
    seen = draft.updated_at.isoformat()
    with clock.moved_to(date(2026, 6, 2)):
        changed(draft, author, "value: 50", "value: 60")
    answer = signed_in(author).post(
        f"/policies/drafts/{draft.pk}/edit/",
        {"side": "text", "text": "id: mine", "cases": "", "seen": seen},
    )
    assert answer.status_code == 422
    assert "id: mine" in answer.content.decode()  # what was typed is still there
    assert "value: 60" in PolicyDraft.objects.get().text


def test_the_form_and_the_text_follow_each_other(author: User, unit: Unit) -> None:
    draft, client = ready(author, unit), signed_in(author)
    address = f"/policies/drafts/{draft.pk}/check/"
    sent = {"text": draft.text, "cases": draft.cases}
    typed = {
        "side": "form",
        "f.parameters.rd_floor.values[0].value": "200",
        "f.require.all[0].label.zh": "新的条款名",
        "k.parameters.rd_floor": "floor",
    }
    found = client.post(address, sent | typed).json()
    assert "value: 200" in found["text"]
    assert "新的条款名" in found["text"]
    assert list_of_keys(found["text"]) == list_of_keys(draft.text)  # the order is kept
    assert "rd_floor）" in found["findings"]  # the expression still says the old name
    assert found["form"] is None  # the side being typed in is left alone

    found = client.post(address, {**sent, "side": "text"}).json()
    assert 'value="100"' in found["form"]
    added = client.post(address, {**sent, "side": "form", "add": "require.all"}).json()
    assert "id: C1" in added["text"]
    assert 'name="f.require.all[1].when"' in added["form"]
    gone = client.post(address, {**sent, "side": "form", "d.parameters.reward_cap": "1"}).json()
    assert "reward_cap:" not in gone["text"]


def list_of_keys(text: str) -> list[str]:
    return [line.split(":")[0] for line in text.splitlines() if line[:1].isalpha()]


def test_a_text_that_cannot_be_read_loses_nothing_to_the_form(author: User, unit: Unit) -> None:
    draft, client = ready(author, unit), signed_in(author)
    broken = draft.text + "  oops: [\n"
    sent = {"side": "form", "text": broken, "cases": "", "f.name.zh": "别的"}
    found = client.post(f"/policies/drafts/{draft.pk}/check/", sent).json()
    assert found["text"] == broken
    assert found["form"] is None
    assert found["marks"][0]["severity"] == "error"


def test_how_many_firms_a_text_reaches_is_told_before_it_is_saved(author: User, unit: Unit) -> None:
    firm: Enterprise = factories.firm(registered_on=date(2020, 1, 1))
    factories.fact(firm, "rd_exp", Decimal("1500000"), year=2025)
    draft, client = ready(author, unit), signed_in(author)
    address = f"/policies/drafts/{draft.pk}/affected/"
    assert "7.5 万元" in page(client, address)
    higher = draft.text.replace("value: 100}", "value: 200}")
    told = client.post(address, {"text": higher}).content.decode()
    assert '<strong><data value="0.00"' in told
    assert "改正错误后显示" in client.post(address, {"text": "id: ["}).content.decode()


def test_facts_are_found_by_their_label(author: User) -> None:
    client = signed_in(author)
    assert "rd_exp_y0" in page(client, "/policies/facts/?q=研发费用总额")
    named = client.get("/policies/facts/?as=json").json()["facts"]
    [fact] = [one for one in named if one["name"] == "rd_exp_y0"]
    assert (fact["label"], fact["unit"]) == ("研发费用总额（审计口径）", "元")


def test_a_draft_of_another_unit_is_not_seen_before_it_is_handed_in(
    author: User, approver: User, unit: Unit
) -> None:
    draft = ready(author, unit)
    other = signed_in(approver)
    assert other.get(f"/policies/drafts/{draft.pk}/").status_code == 404
    assert other.get(f"/policies/drafts/{draft.pk}/edit/").status_code == 404
    actions.submit_draft(actor=author, draft=draft)
    assert other.get(f"/policies/drafts/{draft.pk}/").status_code == 200
    firm = signed_in(factories.user(Role.ENTERPRISE, unit=factories.firm().unit))
    assert firm.get("/policies/drafts/").status_code == 403


def test_a_policy_of_the_national_library_is_not_revised_by_the_zone(
    author: User, unit: Unit
) -> None:
    from lianshang.apps.policies.actions.library import sync_policies

    sync_policies(actor=None)
    draft = ready(author, unit)
    draft = changed(draft, author, "family: zone.rd.2026", "family: cn.cit.small_low_profit")
    with pytest.raises(ValidationError, match="在国家政策库中，不能由本区改版"):
        actions.submit_draft(actor=author, draft=draft)


def test_withdrawn_it_stays_readable_and_is_closed(author: User, unit: Unit) -> None:
    draft, client = ready(author, unit), signed_in(author)
    assert "已撤回" in page(client, f"/policies/drafts/{draft.pk}/withdraw/", {})
    assert client.get(f"/policies/drafts/{draft.pk}/edit/").status_code == 302
