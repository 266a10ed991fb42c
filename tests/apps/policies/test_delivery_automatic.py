"""免申即享, from the list to the firm's rating: with a refusal, a wait, an objection."""

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from tests.apps.policies.delivery_town import ACCOUNT, Town, case_of, publish, told
from tests.engines.worktime.china import at

from lianshang.apps.enterprises.choices import ActorKind
from lianshang.apps.policies.models import DeliveryCase, DeliveryRound, PublicNotice, Receipt
from lianshang.apps.policies.tasks import end_notices
from lianshang.core import clock
from lianshang.core.audit.models import AccessLog
from lianshang.core.papers.models import Paper
from lianshang.core.workflow.choices import State
from lianshang.core.workflow.models import Entry
from lianshang.core.workflow.queries.standings import standing_of
from lianshang.core.workflow.wording import equation_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_elsewhere(settings: Settings, tmp_path: Path) -> None:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}


@pytest.fixture
def time() -> Iterator[clock.StandingClock]:
    with clock.standing_at(at("2026-06-01 08:30")) as standing:
        yield standing


def pay_clock(case: DeliveryCase) -> Any:
    assert case.duty is not None
    return standing_of(case.duty).of("close")[-1]


def test_a_reward_goes_from_the_list_to_the_rating(time: clock.StandingClock) -> None:
    town = Town()
    good = town.firm("示例光芯科技有限公司", 10_000_000, credit_code="91000000000000001X")
    slow = town.firm("示例慢答科技有限公司", 4_000_000)
    unwilling = town.firm("示例不要科技有限公司", 2_000_000)
    disputed = town.firm("张三示例五金店", 3_000_000, kind=ActorKind.SOLE_TRADER)
    town.firm("示例未达科技有限公司", 999_999)
    delivery = _listed(town, [good, slow, unwilling, disputed])
    _wishes(town, time, delivery, good, slow, unwilling, disputed)
    _approved(town, time, delivery, good, slow, disputed)
    _noticed(town, delivery)
    _objected(town, time, delivery, good, slow, disputed)
    _letter(town, time, delivery)
    _paid(town, time, delivery, good, slow)


def _listed(town: Town, firms: list[Any]) -> DeliveryRound:
    """The list holds exactly the entitled firms with amounts; nobody was told before it is sent."""
    delivery = town.open(publish())
    declared = {case.enterprise: case.declared for case in delivery.cases.all()}
    assert declared == dict(
        zip(
            firms,
            [Decimal(500000), Decimal(200000), Decimal(100000), Decimal(150000)],
            strict=True,
        )
    )
    assert told(firms[0]) == []
    again = town.open(delivery.policy)
    assert again.pk == delivery.pk
    form = town.clerks.get(f"{delivery.get_absolute_url()}send/").content.decode()
    assert "现有 4 家企业等候“生成名单”，金额合计 95 万元。" in form
    town.do(delivery, "exclude", firms[3], reason="先核对")
    assert case_of(delivery, firms[3]).state == "excluded"
    town.do(delivery, "include", firms[3], reason="核对无误")
    assert town.post(delivery, "send", reason="名单已核对").status_code == 302
    assert told(firms[0]) == ["示例研发投入奖励：生成名单 通过"]
    return delivery


def _wishes(town: Town, time: Any, delivery: DeliveryRound, *firms: Any) -> None:
    good, slow, unwilling, disputed = firms
    page = town.do(delivery, "pass", *firms)
    # Back on the round, where the next deed is.
    assert ("通过：已办 4 家，未办 0 家" in page, 'name="deed"' in page) == (True, True)
    case = case_of(delivery, slow)
    assert (case.step, case.state) == ("wish", "waiting")
    assert pay_clock(case).is_paused

    time.move_to(at("2026-06-02 09:00"))
    browser = town.firms(good)
    assert "确认享受并填写账户" in browser.get(case_of(delivery, good).get_absolute_url()).text
    address = f"/policies/cases/{case_of(delivery, good).pk}/wish/"
    empty = browser.post(address, {"number": "", "bank": ""})
    assert (empty.status_code, "没有账号无法拨付" in empty.text) == (422, True)
    assert browser.post(address, ACCOUNT).status_code == 302
    for firm in (disputed,):
        own = f"/policies/cases/{case_of(delivery, firm).pk}/wish/"
        assert town.firms(firm).post(own, ACCOUNT).status_code == 302
    leave = f"/policies/cases/{case_of(delivery, unwilling).pk}/withdraw/"
    assert town.firms(unwilling).post(leave, {"reason": "不需要"}).status_code == 302
    left = case_of(delivery, unwilling)
    assert (left.state, left.duty and left.duty.state) == ("withdrawn", State.CANCELLED)

    time.move_to(at("2026-06-08 08:50"))
    own = f"/policies/cases/{case.pk}/wish/"
    assert town.firms(slow).post(own, ACCOUNT).status_code == 302
    run = pay_clock(case_of(delivery, slow))
    assert not run.is_paused
    # From 8 June: 16 working days of June (19 June is a holiday), 23 of July, 21 of August.
    assert f"{run.due.at:%Y-%m-%d %H:%M}" == SLOW_DUE
    assert equation_of(run) == SLOW_EQUATION
    page = town.firms(slow).get(case.get_absolute_url()).text
    assert (SLOW_EQUATION in page, f"暂停的凭据：{SLOW_PROOF}" in page) == (True, True)
    paused = Entry.objects.get(duty=case.duty, act="pause")
    assert SLOW_PROOF in paused.data["proof"]


