"""A firm objects to a case in a public notice: the office must answer, nobody learns who it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings
from tests.apps.policies.delivery_town import ACCOUNT, Town, case_of, publish, told
from tests.engines.worktime.china import at

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.models import DeliveryRound, Objection, PublicNotice
from lianshang.apps.policies.tasks import end_notices
from lianshang.core import clock
from lianshang.core.notices.models import Notice
from lianshang.core.workflow.choices import State
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.standings import standing_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
OBJECTOR = "示例异议科技有限公司"
TEXT = "该企业上年研发费用包含委托境外部分"


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


def noticed(town: Town, *firms: Enterprise) -> tuple[DeliveryRound, PublicNotice]:
    """Two firms of one round under a public notice of five working days."""
    delivery = town.open(publish(code="x.fast", channel="fast"), "示例快享")
    for firm in firms:
        town.firms(firm).post(f"/policies/delivery/{delivery.pk}/apply/", ACCOUNT)
    town.do(delivery, "pass", *firms)
    assert town.post(delivery, "notice", days=5, contact="示例路 1 号").status_code == 302
    return delivery, PublicNotice.objects.get()


def test_a_firm_objects_and_the_notice_does_not_end_before_the_answer(
    time: clock.StandingClock,
) -> None:
    town = Town()
    good, disputed = town.firm("示例甲有限公司", 2_000_000), town.firm("示例乙有限公司", 4_000_000)
    objector = town.firm(OBJECTOR)
    delivery, notice = noticed(town, good, disputed)
    time.move_to(at("2026-06-03 10:00"))
    page, browser = notice.get_absolute_url(), town.firms(objector)
    address = f"{page}object/"
    assert f'href="{address}"' in browser.get(page).text
    case = case_of(delivery, disputed)
    evidence = SimpleUploadedFile("证据.pdf", PDF, "application/pdf")
    told_it = {"case": case.pk, "text": TEXT}
    assert browser.post(address, told_it | {"file": evidence}).status_code == 302
    again = browser.post(address, told_it)
    assert (again.status_code, "正在核实" in again.text) == (422, True)
    _seen_by(town, delivery, notice, objector, disputed)

    time.move_to(at("2026-06-08 17:31"))  # 2, 3, 4, 5 and 8 June
    end_notices()
    notice.refresh_from_db()
    assert (case_of(delivery, good).step, notice.ended_at) == ("payment_letter", None)
    assert case_of(delivery, disputed).step == "review"
    assert "已期满，待办结" in Client(headers={"accept-language": "zh-hans"}).get(page).text
    late = browser.post(address, {"case": case_of(delivery, good).pk, "text": "晚了"})
    assert (late.status_code, "公示已结束" in late.text) == (422, True)
    assert "异议还没有核实" in town.do(delivery, "pass", disputed)
    _answered(town, delivery, notice, objector, disputed)


def _seen_by(
    town: Town,
    delivery: DeliveryRound,
    notice: PublicNotice,
    objector: Enterprise,
    disputed: Enterprise,
) -> None:
    """The office and the objector read it; the firm concerned hears of it, not from whom."""
    objection = Objection.objects.get()
    duty = objection.duty
    assert duty
    assert (duty.owner, duty.asker, duty.state) == (town.office, town.office, State.WAITING)
    assert f"{standing_of(duty).due_at:%Y-%m-%d}" == "2026-06-10"  # five working days
    assert Notice.objects.filter(recipient=town.clerk, url=duty.get_absolute_url()).count() == 1
    page, file = notice.get_absolute_url(), "证据.pdf"
    office = town.clerks.get(page).text
    assert (TEXT in office, file in office, "登记核实结果" in office) == (True, True, True)
    own = town.firms(objector).get(page).text
    assert (TEXT in own, "核实中" in own) == (True, True)
    case = case_of(delivery, disputed)
    assert case.step == "review"
    assert "示例研发投入奖励：公示 退回补正" in told(disputed)
    pages = [
        Client(headers={"accept-language": "zh-hans"}).get(page).text,
        town.firms(disputed).get(page).text,
        town.firms(disputed).get(case.get_absolute_url()).text,
    ]
    for text in pages:
        for secret in (OBJECTOR, OBJECTOR[:4], TEXT, file):
            assert secret not in text
    assert "重新核实" in pages[2]
    assert town.firms(disputed).get(duty.get_absolute_url()).status_code == 403
    raw = Objection.objects.raw("SELECT id, said_by AS cipher FROM policies_objection")
    assert OBJECTOR not in raw[0].cipher


def _answered(
    town: Town,
    delivery: DeliveryRound,
    notice: PublicNotice,
    objector: Enterprise,
    disputed: Enterprise,
) -> None:
    objection = Objection.objects.get()
    settle = f"/policies/cases/{objection.case_id}/objections/{objection.pk}/"
    assert f"{OBJECTOR}提出，不公开" in town.clerks.get(settle).text
    assert town.clerks.post(settle, {"reason": "已扣除境外部分，金额不变"}).status_code == 302
    notice.refresh_from_db()
    assert notice.ended_at is not None
    own = town.firms(objector).get(notice.get_absolute_url()).text
    assert ("已扣除境外部分，金额不变" in own, "已答复" in own) == (True, True)
    assert told(objector)[-1] == "您提出的公示异议已答复"
    assert Duty.objects.get(kind__code="policy.objection").state == State.CLOSED
    assert "已办 1 家" in town.do(delivery, "pass", disputed)
    assert case_of(delivery, disputed).step == "notice"
