"""What if: another fact of a firm, another number of a policy; nothing is stored."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.models import Enterprise, Fact
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries import whatif
from lianshang.apps.policies.queries.library import library
from lianshang.core.accounts.choices import Role

pytestmark = pytest.mark.usefixtures("library_in_june")
TODAY = date(2026, 6, 1)
SMALL, FEES = "cn.cit.small_low_profit", "cn.six_taxes_two_fees"
INCOME = "taxable_income_y0:300万"


def small_firm(taxable: str) -> Enterprise:
    firm = factories.firm(registered_on=date(2020, 1, 1), industry_code="C3976")
    factories.fact(firm, "taxable_income", Decimal(taxable), year=2025)
    factories.fact(firm, "tax_staff_avg_quarterly", 40, year=2025)
    factories.fact(firm, "assets_avg_quarterly", 20_000_000, year=2025)
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    return firm


def office() -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(factories.office())
    return client


def test_the_hundred_yuan_less_brings_the_relief_and_what_hangs_on_it() -> None:
    firm = small_firm("3000100")
    factories.fact(firm, "six_taxes_two_fees_payable", 80_000, year=2025)
    page = office().get(f"/policies/what-if/{firm.pk}/", {"assume": INCOME}).content.decode()
    found = whatif.changed_facts(firm, {"taxable_income_y0": 300_000_000}, on=TODAY)
    after = {line.after.code: line.after.amount for line in found.lines}
    assert after[SMALL] == Decimal("600000.00")
    assert after[FEES] == Decimal("40000.00")
    assert found.difference == Decimal("640000.00")
    assert "64 万元" in page
    assert "只是推算：不保存" in page


def test_assumptions_add_up_and_can_be_taken_back() -> None:
    firm = small_firm("3000100")
    client, path = office(), f"/policies/what-if/{firm.pk}/"
    asked = {"assume": INCOME, "fact": "从业人数（季平均，含劳务派遣）（2025 年）", "value": "301"}
    page = client.get(path, asked).content.decode()
    assert "没有政策的结果会因此改变" in page  # the staff is too large now
    assert page.count("去掉</a>") == 2
    assert "assume=taxable_income_y0%3A300%E4%B8%87" in page


def test_what_cannot_be_read_is_told_and_the_rest_stays() -> None:
    firm = small_firm("3000100")
    client, path = office(), f"/policies/what-if/{firm.pk}/"
    page = client.get(path, {"assume": INCOME, "fact": "没有的", "value": "1"}).content.decode()
    assert "没有叫“没有的”的数据项" in page
    assert "60 万元" in page
    wrong = {"fact": "taxable_income_y0", "value": "很多"}
    assert "“很多”不是数" in client.get(path, wrong).content.decode()
    flag = {"fact": "restricted_or_prohibited_industry", "value": "大概"}
    assert "请填“是”或“否”" in client.get(path, flag).content.decode()


def test_the_facts_that_near_misses_hang_on_are_offered_first() -> None:
    firm = small_firm("3000100")
    assert whatif.suggested(firm, on=TODAY)[0][0] == "taxable_income_y0"


def test_a_fact_that_was_pressed_stands_in_the_form_beside_what_is_assumed_already() -> None:
    client, path = office(), f"/policies/what-if/{small_firm('3000100').pk}/"
    page = client.get(path, {"assume": INCOME, "pick": "资产总额"}).content.decode()
    assert 'name="fact" list="what-if-facts" value="资产总额"' in page
    assert "60 万元" in page
    assert "?assume=taxable_income_y0%3A" in page


def test_htmx_gets_the_part_and_nothing_is_stored() -> None:
    firm = small_firm("3000100")
    before = Fact.objects.count()
    part = office().get(
        f"/policies/what-if/{firm.pk}/", {"assume": INCOME}, headers={"HX-Target": "what-if"}
    )
    assert "<html" not in part.content.decode()
    assert Fact.objects.count() == before


def test_a_firm_asks_about_itself_only() -> None:
    firm, other = small_firm("3000100"), small_firm("1")
    own = Client()
    own.force_login(factories.user(Role.ENTERPRISE, unit=firm.unit))
    assert own.get(f"/policies/what-if/{firm.pk}/").status_code == 200
    assert own.get(f"/policies/what-if/{other.pk}/").status_code == 404


def parameter() -> str:
    """The bound of 3 million."""
    policy = library().policies[SMALL]
    return next(
        name
        for name, one in policy.parameters.items()
        if one.unit.text == "万元" and one.at(TODAY) == 3_000_000
    )


def test_a_lower_bound_takes_firms_out_and_says_what_it_saves() -> None:
    firms = [small_firm("2000000"), small_firm("3000000"), small_firm("9000000")]
    keys = [firm.pk for firm in firms]
    found = whatif.changed_parameters(
        library().policies[SMALL], {parameter(): Fraction(2_000_000)}, keys, on=TODAY
    )
    assert (found.firms, found.gaining, found.losing) == (3, 0, 1)
    assert found.entitled == [2, 1]
    assert found.cost == [Decimal("1000000.00"), Decimal("400000.00")]


def test_what_builds_on_another_policy_is_fed_with_its_result() -> None:
    firm = small_firm("2000000")
    factories.fact(firm, "six_taxes_two_fees_payable", 80_000, year=2025)
    policy = library().policies[FEES]
    share = next(name for name, one in policy.parameters.items() if one.at(TODAY) == Fraction(1, 2))
    found = whatif.changed_parameters(policy, {share: Fraction(1, 4)}, [firm.pk], on=TODAY)
    assert found.entitled == [1, 1]
    assert found.cost[0] == Decimal("40000.00")
    assert found.cost[1] != found.cost[0]


def test_the_policys_page_shows_the_difference_for_the_firms_one_sees() -> None:
    small_firm("2000000"), small_firm("3000000")
    policy = Policy.objects.get(code=SMALL)
    client = office()
    assert f'name="p_{parameter()}"' in client.get(f"/policies/{policy.pk}/").content.decode()
    path = f"/policies/{policy.pk}/what-if/"
    page = client.get(path, {f"p_{parameter()}": "200"}).content.decode()
    assert "100 万元</data> → " in page.replace("</span>", "</data>")
    assert "<strong>1</strong> 家" in page
    assert "“许多”不是数" in client.get(path, {f"p_{parameter()}": "许多"}).content.decode()
