"""企业自报补充: what firms filled in themselves, often under a former name or without a code.

Five sheets. One has a year in each row; two have none at all (it is the last completed year, which
whoever imports them must say); one has the year in the heading; one needs none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from lianshang.cli.demo.books.taxes import LOSS_YEARS
from lianshang.cli.demo.books.values import Entries, Value
from lianshang.cli.demo.offices import writing
from lianshang.cli.demo.offices.forms import fields, word, yes_no
from lianshang.cli.demo.offices.sheets import (
    CODE,
    NAME,
    Case,
    Cell,
    Column,
    Sheet,
    Workbook,
    identity,
)
from lianshang.cli.demo.profiles import Aim

_WHO = (Column("单位名称", NAME), Column("统一代码", CODE))
_FREELY = "企业自愿提供，用于服务企业"
_AMOUNTS = {
    "revenue": 0.3,
    "sales_rev": 0.01,
    "total_rev": 0.03,
    "hightech_rev": 0.03,
    "net_assets": 0.1,
    "rd_exp_hnte": 0.02,
    "rd_hnte_before_other": 0.15,
    "rd_hnte_other": 0.15,
    "rd_exp_super": 0.04,
}
# Two headings that the form's maker worded in their own way: they must be mapped by hand.
_REWORDED = (
    Column("成本费用（元）", "cost_expense_total", writing.number, 0.04, "元"),
    Column("其中：境内（元）", "rd_exp_hnte_domestic", writing.number, 0.02, "元"),
)
_PEOPLE = {
    "staff_avg_monthly": 0.02,
    "tech_staff_avg_monthly": 0.03,
    "staff_avg_quarterly": 0.03,
    "tech_staff_avg_quarterly": 0.04,
    "rd_staff_avg": 0.15,
    "tax_staff_avg_quarterly": 0.08,
}
_TAXES = {
    "taxable_income": 0.04,
    "income_before_super_deduction": 0.08,
    "income_before_loss": 0.08,
    "assets_avg_quarterly": 0.06,
    "excluded_business_revenue": 0.08,
    "investment_income": 0.08,
    "total_income": 0.07,
    "western_main_rev": 0.08,
    "rd_super_five_items": 0.06,
    "rd_super_other": 0.07,
    "rd_super_commission_domestic": 0.07,
    "rd_super_commission_overseas": 0.07,
    "rd_super_reductions": 0.08,
    "rd_super_intangible_amortisation": 0.08,
    "six_taxes_two_fees_payable": 0.08,
    "mfg_sales": 0.1,
    "vat_total_sales": 0.08,
    "transfer_revenue": 0.05,
    "transfer_cost": 0.05,
    "transfer_taxes": 0.05,
    "licence_amortisation": 0.05,
    "deemed_cost": 0.05,
    "taxable_income_ytd": 0.1,
    "assets_avg_quarterly_ytd": 0.1,
    "vat_period_sales": 0.06,
    "vat_period_real_estate_sales": 0.1,
    "vat_period_special_invoice_1pct": 0.1,
    "vat_period_special_invoice_3pct": 0.1,
    "output_vat": 0.1,
    "input_vat_creditable": 0.1,
    "input_vat_export": 0.1,
    "input_vat_transferred_out": 0.1,
    "add_on_carried_in": 0.1,
}
_TAX_ANSWERS = dict.fromkeys(
    (
        *("transfer_contract_registered", "transfer_object_in_scope"),
        *("transfer_export_restricted", "transfer_related_100pct"),
    ),
    0.05,
)
_ANSWERS = {
    "sound_accounts": 0.04,
    "audited_collection": 0.04,
    "strategic_emerging_industry": 0.08,
    "main_business_in_western_catalogue": 0.12,
    "prov_rd_institution": 0.04,
    "own_rd_institution": 0.08,
    "standards_drafted": 0.04,
    "led_standard_5y": 0.05,
    "core_process_on_it": 0.15,
    "certified_system_or_product": 0.12,
    "own_brand": 0.12,
    "owns_core_ip": 0.02,
    "ip_self_developed": 0.03,
    "is_title_review": 0.1,
}
_COUNTS = {
    "years_in_segment": 0.08,
    "domestic_rank": 0.2,
    "quality_system_items": 0.15,
    "srdi_quality_score": 0.2,
    "srdi_quality_score_last_year": 0.2,
}
_EQUITY = {"new_equity_2y": 0.1, "new_equity_3y": 0.1}
_MACHINE = ("equipment_unit_value", "equipment_ordinary_depreciation")


def workbook(today: date) -> Workbook:
    """The five sheets."""
    last = today.year - 1
    stated = {"year": last}
    return Workbook(
        "企业自报补充.xlsx",
        (
            _sheet("经营与研发", _operation_columns(), _operation_rows),
            _sheet("人员", fields(_PEOPLE, writing.number), _survey("people", 0.96), stated),
            _sheet("涉税自愿填报", _tax_columns(), _survey("taxes", 0.85), stated),
            _sheet("资质与市场", _market_columns(), _survey("market", 0.95)),
            _sheet("亏损弥补", _loss_columns(last), _loss_rows),
        ),
    )


def _sheet(
    name: str,
    columns: tuple[Column, ...],
    rows: Callable[[Case], Iterable[Entries]],
    options: Mapping[str, object] | None = None,
) -> Sheet:
    return Sheet(
        name=name,
        register="facts",
        source="firm",
        columns=_WHO + columns,
        rows=rows,
        titles=(_FREELY,),
        options=options or {},
    )


def answers(case: Case) -> bool:
    """Whether the firm answers surveys: nearly all that aim at a title, two of three others."""
    share = 0.68 if case.figures.profile.aim is Aim.NONE else 0.97
    return case.actor.is_operating and case.takes_part("survey", share)


def _who(case: Case) -> Entries:
    return identity(case, code_share=0.6, former=True)


def _operation_rows(case: Case) -> Iterator[Entries]:
    if not answers(case):
        return
    who = _who(case)
    for year, entries in case.figures.annual.items():
        if "revenue" in entries:
            told = {**entries, "revenue": _told(entries["revenue"], case)}
            yield who | {"year": year} | told


def _told(revenue: Value, case: Case) -> Value:
    """One firm in fourteen tells the zone another revenue than it reported."""
    if case.random.random() > 0.07:
        return revenue
    return round(float(writing.amount(revenue)) * case.random.uniform(0.9, 1.1) / 1000) * 1000


def _survey(topic: str, share: float) -> Callable[[Case], Iterable[Entries]]:
    """Rows of a sheet that a share of the answering firms fills in: the last year and today."""

    def rows(case: Case) -> Iterator[Entries]:
        known = case.figures.last_year or topic == "market"
        if known and answers(case) and case.takes_part(topic, share):
            yield _who(case) | case.figures.last_year | case.figures.point

    return rows


def _loss_rows(case: Case) -> Iterator[Entries]:
    if case.figures.annual and answers(case) and case.takes_part("losses", 0.75):
        yield _who(case) | {
            f"{code}@{year}": value
            for year, entries in case.figures.annual.items()
            for code, value in entries.items()
            if code in {"unused_loss", "hnte_or_techsme_status"}
        }


def _operation_columns() -> tuple[Column, ...]:
    year = Column("年度", "year", _year)
    results = fields({"transformed_results": 0.03}, writing.number)
    return (year, *fields(_AMOUNTS, writing.number), *_REWORDED, *results)


def _year(value: Value) -> Cell:
    return f"{value}年"


def _tax_columns() -> tuple[Column, ...]:
    rate = fields({"deemed_rate": 0.0}, writing.percent)
    staff = fields({"tax_staff_avg_quarterly_ytd": 0.1}, writing.number)
    payer = fields({"vat_payer_type": 0.03}, word("vat_payer_type"))
    period = fields({"vat_filing_period": 0.05}, word("vat_filing_period"))
    money = fields(_TAXES, writing.grouped)
    return (*money, *rate, *staff, *yes_no(_TAX_ANSWERS), *payer, *period)


def _market_columns() -> tuple[Column, ...]:
    equity = fields(_EQUITY, writing.in_ten_thousands, unit="万元")
    share = fields({"market_share": 0.2}, writing.percent)
    machine = fields(dict.fromkeys(_MACHINE, 0.0), writing.number)
    bought = fields({"equipment_purchased_on": 0.0}, writing.dotted)
    building = yes_no({"equipment_is_building": 0.0})
    counts = fields(_COUNTS, writing.number)
    return (*yes_no(_ANSWERS), *counts, *equity, *share, *machine, *bought, *building)


def _loss_columns(last: int) -> tuple[Column, ...]:
    years = range(last - 1, last - LOSS_YEARS - 1, -1)
    columns: list[Column] = []
    for year in years:
        columns += fields({"unused_loss": 0.01}, writing.number, year=year)
    for year in (last, *years):
        columns += fields({"hnte_or_techsme_status": 0.01}, writing.yes_no, year=year)
    return tuple(columns)