SLOW_DUE = "2026-08-31 17:30"
SLOW_PROOF = "2026-06-01 08:30 站内通知企业（1 个账号）"
SLOW_EQUATION = (
    "自 6月1日（周一）08:30 起 60 个工作日，周六日不计：6月1日 08:30–6月8日 08:50 "
    "请确认是否享受，并填写收款账户，停 5 个工作日，6月19日–21日 端午节放假 → 2026-08-31 17:30"
)


def _approved(town: Town, time: Any, delivery: DeliveryRound, *firms: Any) -> None:
    """Credit check, opinions, decision: each refuses until what it needs is there."""
    town.do(delivery, "pass", *firms)
    assert case_of(delivery, firms[0]).step == "opinions"
    assert "还没有向任何部门征求意见" in town.do(delivery, "pass", *firms)
    asked = town.post(delivery, "opinions", units=[town.credit.pk], text="有无失信")
    assert asked.status_code == 302
    assert "还没有答复的部门：示例市场监管局" in town.do(delivery, "pass", *firms)
    opinion = delivery.opinions.get()
    other = Client(headers={"accept-language": "zh-hans"})
    other.force_login(town.colleague)
    acts = f"/duties/{opinion.duty_id}/acts/"
    assert other.post(f"{acts}accept/", {}).status_code == 302
    assert other.post(f"{acts}claim/", {"reason": "均无失信记录"}).status_code == 302
    assert other.get(delivery.get_absolute_url()).status_code == 200
    assert "已办 3 家" in town.do(delivery, "pass", *firms)
    assert "还没有登记会议" in town.do(delivery, "pass", *firms)
    time.move_to(at("2026-06-15 10:00"))
    meeting = {"decided_on": "2026-06-12", "decision": "示高管纪〔2026〕12号"}
    assert town.post(delivery, "decision", **meeting).status_code == 302
    assert "已办 3 家" in town.do(delivery, "pass", *firms)


def _noticed(town: Town, delivery: DeliveryRound) -> None:
    """Anybody reads it, masked, with its equation."""
    posted = town.post(delivery, "notice", days=5, contact="示例路 1 号 000-0000")
    assert posted.status_code == 302
    notice = PublicNotice.objects.get()
    # 19 June is Dragon Boat Festival: 16, 17, 18, 22 and 23 June are the five working days.
    assert f"{notice.ends_at.astimezone(clock.zone_time()):%Y-%m-%d %H:%M}" == "2026-06-23 17:30"
    page = Client(headers={"accept-language": "zh-hans"}).get(notice.get_absolute_url()).text
    assert "示例光芯科技有限公司" in page
    assert "91000000000000001X" in page
    assert "张三" not in page
    assert "张******" in page
    assert "50 万元" in page
    assert ACCOUNT["number"] not in page
    assert "1234" not in page
    assert "端午节" in page


