"""A firm supplies what is lacking, with proof; an office refuses it, then confirms it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.utils import ProgrammingError
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.actions.checks import check_fact
from lianshang.apps.enterprises.models import Enterprise, Fact, FactCheck, ServiceOfficer, Source
from lianshang.apps.enterprises.queries.ledger import ledger
from lianshang.apps.enterprises.queries.projection import values_of
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.library import sync_policies
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.consent.choices import Use
from lianshang.core.files.models import Attachment
from lianshang.core.notices.models import Notice
from lianshang.core.workflow.actions.builtin import add_missing_kinds
from lianshang.core.workflow.models import Duty

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SMALL = "cn.cit.small_low_profit"
MARK = "企业自报，待核"


@pytest.fixture(autouse=True)
def _in_june() -> object:
    with clock.moved_to(TODAY):
        factories.zone()
        sync_policies(actor=None)
        add_missing_kinds(actor=None)
        yield


@pytest.fixture
def firm() -> Enterprise:
    firm = factories.firm("示例光芯科技有限公司", registered_on=date(2020, 1, 1))
    factories.fact(firm, "tax_staff_avg_quarterly", 40, year=2025, source="officer")
    factories.fact(firm, "assets_avg_quarterly", 20_000_000, year=2025, source="officer")
    factories.fact(firm, "restricted_or_prohibited_industry", False, source="officer")
    return firm


@pytest.fixture
def director(firm: Enterprise) -> User:
    return factories.user(Role.ENTERPRISE, unit=firm.unit)


@pytest.fixture
def officer(firm: Enterprise) -> User:
    person = factories.user(Role.SERVICE_OFFICER)
    ServiceOfficer.objects.create(user=person, enterprise=firm)
    return person


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def supply(client: Client, firm: Enterprise, value: str, **more: object) -> int:
    form = {
        "value": value,
        "money_unit": "元",
        "year": 2025,
        "source": Source.objects.get(code="firm").pk,
        "observed_on": "2026-06-01",
        "declaration": "on",
        "proof": SimpleUploadedFile("示例申报表.pdf", PDF, "application/pdf"),
    }
    path = f"/enterprises/{firm.pk}/supply/taxable_income/"
    return client.post(path, form | more, follow=True).status_code


def explained(client: Client, firm: Enterprise) -> str:
    return client.get(f"/policies/explain/{firm.pk}/{SMALL}/").content.decode()


def test_from_lacking_to_supplied_refused_supplied_again_and_confirmed(  # noqa: PLR0915 - one story from end to end
    firm: Enterprise, director: User, officer: User
) -> None:
    own, served = browser(director), browser(officer)
    mine = own.get("/policies/mine/").content.decode()
    assert "应纳税所得额（2025 年）" in mine
    assert f"/enterprises/{firm.pk}/supply/taxable_income/?year=2025" in mine
    assert MARK not in mine

    assert supply(own, firm, "1000000") == 200
    page = explained(own, firm)
    assert "可享" in page.split("</h2>")[0]
    assert MARK in page
    assert MARK in own.get("/policies/mine/").content.decode()
    assert MARK in served.get(f"/enterprises/{firm.pk}/?tab=facts").content.decode()

    first = Fact.objects.get(quantity__code="taxable_income")
    duty = Duty.objects.get(request_key=f"facts.check:{first.pk}")
    assert duty.state == "waiting"
    assert duty.owner_id in officer.unit_ids()
    listed = served.get("/enterprises/checks/").content.decode()
    assert f"/enterprises/checks/{first.pk}/" in listed
    proof = Attachment.objects.get(object_pk=first.pk)
    assert "示例申报表.pdf" in served.get(f"/enterprises/checks/{first.pk}/").content.decode()
    assert served.get(f"/files/{proof.pk}/").content == PDF

    answer = served.post(f"/enterprises/checks/{first.pk}/", {"verdict": "refused", "reason": ""})
    assert answer.status_code == 422
    assert "请写明不采用的理由" in answer.content.decode()
    form = {"verdict": "refused", "reason": "申报表不是 2025 年度的，请换年度汇算表"}
    assert served.post(f"/enterprises/checks/{first.pk}/", form).status_code == 302
    duty.refresh_from_db()
    assert duty.state == "closed"
    page = explained(own, firm)
    assert "待补信息" in page.split("</h2>")[0]
    assert MARK not in page
    told = Notice.objects.get(recipient=director, kind="facts.checked")
    assert told.subject == "您自报的“应纳税所得额”未被采用，可补正后再报"
    assert "请换年度汇算表" in told.text
    assert "核实后不采用" in own.get(f"/enterprises/{firm.pk}/held/").content.decode()

    assert supply(own, firm, "900000") == 200
    second = Fact.objects.filter(quantity__code="taxable_income").latest("pk")
    assert MARK in explained(own, firm)
    served.post("/enterprises/checks/confirm/", {"fact": [second.pk, first.pk]})
    page = explained(own, firm)
    assert "可享" in page.split("</h2>")[0]
    assert MARK not in page
    assert MARK not in own.get("/policies/mine/").content.decode()
    assert FactCheck.objects.get(fact=second).by == officer


def test_page_and_engine_agree_that_a_refused_value_counts_no_more(
    firm: Enterprise, officer: User
) -> None:
    older = factories.fact(firm, "revenue", 1_000, year=2025, source="annual_report")
    newer = factories.fact(firm, "revenue", 9_000, year=2025, source="firm")
    for verdict_of, winner, value in ((newer, older, 100_000), (older, None, None)):
        check_fact(actor=officer, fact=verdict_of, verdict="refused", reason="与示例审计报告不符")
        entry = next(
            one
            for one in ledger(firm, purpose=Use.SERVICE, on=TODAY)
            if one.quantity.code == "revenue"
        )
        computed = values_of([firm.pk], ["revenue_y0"], on=TODAY)[firm.pk]
        assert (entry.winner, computed.get("revenue_y0")) == (winner, value)


def test_only_who_sees_the_firm_checks_and_only_once(firm: Enterprise, officer: User) -> None:
    fact = factories.fact(firm, "revenue", 1_000, year=2025)
    stranger = factories.user(Role.SERVICE_OFFICER)
    assert browser(stranger).get(f"/enterprises/checks/{fact.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        check_fact(actor=stranger, fact=fact, verdict="confirmed")
    check_fact(actor=officer, fact=fact, verdict="confirmed")
    with pytest.raises(ValidationError, match="已核实过"):
        check_fact(actor=officer, fact=fact, verdict="refused", reason="又看了一遍")
    with pytest.raises(ProgrammingError, match="Cannot update"):
        FactCheck.objects.filter(fact=fact).update(verdict="refused")


def test_what_is_not_declared_or_not_a_document_is_not_taken(
    firm: Enterprise, director: User
) -> None:
    own = browser(director)
    assert supply(own, firm, "1000000", declaration="") == 422
    program = SimpleUploadedFile("示例.exe", b"MZ\x90\x00binary\x00")
    assert supply(own, firm, "1000000", proof=program) == 422
    assert not Fact.objects.filter(quantity__code="taxable_income").exists()
    assert not Duty.objects.exists()


def test_a_second_value_takes_the_place_of_the_first_on_the_list(
    firm: Enterprise, director: User, officer: User
) -> None:
    own = browser(director)
    supply(own, firm, "1000000")
    supply(own, firm, "1100000")
    states = Duty.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "waiting"]
    assert "共 <strong>1</strong>" in browser(officer).get("/enterprises/checks/").content.decode()


def test_the_officers_list_says_which_answers_rest_on_it(
    firm: Enterprise, director: User, officer: User
) -> None:
    supply(browser(director), firm, "3000100")  # one hundred yuan too much: one step short
    evaluate_register(actor=None)
    served = browser(officer)
    assert MARK in served.get("/policies/one-step/?q=示例光芯").content.decode()
    check_fact(actor=officer, fact=Fact.objects.latest("pk"), verdict="confirmed")
    assert MARK not in served.get("/policies/one-step/?q=示例光芯").content.decode()
