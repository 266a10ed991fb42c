"""The zone's firms against every policy: batch and page agree, and the sum is what the rows say."""

from datetime import date
from decimal import Decimal

import pytest
from tests import factories

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.places.models import Zone
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.library import sync_policies
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models import AnswerBlock, Assessment, Policy
from lianshang.apps.policies.queries.answers import answers, entitled_amount
from lianshang.apps.policies.queries.summary import entitled_total, one_step_short, summary

pytestmark = pytest.mark.usefixtures("library_in_june")
TODAY = date(2026, 6, 1)
SMALL = "cn.cit.small_low_profit"


def small_firm(taxable: str, **rest: object) -> Enterprise:
    """A firm small in staff and assets, with this taxable income of 2025 in yuan."""
    firm = factories.firm(registered_on=date(2020, 1, 1), industry_code="C3976", **rest)
    factories.fact(firm, "taxable_income", Decimal(taxable), year=2025)
    factories.fact(firm, "tax_staff_avg_quarterly", Decimal(40), year=2025)
    factories.fact(firm, "assets_avg_quarterly", Decimal(20_000_000), year=2025)
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    return firm


def stored(firm: Enterprise, code: str) -> Assessment:
    return Assessment.objects.get(enterprise=firm, policy__code=code)


def test_the_boundary_of_three_million_decides_in_the_batch() -> None:
    inside, outside = small_firm("3000000.00"), small_firm("3000100.00")
    evaluate_register(actor=None)

    assert stored(inside, SMALL).standing == Standing.ENTITLED
    assert stored(inside, SMALL).amount == Decimal("600000.00")  # 25 % of 3,000,000 less 150,000
    assert stored(outside, SMALL).standing == Standing.ONE_STEP
    assert list(one_step_short(factories.office()).filter(policy__code=SMALL)) == [
        stored(outside, SMALL)
    ]


def test_an_unknown_fact_is_never_a_no() -> None:
    firm = factories.firm()
    evaluate_register(actor=None)
    assert stored(firm, SMALL).standing == Standing.NOT_KNOWN


def test_the_answer_of_one_policy_feeds_another() -> None:
    firm = small_firm("2000000")
    factories.fact(firm, "six_taxes_two_fees_payable", Decimal(80_000), year=2025)
    evaluate_register(actor=None)
    relief = stored(firm, "cn.six_taxes_two_fees")
    assert (relief.standing, relief.amount) == (Standing.ENTITLED, Decimal("40000.00"))


def test_batch_and_page_give_the_same_answers() -> None:
    firms = [small_firm("2000000"), small_firm("9000000"), factories.firm()]
    evaluate_register(actor=None)
    for firm in firms:
        page = {one.code: (one.standing, one.amount) for one in answers(firm, on=TODAY)}
        batch = {
            one.policy.code: (one.standing, one.amount)
            for one in Assessment.objects.filter(enterprise=firm).select_related("policy")
        }
        assert page == batch


def test_the_summary_counts_every_firm_once_per_policy() -> None:
    small_firm("2000000"), small_firm("9000000"), factories.firm()
    evaluate_register(actor=None)
    lines = {line.policy.code: line for line in summary()}
    assert lines[SMALL].counts == {
        Standing.ENTITLED: 1,
        Standing.ONE_STEP: 1,
        Standing.NOT_KNOWN: 1,
        Standing.NEEDS_PERSON: 0,
        Standing.NOT_ENTITLED: 0,
    }
    assert lines[SMALL].amount == Decimal("400000.00")


def test_the_rules_change_with_the_day() -> None:
    firm = factories.firm()
    evaluate_register(actor=None, on=date(2026, 3, 31))
    assert stored(firm, "cn.srdi_sme.2022")
    evaluate_register(actor=None, on=date(2026, 4, 1))
    assert stored(firm, "cn.srdi_sme.2026")
    assert not Assessment.objects.filter(policy__code="cn.srdi_sme.2022").exists()


def test_a_second_run_adds_nothing() -> None:
    small_firm("2000000")
    evaluate_register(actor=None)
    count = Assessment.objects.count()
    evaluate_register(actor=None)
    assert Assessment.objects.count() == count


def test_a_retired_policy_file_retires_its_row() -> None:
    Policy.objects.create(
        code="zone.old", family="zone.old", name="旧", name_en="old", issuer="示例", level="zone",
        kind="grant", channel="automatic", valid_from=TODAY, definition={}, digest="",
    )  # fmt: skip
    sync_policies(actor=None)
    assert Policy.objects.get(code="zone.old").is_retired


def test_benefits_of_one_stacking_group_are_not_added() -> None:
    """Small low-profit 5 % and western 15 % are rates of one tax: the better one counts."""
    firm = small_firm("2000000")
    factories.fact(firm, "main_business_in_western_catalogue", True)
    factories.fact(firm, "western_main_rev", 9_000_000, year=2025)
    factories.fact(firm, "total_income", 10_000_000, year=2025)
    Zone.objects.update(in_west=True)
    evaluate_register(actor=None)

    assert stored(firm, "cn.cit.western_15").amount == Decimal("200000.00")
    assert stored(firm, SMALL).amount == Decimal("400000.00")
    assert entitled_total() == Decimal("400000.00")
    assert entitled_amount(answers(firm, on=TODAY)) == Decimal("400000.00")


def test_a_zone_without_firms_has_its_night_too() -> None:
    run = evaluate_register(actor=None, on=TODAY)
    assert (run.firms, AnswerBlock.objects.count()) == (0, 0)
    assert run.finished_at is not None
