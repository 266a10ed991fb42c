"""A reward paid in three parts: letters, receipts, the re-check, the end before the last part."""

import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings
from tests import factories
from tests.apps.policies.delivery_town import ACCOUNT, LABEL, Town, case_of, publish, told
from tests.engines.worktime.china import at

from lianshang.apps.policies.models import DeliveryRound, Instalment, Receipt
from lianshang.apps.policies.tasks import instalments
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.notices.models import Notice
from lianshang.core.papers.models import Paper
from lianshang.core.workflow.choices import State
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.standings import standing_of

pytestmark = pytest.mark.django_db

IN_THREE = {
    "label": LABEL,
    "amount": "rd_exp_y0 * share",
    "per": "once",
    "schedule": [
        {"year_offset": 0, "share": "0.333", "label": {"zh": "首期"}},
        {
            "on": "2027-03-01",
            "share": "0.333",
            "label": {"zh": "二期"},
            "condition": {"zh": "次年仍在区内经营"},
        },
        {"year_offset": 2, "share": "0.334", "label": {"zh": "末期"}},
    ],
}


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


def approved(town: Town, firm: Any, benefit: dict[str, Any], amount: str) -> DeliveryRound:
    """The firm has applied, the office has passed it on to the payment."""
    delivery = town.open(publish(code="x.parts", channel="fast", benefit=benefit), "示例分期")
    applied = {**ACCOUNT, "declared": amount}
    own = town.firms(firm)
    assert own.post(f"/policies/delivery/{delivery.pk}/apply/", applied).status_code == 302
    town.do(delivery, "pass", firm)
    town.do(delivery, "skip", firm, reason="不要求公示")
    return delivery


def letter(town: Town, delivery: DeliveryRound) -> str:
    """The text of a new payment letter, or of the page that refuses it."""
    answer = town.post(delivery, "letter", addressee="示例财政金融局")
    if answer.status_code != 200:
        return answer.content.decode()
    paper = Paper.objects.filter(kind="payment_letter").latest("pk")
    return zipfile.ZipFile(io.BytesIO(paper.read())).read("word/document.xml").decode()


def receive(town: Town, delivery: DeliveryRound, firm: Any, amount: str, **more: Any) -> Any:
    day = clock.today().isoformat()
    fields = {"paid_on": day, "amount": amount, "voucher": f"凭{Receipt.objects.count()}", **more}
    return town.clerks.post(f"/policies/cases/{case_of(delivery, firm).pk}/receipt/", fields)


def sums(town: Town, delivery: DeliveryRound) -> list[str]:
    """Paid, due now, later, as the round tells them."""
    page = town.clerks.get(delivery.get_absolute_url()).text
    parts = page.split('<dl class="stats">')[1].split("</dl>")[0].split('title="')[1:]
    return [one.split('"')[0] for one in parts]


def test_three_parts_of_a_reward_to_the_end_of_the_case(
    town: Town, time: clock.StandingClock
) -> None:
    firm = town.firm("示例光芯科技有限公司", 2_000_000)
    mate = factories.user(Role.OFFICE_STAFF, unit=town.office, name="示例同事")
    delivery = approved(town, firm, IN_THREE, "100000.01")
    page = town.firms(firm).get(f"/policies/{delivery.policy_id}/").text
    for words in ("1. 首期 33.3%", "2. 二期 33.3%", "次年仍在区内经营", "3. 末期 33.4%"):
        assert words in page
    _first(town, delivery, firm)
    time.move_to(at("2027-02-26 08:30"))
    instalments()
    assert Duty.objects.filter(title__contains="第 2 期").count() == 0
    time.move_to(at("2027-03-01 08:30"))
    instalments()
    instalments()
    told_mate = Notice.objects.filter(recipient=mate, subject__contains="分期到期")
    assert told_mate.get().subject == "示例产业促进局：本批 1 件分期到期，请出拨付函"
    assert told_mate.get().url == f"/policies/delivery/{delivery.pk}/?step=payment_letter"
    _second(town, delivery, firm)
    _last(town, delivery, firm)


