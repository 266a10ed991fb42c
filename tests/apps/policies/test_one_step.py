"""One step short on pages: what would make a policy pass, the officer's list, telling firms."""

import json
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from tests import factories
from typer.testing import CliRunner

from lianshang.apps.enterprises.models import Enterprise, ServiceOfficer
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.library import put_policy
from lianshang.apps.policies.actions.telling import tell_firms
from lianshang.apps.policies.choices import Nearness
from lianshang.apps.policies.models import Assessment, OneStepNotice, Policy
from lianshang.cli import app
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.notices.models import Notice

pytestmark = pytest.mark.usefixtures("library_in_june")
SMALL = "cn.cit.small_low_profit"
CREDIT_CODE = "91610131MA6TG1J056"


def small_firm(name: str, taxable: str, *, staff: int | None = 40) -> Enterprise:
    """A firm that is small but for what it earned in 2025."""
    firm = factories.firm(name, registered_on=date(2020, 1, 1))
    factories.fact(firm, "taxable_income", Decimal(taxable), year=2025)
    if staff is not None:
        factories.fact(firm, "tax_staff_avg_quarterly", staff, year=2025)
    factories.fact(firm, "assets_avg_quarterly", 20_000_000, year=2025)
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    return firm


@pytest.fixture
def firm() -> Enterprise:
    firm = small_firm("示例光芯科技有限公司", "3000100")
    Enterprise.objects.filter(pk=firm.pk).update(credit_code=CREDIT_CODE)
    return firm


def signed_in(person: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person)
    return client


@pytest.fixture
def officer(firm: Enterprise) -> Client:
    person = factories.user(Role.SERVICE_OFFICER)
    ServiceOfficer.objects.create(user=person, enterprise=firm)
    return signed_in(person)


def explained(client: Client, firm: Enterprise, code: str = SMALL) -> str:
    return client.get(f"/policies/explain/{firm.pk}/{code}/").content.decode()


def test_a_closed_year_is_not_to_be_changed_and_the_next_one_is_named(
    officer: Client, firm: Enterprise
) -> None:
    page = explained(officer, firm)
    assert "怎样才能享受" in page
    assert "企业可以做到的" in page
    assert "应纳税所得额（2025年）减少 100 元（至 300 万元）" in page
    assert "2025 年度的数字已经定格，不能为达标改动" in page
    assert "可以改变的是 2026 年度（12 月 31 日前），按 2027 年评估" in page
    assert "不得为达标改动数据" in page


def test_a_missing_fact_says_what_would_do_and_where_to_enter_it(officer: Client) -> None:
    firm = small_firm("示例未报人数有限公司", "2000000", staff=None)
    ServiceOfficer.objects.create(user=User.objects.latest("pk"), enterprise=firm)
    page = explained(officer, firm)
    assert "补充信息或材料" in page
    assert "从业人数（季平均，含劳务派遣）（2025年）”；不高于 300 人" in page
    assert f"/enterprises/{firm.pk}/record/tax_staff_avg_quarterly/" in page


def test_another_parameter_is_another_answer_on_the_page(officer: Client, firm: Enterprise) -> None:
    """The page says what the rules say: with 2 million as the bound the change is another."""
    policy = Policy.objects.get(code=SMALL)
    assert "减少 100 元（至 300 万元）" in explained(officer, firm)
    definition = json.loads(json.dumps(policy.definition))
    bound = next(
        one for one in definition["parameters"].values() if one["values"][-1]["value"] == 300
        and one["unit"] == "万元"
    )  # fmt: skip
    bound["values"][-1]["value"] = 200
    policy.definition, policy.origin = definition, "zone"
    policy.save()
    page = explained(officer, firm)
    assert "减少 100.01 万元（至 200 万元）" in page
    assert "至 300 万元" not in page


def test_a_title_is_obtained_by_way_of_the_policy_that_grants_it(officer: Client) -> None:
    firm = factories.firm("示例无证企业有限公司", registered_on=date(2015, 1, 1))
    ServiceOfficer.objects.create(user=User.objects.latest("pk"), enterprise=firm)
    factories.fact(firm, "title_srdi_sme", False)
    page = explained(officer, firm, "cn.little_giant.2026")
    assert "取得“专精特新中小企业（有效期内）”" in page
    assert f"/policies/explain/{firm.pk}/cn.srdi_sme.2026/" in page


def test_what_nobody_can_change_is_named_without_a_number(officer: Client) -> None:
    firm = small_firm("示例受限行业有限公司", "2000000")
    ServiceOfficer.objects.create(user=User.objects.latest("pk"), enterprise=firm)
    factories.fact(firm, "restricted_or_prohibited_industry", True)
    page = explained(officer, firm)
    assert "企业自身无法改变的" in page
    assert "现阶段不能享受" in page


def test_an_entitled_firm_is_asked_for_nothing(officer: Client) -> None:
    firm = small_firm("示例已可享有限公司", "2000000")
    ServiceOfficer.objects.create(user=User.objects.latest("pk"), enterprise=firm)
    assert "怎样才能享受" not in explained(officer, firm)