def _objected(town: Town, time: Any, delivery: DeliveryRound, *firms: Any) -> None:
    """The case goes back; the others go on when the time of the notice is over, not before."""
    good, slow, disputed = firms
    notice = PublicNotice.objects.get()
    time.move_to(at("2026-06-17 10:00"))
    case = case_of(delivery, disputed)
    told_it = {"case": case.pk, "text": "研发费用不实", "said_by": "示例人"}
    made = town.clerks.post(f"{notice.get_absolute_url()}objection/", told_it)
    assert made.status_code == 302
    assert case_of(delivery, disputed).step == "data_check"
    assert "异议还没有核实" in town.do(delivery, "pass", disputed)
    end_notices()
    assert case_of(delivery, good).step == "notice"
    time.move_to(at("2026-06-23 17:29"))
    end_notices()
    assert case_of(delivery, good).step == "notice"
    time.move_to(at("2026-06-23 17:31"))
    end_notices()
    assert {case_of(delivery, one).step for one in (good, slow)} == {"payment_letter"}
    assert case_of(delivery, disputed).step == "data_check"
    objection = case_of(delivery, disputed).objections.get()
    settle = f"/policies/cases/{case.pk}/objections/{objection.pk}/"
    assert town.clerks.post(settle, {"reason": "经核实费用不实"}).status_code == 302
    town.do(delivery, "decline", disputed, reason="研发费用不实，不予兑现")
    declined = case_of(delivery, disputed)
    assert (declined.state, declined.duty and declined.duty.state) == ("declined", State.CLAIMED)


def _letter(town: Town, time: Any, delivery: DeliveryRound) -> None:
    """Amounts in figures and capitals, accounts in full in the paper alone; the look is logged."""
    time.move_to(at("2026-06-25 10:00"))
    page = town.post(delivery, "letter", addressee="示例财政金融局").content.decode()
    assert "2 家" in page
    paper = Paper.objects.get(kind="payment_letter")
    document = zipfile.ZipFile(io.BytesIO(paper.read())).read("word/document.xml").decode()
    for words in ("500,000.00", "伍拾万元整", "柒拾万元整", ACCOUNT["number"], "示例财政金融局"):
        assert words in document
    assert AccessLog.objects.filter(kind="reveal", subject_pk=delivery.pk).count() == 1
    assert ACCOUNT["number"] not in town.clerks.get(delivery.get_absolute_url()).text
    assert "***1234" in town.clerks.get(delivery.get_absolute_url()).text


def _paid(town: Town, time: Any, delivery: DeliveryRound, good: Any, slow: Any) -> None:
    """A bad line loses no good one; the firm's rating ends the duty, its dispute reopens it."""
    time.move_to(at("2026-06-30 10:00"))
    pasted = (
        "企业\t金额\t日期\t凭证\n示例光芯科技有限公司\t500,000.00\t2026-06-29\t示例凭0001\n"
        "示例慢答科技有限公司\t200000.01\t2026-06-29\t示例凭0002\n没有的公司\t1\t2026-06-29\t3"
    )
    page = town.post(delivery, "receipts", text=pasted).content.decode()
    assert "超过应拨金额：还应拨 200,000.00 元" in page
    assert "批次里没有这家企业" in page
    town.post(delivery, "receipts", text=pasted)
    assert [one.amount for one in Receipt.objects.all()] == [Decimal(500000)]
    done = case_of(delivery, good)
    assert (done.state, done.step) == ("paid", "rating")
    assert done.duty
    assert done.duty.state == State.CLAIMED
    rated = {"rating": "5", "words": "很快"}
    assert town.firms(good).post(f"/policies/cases/{done.pk}/rate/", rated).status_code == 302
    done = case_of(delivery, good)
    assert (done.state, done.rating, done.duty and done.duty.state) == ("closed", 5, State.CLOSED)
    steps = [(one.step, one.outcome) for one in done.entries.all()]
    assert steps == WAY
    single = {"paid_on": "2026-06-30", "amount": "200000", "voucher": "示例凭0003"}
    late = case_of(delivery, slow)
    assert town.clerks.post(f"/policies/cases/{late.pk}/receipt/", single).status_code == 302
    dispute = f"/policies/cases/{late.pk}/dispute/"
    assert town.firms(slow).post(dispute, {"reason": "没有收到"}).status_code == 302
    assert (case_of(delivery, slow).state, case_of(delivery, slow).step) == ("running", "receipt")


WAY = [
    ("list", "passed"),
    ("data_check", "passed"),
    ("wish", "entered"),
    ("wish", "passed"),
    ("credit_check", "passed"),
    ("opinions", "passed"),
    ("decision", "passed"),
    ("notice", "entered"),
    ("notice", "passed"),
    ("payment_letter", "passed"),
    ("receipt", "passed"),
    ("rating", "passed"),
]