def _first(town: Town, delivery: DeliveryRound, firm: Any) -> None:
    """Cut to the fen; the letter names what is due alone; nothing is finished with one part."""
    case = case_of(delivery, firm)
    cut = [(one.amount, one.due_on.isoformat(), one.due_year) for one in case.instalments.all()]
    assert cut == [
        (Decimal("33300.00"), "2026-06-01", 2026),
        (Decimal("33300.00"), "2027-03-01", None),
        (Decimal("33400.01"), "2028-01-01", 2028),
    ]
    assert sums(town, delivery) == ["0.00 元", "33,300.00 元", "66,700.01 元"]
    for page in (
        town.clerks.get(case.get_absolute_url()).text,
        town.firms(firm).get(case.get_absolute_url()).text,
    ):
        for words in ("第 1 期 / 共 3 期", "首期 · 2026 年起拨付", "拨付前核实：次年仍在区内经营"):
            assert words in page
    paper = letter(town, delivery)
    assert ("（第 1 期 / 共 3 期）" in paper, "33,300.00" in paper) == (True, True)
    assert ("第 2 期" in paper, "33,400.01" in paper) == (False, False)
    over = receive(town, delivery, firm, "33300.01", instalment=case.instalments.get(number=1).pk)
    assert (over.status_code, "还应拨 33,300.00 元" in over.text) == (422, True)
    early = receive(town, delivery, firm, "1", instalment=case.instalments.get(number=2).pk)
    assert early.status_code == 422
    first = case.instalments.get(number=1).pk
    assert receive(town, delivery, firm, "20000", instalment=first).status_code == 302
    assert case_of(delivery, firm).step == "receipt"
    assert receive(town, delivery, firm, "13300", instalment=first).status_code == 302
    case = case_of(delivery, firm)
    assert case.duty
    assert (case.step, case.state, case.duty.state) == ("payment_letter", "running", State.CLAIMED)
    assert sums(town, delivery) == ["33,300.00 元", "0.00 元", "66,700.01 元"]
    assert "第 2 期 / 共 3 期：2027-03-01起拨付，到期前不用办理" in letter(town, delivery)
    assert "本环节：" not in town.clerks.get(case.get_absolute_url()).text
    assert "到期前不用办理" in town.firms(firm).get(case.get_absolute_url()).text


def _second(town: Town, delivery: DeliveryRound, firm: Any) -> None:
    """A duty with a clock of its own; the re-check comes before the letter."""
    case = case_of(delivery, firm)
    assert case.duty
    assert case.duty.title == "兑现第 2 期 / 共 3 期：示例研发投入奖励"
    assert f"{standing_of(case.duty).due_at:%Y-%m-%d}" > "2027-05-20"  # sixty working days on
    assert told(firm)[-1] == "示例研发投入奖励：拨付函 已启动"
    shown = town.clerks.get(case.get_absolute_url()).text
    assert "本环节：自 3月1日（周一）08:30 起 5 个工作日" in shown
    assert "请先核实“次年仍在区内经营”" in letter(town, delivery)
    part = case.instalments.get(number=2)
    confirm = f"/policies/cases/{case.pk}/instalments/{part.pk}/confirm/"
    assert town.firms(firm).post(confirm, {"reason": "符合"}).status_code in (403, 404)
    assert town.clerks.post(confirm, {"reason": "实地查看，仍在经营"}).status_code == 302
    assert "（第 2 期 / 共 3 期）" in letter(town, delivery)
    line = f"示例光芯科技有限公司\t33300\t{clock.today()}\t示例凭9"
    assert "已登记" in town.post(delivery, "receipts", text=line).content.decode()
    part.refresh_from_db()
    assert [one.amount for one in part.receipts.all()] == [Decimal(33300)]
    assert case_of(delivery, firm).state == "running"