def test_the_list_has_the_largest_amount_first_and_says_what_is_short(firm: Enterprise) -> None:
    office = signed_in(factories.office())
    small_firm("示例略超有限公司", "3000001")  # 20 % of it is 600,000.20
    evaluate_register(actor=None)
    page = office.get(f"/policies/one-step/?policy={SMALL}").content.decode()
    assert page.index("示例光芯科技") < page.index("示例略超")
    assert "应纳税所得额（2025年）减少 100 元（至 300 万元）" in page
    assert "差一个企业可改变的条件" in page
    row = Assessment.objects.get(enterprise=firm, policy__code=SMALL)
    assert (row.nearness, row.amount) == (Nearness.WITHIN, Decimal("600020.00"))

    def listed(query: str) -> str:
        return office.get(f"/policies/one-step/?policy={SMALL}&{query}").content.decode()

    assert "示例略超" in listed(f"nearness={Nearness.WITHIN.value}")
    assert "示例略超" not in listed(f"nearness={Nearness.DOCUMENT.value}")
    assert "示例光芯科技" in listed("amount_from=600010")
    assert "示例略超" not in listed("amount_from=600010")


def test_of_equal_amounts_the_one_that_closes_first_is_first(firm: Enterprise) -> None:
    for name, until in (("示例长期", None), ("示例明年", "2027-05-31"), ("示例今年", "2026-12-31")):
        mapping = {
            "id": f"zone.demo.{until or 'open'}",
            "name": name,
            "issuer": "示例高新区",
            "level": "zone",
            "kind": "grant",
            "channel": "application",
            "valid": {"from": "2026-01-01", "until": until},
            "sources": {"d1": {"document": "示例〔2026〕1号"}},
            "parameters": {
                "sum": {
                    "label": "金额",
                    "unit": "元",
                    "source": "d1 第一条",
                    "values": [{"from": "2026-01-01", "value": 100}],
                }
            },
            "require": {
                "all": [
                    {"id": "A", "label": "年报", "source": "d1", "when": "audited_collection"},
                ]
            },
            "benefit": {"label": "奖励", "amount": "sum"},
        }
        put_policy(actor=None, mapping=mapping, origin="zone")
    evaluate_register(actor=None)
    page = signed_in(factories.office()).get("/policies/one-step/?kind=grant").content.decode()
    places = [page.rindex(name) for name in ("示例今年", "示例明年", "示例长期")]
    assert places == sorted(places)


def test_a_firm_is_told_once_what_it_lacks(firm: Enterprise) -> None:
    own = factories.user(Role.ENTERPRISE, unit=firm.unit)
    evaluate_register(actor=None)
    office = factories.office()
    client = signed_in(office)
    asked = client.get(f"/policies/one-step/tell/?policy={SMALL}").content.decode()
    assert "尚未告知的有 1 条" in asked
    client.post(f"/policies/one-step/tell/?policy={SMALL}", {"reason": "示例：季度走访"})

    notice = Notice.objects.get(recipient=own, kind="policies.one_step")
    assert "减少 100 元（至 300 万元）" in notice.text
    assert "不得为达标改动数据" in notice.text
    assert notice.url == f"/?policy={SMALL}"
    logged = OneStepNotice.objects.get(enterprise=firm, policy__code=SMALL)
    assert (logged.told_by, logged.text) == (office, notice.text)

    keys = list(Assessment.objects.values_list("pk", flat=True))
    tell_firms(actor=office, assessments=keys)
    assert OneStepNotice.objects.filter(enterprise=firm, policy__code=SMALL).count() == 1
    assert Notice.objects.filter(recipient=own, url=notice.url).count() == 1
    assert "尚未告知的有 0 条" in client.get(
        f"/policies/one-step/tell/?policy={SMALL}"
    ).content.decode()  # fmt: skip


def test_an_officer_tells_only_the_firms_in_its_care(firm: Enterprise) -> None:
    factories.user(Role.ENTERPRISE, unit=firm.unit)
    evaluate_register(actor=None)
    stranger = factories.user(Role.SERVICE_OFFICER)
    keys = list(Assessment.objects.values_list("pk", flat=True))
    assert tell_firms(actor=stranger, assessments=keys) == 0
    assert not Notice.objects.exists()


def test_a_firm_without_an_account_is_not_counted_as_told(firm: Enterprise) -> None:
    evaluate_register(actor=None)
    keys = list(Assessment.objects.values_list("pk", flat=True))
    assert tell_firms(actor=factories.office(), assessments=keys) == 0
    assert not OneStepNotice.objects.exists()


def test_the_interface_gives_the_changes(officer: Client, firm: Enterprise) -> None:
    answers = officer.get(f"/api/v1/policies/answers/{firm.pk}").json()
    found = next(one for one in answers if one["policy"] == SMALL)
    assert found["changes"] == [
        {
            "kind": "within",
            "fact": "taxable_income_y0",
            "needed": "3000000.00",
            "text": "应纳税所得额（2025年）减少 100 元（至 300 万元）",
            "by": "2026-12-31",
        }
    ]


def test_the_command_prints_the_changes(firm: Enterprise) -> None:
    told = CliRunner().invoke(app, ["explain", CREDIT_CODE, SMALL])
    assert "+ [within] " in told.output
    assert "100" in told.output.split("+ [within] ")[1]
    machine = CliRunner().invoke(app, ["explain", CREDIT_CODE, SMALL, "--json"])
    assert json.loads(machine.output)["changes"][0]["kind"] == "within"
