"""My policies: the page, the Word report, who may have them."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from docx import Document
from tests import factories

from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
from lianshang.apps.policies.queries.answers import answers, entitled_amount
from lianshang.apps.policies.queries.mine import my_policies
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Membership, User
from lianshang.core.audit.models import AccessLog

pytestmark = pytest.mark.usefixtures("library_in_june")
TODAY = date(2026, 6, 1)


@pytest.fixture
def firm() -> Enterprise:
    firm = factories.firm("示例光芯科技有限公司", registered_on=date(2020, 1, 1))
    factories.fact(firm, "taxable_income", Decimal("3000100"), year=2025, source="officer")
    factories.fact(firm, "tax_staff_avg_quarterly", 40, year=2025, source="officer")
    factories.fact(firm, "assets_avg_quarterly", 20_000_000, year=2025, source="officer")
    factories.fact(firm, "restricted_or_prohibited_industry", False, source="officer")
    return firm


def browser(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user)
    return client


def test_the_report_says_how_far_what_is_lacking_and_adds_up(firm: Enterprise) -> None:
    page = browser(factories.user(Role.ENTERPRISE, unit=firm.unit)).get("/policies/mine/")
    text = page.content.decode()
    assert "应纳税所得额（2025年）减少 100 元（至 300 万元）" in text
    assert "以主管部门审核为准" in text
    report = my_policies(firm, on=TODAY)
    assert report.per_year + report.once == entitled_amount(answers(firm, on=TODAY))
    labels = [(one.label, one.year) for one in report.lacking]
    assert len(labels) == len(set(labels)) > 5
    amounts = [one.amount for one in report.lacking]
    assert amounts == sorted(amounts, reverse=True)
    assert all(item.standing == "not_known" for one in report.lacking for item, _n in one.items)


def test_the_facts_that_unlock_most_come_first_and_the_others_in_a_fold(firm: Enterprise) -> None:
    report = my_policies(firm, on=TODAY)
    page = browser(factories.user(Role.ENTERPRISE, unit=firm.unit)).get("/policies/mine/")
    at_once, fold = page.content.decode().split(f"其余 {len(report.lacking) - 6} 项")
    button = '补充<span class="only-read">“{}”'
    shown = [button.format(one.label) in at_once for one in report.lacking]
    assert shown == [place < 6 and not one.is_derived for place, one in enumerate(report.lacking)]
    assert all(button.format(one.label) in fold for one in report.lacking[6:] if not one.is_derived)


def test_the_same_as_a_word_document(firm: Enterprise) -> None:
    person = factories.user(Role.ENTERPRISE, unit=firm.unit)
    answer = browser(person).get("/policies/mine/report.docx")
    document = Document(io.BytesIO(answer.content))
    text = "\n".join(one.text for one in document.paragraphs)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "示例光芯科技有限公司：我的政策" in text
    assert "2026-06-01 · 预匹配结果，以主管部门审核为准" in text
    assert not [one for one in (text, *cells) if "<" in one]
    assert any("应纳税所得额（2025年）减少 100 元（至 300 万元）" in cell for cell in cells)
    assert document.sections[0].page_width.mm == pytest.approx(210, abs=0.1)


def test_a_person_with_two_firms_changes_between_them(firm: Enterprise) -> None:
    other = factories.firm("示例二号有限公司")
    person = factories.user(Role.ENTERPRISE, unit=firm.unit)
    Membership.objects.create(user=person, unit=other.unit, role=Role.ENTERPRISE)
    client = browser(person)
    page = client.get(f"/policies/mine/?firm={other.pk}").content.decode()
    assert f'href="?firm={firm.pk}"' in page
    assert "示例二号有限公司：我的政策" in page
    assert f"/policies/mine/?firm={other.pk}" in client.get("/").content.decode()


def test_staff_make_it_for_firms_they_serve_and_it_is_logged(firm: Enterprise) -> None:
    officer = factories.user(Role.SERVICE_OFFICER)
    client = browser(officer)
    assert client.get(f"/policies/mine/?firm={firm.pk}").status_code == 404
    ServiceOfficer.objects.create(user=officer, enterprise=firm)
    assert client.get(f"/policies/mine/?firm={firm.pk}").status_code == 200
    assert client.get(f"/policies/mine/report.docx?firm={firm.pk}").status_code == 200
    kinds = AccessLog.objects.filter(user=officer, subject_pk=firm.pk).values_list(
        "kind", flat=True
    )
    assert sorted(kinds) == ["detail", "export"]


@pytest.mark.parametrize("role", [Role.BANK, Role.BUILDING_OPERATOR])
def test_others_do_not_get_it(firm: Enterprise, role: str) -> None:
    assert browser(factories.user(role)).get(f"/policies/mine/?firm={firm.pk}").status_code == 404
