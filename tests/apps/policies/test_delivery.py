"""Applications, bulk review, refusals, and the clock of the payment."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests import factories
from tests.apps.policies.delivery_town import ACCOUNT, Town, case_of, client_of, publish, told
from tests.engines.worktime.china import at

from lianshang.apps.policies.models import DeliveryCase, Guide, MaterialUse
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Membership
from lianshang.core.files.queries import attachments_of
from lianshang.core.workflow.models import Entry
from lianshang.core.workflow.queries.standings import standing_of
from lianshang.core.workflow.tasks import escalate_all

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _files_elsewhere(settings: Settings, tmp_path: Path) -> None:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture(autouse=True)
def time() -> Iterator[clock.StandingClock]:
    with clock.standing_at(at("2026-06-01 08:30")) as standing:
        yield standing


@pytest.fixture
def town() -> Town:
    return Town()


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, "application/pdf")


def test_an_application_is_returned_for_a_material_and_completed_with_a_held_one(
    town: Town, time: clock.StandingClock
) -> None:
    firm = town.firm("示例光芯科技有限公司", 10_000_000)
    browser = town.firms(firm)
    first = town.open(publish(code="x.first", channel="application"), "示例第一项")
    address = f"/policies/delivery/{first.pk}/apply/"
    assert "示例第一项" in browser.get("/").text
    page = browser.get(address).text
    assert "上年研发费用达到下限" in page  # what is held, with its source
    assert "企业自报" in page
    audit = {"file_0": pdf("审计报告.pdf"), "until_0": "2026-12-31"}
    assert browser.post(address, ACCOUNT | audit | {"declared": "500000"}).status_code == 302

    second = town.open(publish(code="x.second", channel="application"), "示例第二项")
    address = f"/policies/delivery/{second.pk}/apply/"
    page = browser.get(address).text
    assert "沿用已存的“研发费用专项审计报告”（2026-06-01 收到）" in page
    assert "已存 ***************1234（示例银行高新支行" in page
    licence = {"file_1": pdf("执照.pdf"), "declared": "500000"}  # the held report is not ticked
    assert browser.post(address, licence).status_code == 302
    case = case_of(second, firm)
    assert (case.step, case.state, case.account) == ("acceptance", "running", ACCOUNT["number"])

    page = town.do(second, "return", firm, reason="缺审计报告", missing="研发费用专项审计报告")
    assert "已办 1 家" in page
    _complete(town, time, browser, case)


def _complete(town: Town, time: clock.StandingClock, browser: Client, case: DeliveryCase) -> None:
    """The firm answers the return with the report that is held; two days were not counted."""
    second, firm = case.round, case.enterprise
    assert "示例研发投入奖励：受理 退回补正" in told(firm)
    assert case_of(second, firm).state == "waiting"
    time.move_to(at("2026-06-03 08:40"))
    supply = f"/policies/cases/{case.pk}/supply/"
    assert "还缺：研发费用专项审计报告" in browser.post(supply, {"number": ""}).text
    assert browser.post(supply, {"number": "", "reuse_0": "on"}).status_code == 302
    case = case_of(second, firm)
    assert (case.state, case.missing) == ("running", [])
    used = {one.material.kind: one.is_reused for one in MaterialUse.objects.filter(case=case)}
    assert used == {"研发费用专项审计报告": True, "营业执照": False}
    assert "沿用已存" in town.clerks.get(case.get_absolute_url()).text
    run = standing_of(case.duty).of("close")[-1]
    # 1 and 2 June were not counted.
    assert f"{run.due.at:%Y-%m-%d %H:%M}" == "2026-08-26 17:30"
    file = MaterialUse.objects.get(case=case, is_reused=True).material
    stranger = town.firms(town.firm("示例旁人科技有限公司"))
    path = f"/files/{attachments_of(file).get().pk}/"
    assert [one.get(path).status_code for one in (browser, town.clerks, stranger)] == [
        200,
        200,
        404,
    ]


def test_the_report_of_each_firm_leads_to_its_own_application(town: Town) -> None:
    first, second = town.firm("示例甲有限公司", 2_000_000), town.firm("示例乙有限公司", 2_000_000)
    browser = town.firms(first)
    person = Membership.objects.get(unit=first.unit, role=Role.ENTERPRISE).user
    Membership.objects.create(user=person, unit=second.unit, role=Role.ENTERPRISE)
    fast = town.open(publish(code="x.fast", channel="fast"), "示例快享")
    report = f"/policies/mine/?firm={second.pk}"
    address = f"/policies/delivery/{fast.pk}/apply/?firm={second.pk}"
    assert f'href="{address}"' in browser.get(report).text
    assert browser.post(address, ACCOUNT).status_code == 302
    assert [one.enterprise for one in fast.cases.all()] == [second]
    assert address not in browser.get(report).text
    of_first = f"/policies/delivery/{fast.pk}/apply/?firm={first.pk}"
    assert of_first in browser.get(f"/policies/mine/?firm={first.pk}").text
    stranger = town.firm("示例旁人有限公司")
    foreign = f"/policies/delivery/{fast.pk}/apply/?firm={stranger.pk}"
    assert browser.post(foreign, ACCOUNT).status_code == 403


def test_a_bulk_review_says_who_refused_and_does_nothing_twice(town: Town) -> None:
    ready, waiting = town.firm("示例甲有限公司", 2_000_000), town.firm("示例乙有限公司", 2_000_000)
    fast = town.open(publish(code="x.fast", channel="fast"), "示例快享")
    for firm in (ready, waiting):
        own = town.firms(firm)
        assert own.post(f"/policies/delivery/{fast.pk}/apply/", ACCOUNT).status_code == 302
    assert case_of(fast, ready).declared == Decimal(100000)
    town.do(fast, "return", waiting, reason="请说明")
    page = town.do(fast, "pass", ready, waiting, request_key="r1")
    assert "已办 1 家，未办 1 家" in page
    assert f'name="case" value="{case_of(fast, ready).pk}"' in page  # the next deed from here
    assert "等企业办理“审核”，企业答复后再继续" in page
    assert case_of(fast, ready).step == "notice"
    town.do(fast, "pass", ready, request_key="r1")
    assert case_of(fast, ready).step == "notice"
    assert "请写明理由" in town.do(fast, "skip", ready)
    town.do(fast, "skip", ready, reason="本办法不要求公示")
    assert case_of(fast, ready).step == "payment_letter"
    other = client_of(factories.user(Role.OFFICE_STAFF))
    assert other.get(fast.get_absolute_url()).status_code == 404


def test_a_second_payment_is_refused_with_the_first_named(town: Town) -> None:
    firm = town.firm("示例甲有限公司", 2_000_000)
    policy = publish(code="x.fast", channel="fast")
    first, second = town.open(policy, "示例第一批"), town.open(policy, "示例第二批")
    own = town.firms(firm)
    own.post(f"/policies/delivery/{first.pk}/apply/", ACCOUNT)
    answer = own.post(f"/policies/delivery/{second.pk}/apply/", ACCOUNT)
    assert answer.status_code == 422
    number = case_of(first, firm).pk
    assert f"同一政策（2026）已在“示例第一批”第 {number} 号个案中" in answer.text
    town.do(first, "decline", firm, reason="条件不符")
    assert own.post(f"/policies/delivery/{second.pk}/apply/", ACCOUNT).status_code == 302
    dispute = own.post(f"/policies/cases/{number}/dispute/", {"reason": "不同意"})
    assert (dispute.status_code, "不能重复兑现" in dispute.text) == (422, True)

    automatic = publish(code="x.list", channel="automatic")
    once, again = town.open(automatic, "示例名单一"), town.open(automatic, "示例名单二")
    assert case_of(once, firm).state == "listed"
    assert case_of(again, firm).state == "excluded"
    assert "不能重复兑现" in town.do(again, "include", firm, reason="再试")


def test_two_benefits_of_one_group_need_a_decision(town: Town) -> None:
    """从高不重复: the letter leaves the firm out until somebody wrote which one it gets."""
    firm = town.firm("示例甲有限公司", 2_000_000)
    group = {"group": "zone.rd", "rule": "highest"}
    for code in ("x.a", "x.b"):
        delivery = town.open(publish(code=code, channel="fast", stacking=group), f"示例{code}")
        town.firms(firm).post(f"/policies/delivery/{delivery.pk}/apply/", ACCOUNT)
        town.do(delivery, "pass", firm)
        town.do(delivery, "skip", firm, reason="不要求公示")
    refused = town.post(delivery, "letter", addressee="示例财政金融局")
    assert refused.status_code == 422
    assert "属于从高不重复的同一组：请先在个案页写明取舍" in refused.content.decode()
    case = case_of(delivery, firm)
    assert "从高不重复" in town.clerks.get(case.get_absolute_url()).text
    chosen = town.clerks.post(f"/policies/cases/{case.pk}/stacking/", {"reason": "采用本项"})
    assert chosen.status_code == 302
    letter = town.post(delivery, "letter", addressee="示例财政金融局")
    assert "1 家" in letter.content.decode()


def test_sixty_working_days_without_payment_climb_the_ladder(
    town: Town, time: clock.StandingClock
) -> None:
    firm = town.firm("示例甲有限公司", 2_000_000)
    fast = town.open(publish(code="x.fast", channel="fast"), "示例快享")
    Guide.objects.get().duty  # noqa: B018 - the round opened the duty of the guide as well
    town.firms(firm).post(f"/policies/delivery/{fast.pk}/apply/", ACCOUNT)
    duty = case_of(fast, firm).duty
    due = standing_of(duty).due_at
    assert f"{due:%Y-%m-%d %H:%M}" == "2026-08-24 17:30"
    time.move_to(at("2026-08-24 17:29"))
    escalate_all()
    rungs = Entry.objects.filter(duty=duty, act="escalate").order_by("number")
    assert [one.reason for one in rungs] == ["一个工作日内到期"]
    time.move_to(at("2026-08-24 17:31"))
    escalate_all()
    assert {one.reason for one in rungs.all()} == {
        "一个工作日内到期",
        "已超期",
        "您交办的事项已超期",
    }
    assert "已超期" in town.clerks.get(fast.get_absolute_url()).text
    time.move_to(at("2026-08-28 09:00"))
    escalate_all()
    assert rungs.filter(reason="超期三个工作日，转督办").count() == 1
