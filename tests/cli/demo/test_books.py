"""The figures behind the registers fit together, and come close to the rules' bounds."""

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from statistics import median

import pytest
import yaml
from tests.cli.demo.conftest import TODAY

from lianshang.cli.demo.actors import actors
from lianshang.cli.demo.books import Figures, keep_books
from lianshang.cli.demo.books.values import Entries
from lianshang.cli.demo.registers import RegisterFile
from lianshang.cli.demo.sizes import SCALES, Size
from lianshang.cli.demo.trades import SHOPS, TRADES
from lianshang.engines.standards.industry import Industry, Level, industry

POLICIES = Path(__file__).parents[3] / "policies"


@pytest.fixture(scope="module")
def zone() -> list[Figures]:
    scale = SCALES[Size.M]
    return [keep_books(actor, scale, 1, TODAY) for actor in actors(scale, 1, TODAY)]


@pytest.fixture(scope="module")
def years(zone: list[Figures]) -> list[Entries]:
    return [year for one in zone for year in one.annual.values() if "revenue" in year]


def amount(entries: Entries, code: str) -> Decimal:
    value = entries[code]
    assert isinstance(value, int | Decimal)
    return Decimal(value)


def test_every_trade_is_a_class_of_the_national_classification() -> None:
    for trade in (*TRADES, *SHOPS):
        found = industry(trade.code)
        assert isinstance(found, Industry), trade.code
        assert found.level is Level.CLASS


def test_a_zone_is_as_large_and_as_skewed_as_real_ones(zone: list[Figures]) -> None:
    revenues = [
        amount(one.last_year, "revenue")
        for one in zone
        if one.actor.is_firm and "revenue" in one.last_year
    ]
    assert 10_000_000 < median(revenues) < 30_000_000
    assert 150 < sum(revenue > 100_000_000 for revenue in revenues) < 300


def test_parts_are_never_larger_than_the_whole(years: list[Entries]) -> None:
    for year in years:
        assert amount(year, "main_rev") <= amount(year, "revenue")
        assert amount(year, "hightech_rev") <= amount(year, "total_rev")
        assert amount(year, "total_rev") <= amount(year, "total_income")
        assert amount(year, "rd_exp_hnte_domestic") <= amount(year, "rd_exp_hnte")
        assert amount(year, "tech_staff_avg_monthly") <= amount(year, "staff_avg_monthly")
        assert amount(year, "rd_staff_avg") <= amount(year, "tech_staff_avg_monthly")


def test_net_assets_are_assets_less_debts(years: list[Entries]) -> None:
    for year in years:
        difference = amount(year, "total_assets") - amount(year, "total_liabilities")
        assert amount(year, "net_assets") == difference


def test_other_costs_are_capped_as_the_rules_say(years: list[Entries]) -> None:
    """195号: at most 20 % of the total counted; 财税〔2015〕119号: at most 10 %."""
    for year in years:
        before, hnte = amount(year, "rd_hnte_before_other"), amount(year, "rd_exp_hnte")
        assert hnte <= before + amount(year, "rd_hnte_other")
        assert (hnte - before) * 5 <= hnte + 500


def test_money_says_the_same_in_yuan_and_in_ten_thousands(years: list[Entries]) -> None:
    money = {"revenue", "main_rev", "total_assets", "net_assets", "rd_exp", "taxable_income"}
    assert all(amount(year, code) % 100 == 0 for year in years for code in money)


def test_three_completed_years_and_no_more_than_the_firm_is_old(zone: list[Figures]) -> None:
    for one in zone:
        with_books = [year for year, entries in one.annual.items() if "revenue" in entries]
        assert with_books == sorted(with_books, reverse=True)
        assert all(max(2023, one.actor.registered_on.year) <= year <= 2025 for year in with_books)
        assert one.actor.is_operating or not with_books


def test_many_firms_miss_a_bound_by_little(zone: list[Figures]) -> None:
    """R&D over sales of the last years, against the 5, 4 or 3 % of 32号 Art. 11 (5)."""
    close = Counter[str]()
    for one in zone:
        entries = [year for year in one.annual.values() if "revenue" in year]
        sales = sum(amount(year, "sales_rev") for year in entries)
        if not sales or not one.profile.innovates:
            continue
        last = amount(entries[0], "sales_rev")
        bound = 0.05 if last <= 50_000_000 else 0.04 if last <= 200_000_000 else 0.03
        ratio = float(sum(amount(year, "rd_exp_hnte") for year in entries) / sales)
        close["below" if ratio < bound else "above"] += abs(ratio / bound - 1) < 0.2
    assert close["below"] > 40
    assert close["above"] > 40


def test_every_figure_is_a_quantity_of_the_catalogue_inside_its_bounds(
    zone: list[Figures],
) -> None:
    catalogue = yaml.safe_load((POLICIES / "catalogue.yaml").read_text(encoding="utf-8"))
    quantities = catalogue["quantities"]
    for one in zone:
        for period, entries in (
            ("point", one.point),
            *(("annual", y) for y in one.annual.values()),
        ):
            for code, value in entries.items():
                quantity = quantities[code]
                assert quantity["period"] == period, code
                if quantity["type"] == "number":
                    assert isinstance(value, int | Decimal), code
                    assert quantity["min"] <= value <= quantity["max"], (code, value)
                if quantity["type"] == "code":
                    assert value in quantity["codes"], (code, value)


def test_the_registers_hold_every_quantity_that_can_be_known(
    small_zone: list[RegisterFile],
) -> None:
    catalogue = yaml.safe_load((POLICIES / "catalogue.yaml").read_text(encoding="utf-8"))
    known = {column.target for one in small_zone for column in one.columns}
    known |= {str(one.options["title"]) for one in small_zone if "title" in one.options}
    typed_in = {code for code, one in catalogue["quantities"].items() if one["period"] != "derived"}
    # What only clauses of other zones ask (data of packs) has no column in these registers.
    files = [path for path in POLICIES.glob("*/*.yaml") if not path.name.endswith(".test.yaml")]
    national = "\n".join(path.read_text(encoding="utf-8") for path in files)
    asked = {code for code in typed_in if re.search(rf"\b{code}(_y\d+)?\b", national)}
    assert sorted((typed_in - known) & asked) == WITHHELD


# Left out on purpose: the demo shows how a missing fact is named. Reliefs for chips, machine tools,
# software and venture capital ask for lists and books that no register of a zone holds.
WITHHELD = [
    "adv_mfg_5_kept_after_2025",
    "embedded_software_mainly",
    "first_profit_year",
    "ic_vat_15_kept_after_2025",
    "income_before_vc_deduction",
    "input_vat_purchased_chips",
    "machine_tool_vat_15_kept_after_2025",
    "on_ic_or_machine_tool_rd_list",
    "on_ic_vat_list",
    "on_machine_tool_vat_list",
    "own_software_product",
    "own_software_revenue",
    "owns_software_ip",
    "software_bachelor_staff_avg",
    "software_input_vat",
    "software_output_vat",
    "software_period_sales",
    "software_rd_exp",
    "software_rd_exp_domestic",
    "software_rd_staff_avg",
    "software_refund3_kept_after_2025",
    "software_revenue",
    "software_staff_avg",
    "software_violation_in_year",
    "srdi22_points_debt",
    "srdi22_points_digital",
    "srdi22_points_field",
    "srdi22_points_profit",
    "srdi22_points_provincial",
    "srdi22_points_rd_institution",
    "srdi22_points_rd_staff",
    "techsme_rd_metric",
    "vc_deduction_carried_in",
    "vc_filed_fund",
    "vc_investee_startup_tech",
    "vc_investment_24m",
]