def _last(town: Town, delivery: DeliveryRound, firm: Any) -> None:
    """What will not be paid is ended with its reason, and only then the case is."""
    case = case_of(delivery, firm)
    rate = f"/policies/cases/{case.pk}/rate/"
    assert town.firms(firm).post(rate, {"rating": "5"}).status_code == 422
    last = case.instalments.get(number=3)
    end = f"/policies/cases/{case.pk}/instalments/{last.pk}/end/"
    assert town.clerks.post(end, {"reason": ""}).status_code == 422
    assert town.clerks.post(end, {"reason": "企业书面放弃末期"}).status_code == 302
    case = case_of(delivery, firm)
    assert (case.state, case.step) == ("paid", "rating")
    assert "企业书面放弃末期" in town.firms(firm).get(case.get_absolute_url()).text
    assert sums(town, delivery) == ["66,600.00 元", "0.00 元", "0.00 元"]
    assert town.firms(firm).post(rate, {"rating": "4"}).status_code == 302
    of_case = Duty.objects.filter(subject_label="policies.deliverycase", subject_pk=case.pk)
    assert [one.state for one in of_case.order_by("pk")] == [State.CLOSED, State.CLOSED]


def test_a_later_part_does_not_wait_for_a_late_receipt_of_the_one_before(
    town: Town, time: clock.StandingClock
) -> None:
    firm = town.firm("示例光芯科技有限公司", 2_000_000)
    plain = [{k: v for k, v in one.items() if k != "condition"} for one in IN_THREE["schedule"]]  # type: ignore[union-attr]
    delivery = approved(town, firm, {**IN_THREE, "schedule": plain}, "90000")
    letter(town, delivery)
    time.move_to(at("2027-03-02 09:00"))
    instalments()  # the first is still awaited: nothing yet
    case = case_of(delivery, firm)
    first = Duty.objects.get(subject_label="policies.deliverycase")
    assert (
        receive(town, delivery, firm, "29970", instalment=case.instalments.first().pk).status_code
        == 302
    )
    case = case_of(delivery, firm)
    assert (case.step, case.duty_id != first.pk) == ("payment_letter", True)
    assert "（第 2 期 / 共 3 期）" in letter(town, delivery)


def test_printed_sums_are_kept_in_proportion_where_less_was_approved(town: Town) -> None:
    """A document prints 5 and 15; the office approved 3 and one fen."""

    def money(value: int) -> dict[str, Any]:
        values = [{"from": "2026-01-01", "value": value}]
        return {"label": {"zh": "款"}, "unit": "万元", "source": "d1 第二条", "values": values}

    parts = [
        {"year_offset": 0, "amount": "first", "label": {"zh": "首期"}},
        {"year_offset": 1, "amount": "second", "label": {"zh": "末期"}},
    ]
    benefit = {"label": LABEL, "amount": "first + second", "per": "once", "schedule": parts}
    policy = publish(code="x.printed", channel="fast", benefit=benefit)
    policy.definition["parameters"] |= {"first": money(5), "second": money(15)}
    policy.save()
    firm = town.firm("示例光芯科技有限公司", 2_000_000)
    delivery = town.open(policy, "示例印明")
    applied = {**ACCOUNT, "declared": "30000.01"}
    town.firms(firm).post(f"/policies/delivery/{delivery.pk}/apply/", applied)
    town.do(delivery, "pass", firm)
    town.do(delivery, "skip", firm, reason="不要求公示")
    cut = list(Instalment.objects.values_list("amount", "due_year").order_by("number"))
    assert cut == [(Decimal("7500.00"), 2026), (Decimal("22500.01"), 2027)]
    part = Instalment.objects.get(number=1)
    case = case_of(delivery, firm)
    for number in (1, 2):
        part = Instalment.objects.get(number=number)
        end = f"/policies/cases/{case.pk}/instalments/{part.pk}/end/"
        answer = town.clerks.post(end, {"reason": "不再拨付"})
    assert (answer.status_code, "请用“不予兑现”" in answer.text) == (422, True)
