"""A firm proves a fact once: the confirmed proof is a material that no application asks for."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from tests import factories
from tests.apps.policies.delivery_town import ACCOUNT, Town, case_of, client_of, publish
from tests.apps.policies.test_reactions import waiting
from tests.engines.worktime.china import at

from lianshang.apps.enterprises.models import Fact, ServiceOfficer, Source
from lianshang.apps.policies.models import MaterialHeld, MaterialUse
from lianshang.apps.policies.tasks import keep_proof_of
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.files.queries import attachments_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
REPORT = "研发费用专项审计报告"
PAPERS = [{"zh": REPORT, "proves": ["rd_exp"]}, {"zh": "营业执照"}]


@pytest.fixture(autouse=True)
def _files_elsewhere(settings: Settings, tmp_path: Path) -> Iterator[None]:
    default = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path / "files"},
    }
    settings.STORAGES = {**settings.STORAGES, "default": default}
    with clock.standing_at(at("2026-06-01 08:30")):
        yield


def test_a_confirmed_proof_is_not_asked_for_again_and_a_refused_one_is() -> None:
    town = Town()
    firm = town.firm("示例光芯科技有限公司")
    officer = factories.user(Role.SERVICE_OFFICER)
    ServiceOfficer.objects.create(user=officer, enterprise=firm)
    own, served = town.firms(firm), client_of(officer)
    for value, name in (("900000", "旧报告.pdf"), ("2000000", "审计报告.pdf")):
        form = {
            "value": value,
            "money_unit": "元",
            "year": 2025,
            "source": Source.objects.get(code="firm").pk,
            "observed_on": "2026-06-01",
            "declaration": "on",
            "proof": SimpleUploadedFile(name, PDF, "application/pdf"),
        }
        assert own.post(f"/enterprises/{firm.pk}/supply/rd_exp/", form).status_code == 302
        fact = Fact.objects.latest("pk")
        keep_proof_of(fact.pk)  # not checked yet
        refuses = {"verdict": "refused", "reason": "不是 2025 年度的"}
        verdict = refuses if value == "900000" else {"verdict": "confirmed", "reason": ""}
        checked = served.post(f"/enterprises/checks/{fact.pk}/", verdict)
        assert checked.status_code == 302
    refused, confirmed = Fact.objects.order_by("pk")
    keep_proof_of(refused.pk)
    assert MaterialHeld.objects.count() == 0
    delivery = town.open(
        publish(code="x.proof", channel="application", materials=PAPERS), "示例申报"
    )
    address = f"/policies/delivery/{delivery.pk}/apply/"
    assert f"上传“{REPORT}”" in own.get(address).text

    assert waiting("policies.keep_proof") == 1  # of the confirmed one alone
    keep_proof_of(confirmed.pk)
    keep_proof_of(confirmed.pk)
    held = MaterialHeld.objects.get()
    assert (held.kind, held.valid_until, held.fact) == (REPORT, date(2026, 12, 31), confirmed)
    file = attachments_of(held).get()
    assert (file.name, file.read()) == ("审计报告.pdf", PDF)
    page = own.get(address).text
    assert f"沿用已核实自报信息的凭证“{REPORT}”（2026-06-01 收到）" in page
    assert f"上传“{REPORT}”" not in page
    _apply(town, delivery, firm, address)


def _apply(town: Town, delivery: object, firm: object, address: str) -> None:
    """Without the report: the held one goes with the application, and the office may open it."""
    licence = SimpleUploadedFile("执照.pdf", PDF, "application/pdf")
    told = {**ACCOUNT, "declared": "100000", "reuse_0": "on", "file_1": licence}
    own = town.firms(firm)  # type: ignore[arg-type]
    assert own.post(address, told).status_code == 302
    case = case_of(delivery, firm)  # type: ignore[arg-type]
    used = {one.material.kind: one.is_reused for one in MaterialUse.objects.filter(case=case)}
    assert used == {REPORT: True, "营业执照": False}
    file = attachments_of(MaterialHeld.objects.get(kind=REPORT)).get()
    assert town.clerks.get(f"/files/{file.pk}/").content == PDF
    stranger = town.firms(town.firm("示例旁人科技有限公司"))
    assert stranger.get(f"/files/{file.pk}/").status_code == 404
