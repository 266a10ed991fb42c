"""The officer's and the firm's page: answer, reason, gap, and the next act."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.models import Policy
from lianshang.core.accounts.choices import Role

pytestmark = pytest.mark.usefixtures("library_in_june")
SMALL = "cn.cit.small_low_profit"


@pytest.fixture
def firm() -> Enterprise:
    firm = factories.firm("示例光芯科技有限公司", registered_on=date(2020, 1, 1))
    factories.fact(firm, "taxable_income", Decimal("3000100"), year=2025)
    factories.fact(firm, "tax_staff_avg_quarterly", 40, year=2025)
    factories.fact(firm, "assets_avg_quarterly", 20_000_000, year=2025)
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    return firm


@pytest.fixture
def officer(firm: Enterprise) -> Client:
    person = factories.user(Role.SERVICE_OFFICER)
    ServiceOfficer.objects.create(user=person, enterprise=firm)
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person)
    return client


def explained(client: Client, firm: Enterprise, code: str = SMALL) -> str:
    return client.get(f"/policies/explain/{firm.pk}/{code}/").content.decode()


def test_one_hundred_yuan_too_much_is_one_step_short_and_says_how_far(
    officer: Client, firm: Enterprise
) -> None:
    page = explained(officer, firm)
    assert "差一步" in page
    assert "应纳税所得额（2025年）300.01 万元，需 ≤ 300 万元" in page
    assert "应纳税所得额（2025年）减少 100 元（至 300 万元）" in page
    assert "企业自报 " in page


def test_the_officers_correction_turns_the_answer(officer: Client, firm: Enterprise) -> None:
    """What one person enters changes what the page answers: 3,000,000 exactly is still small."""
    path = f"/enterprises/{firm.pk}/record/taxable_income/"
    held = officer.get(path).content.decode()
    assert "300 万元</data> · 企业自报 2026-06-01" in held
    source = factories.fact(firm, "staff_end", 40, year=2024, source="officer").source
    form = {"value": "300", "money_unit": "万元", "year": 2025, "source": source.pk}
    officer.post(path, form | {"observed_on": "2026-06-01"})

    page = officer.get(f"/enterprises/{firm.pk}/?tab=policies&policy={SMALL}").content.decode()
    assert "60 万元" in page
    assert "工作人员核实" in page
    assert "差一步" not in explained(officer, firm)


def test_a_value_that_may_not_be_used_is_named_with_its_ground(
    officer: Client, firm: Enterprise
) -> None:
    factories.fact(firm, "rd_super_five_items", 500_000, year=2025, source="statistics")
    page = explained(officer, firm, "cn.cit.rd_super_deduction")
    assert "待补信息" in page
    assert "来源“统计调查”只可用于：仅限统计" in page
    assert "请企业自行提供或授权" in page


def test_the_firm_supplies_the_missing_value_and_is_entitled(firm: Enterprise) -> None:
    own = Client(headers={"accept-language": "zh-hans"})
    own.force_login(factories.user(Role.ENTERPRISE, unit=firm.unit))
    home = own.get("/", {"policy": "cn.six_taxes_two_fees"}).content.decode()
    assert f"/enterprises/{firm.pk}/supply/" in home

    source = factories.fact(firm, "staff_end", 40, year=2024).source
    path = f"/enterprises/{firm.pk}/supply/taxable_income/"
    form = {"value": "2999999", "money_unit": "元", "year": 2025, "source": source.pk}
    own.post(path, form | {"observed_on": "2026-06-01", "declaration": "on"})
    assert "差一步" not in explained(own, firm)


def test_a_firm_cannot_ask_about_another(firm: Enterprise) -> None:
    stranger = Client()
    stranger.force_login(factories.user(Role.ENTERPRISE, unit=factories.firm().unit))
    assert stranger.get(f"/policies/explain/{firm.pk}/{SMALL}/").status_code == 404


def test_lists_count_and_open_the_firms_behind_the_number(
    officer: Client, firm: Enterprise
) -> None:
    factories.firm()
    evaluate_register(actor=None)
    policy = Policy.objects.get(code=SMALL)
    listed = officer.get(f"/policies/{policy.pk}/firms/?standing=one_step").content.decode()
    assert "示例光芯科技有限公司" in listed
    assert "共 <strong>1</strong>" in listed
    assert "示例光芯科技有限公司" in officer.get("/policies/one-step/").content.decode()


def test_the_library_is_public_but_names_no_firm(firm: Enterprise) -> None:
    evaluate_register(actor=None)
    policy = Policy.objects.get(code=SMALL)
    page = Client(headers={"accept-language": "zh-hans"}).get(f"/policies/{policy.pk}/")
    text = page.content.decode()
    assert "公告2023年第12号" in text.replace(" ", "")
    assert "示例光芯" not in text
    assert "谁可享" not in text
