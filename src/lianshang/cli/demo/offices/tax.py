"""税务台账: for the tax office's own use; for others only if the firm agrees."""

from collections.abc import Callable, Iterator
from datetime import date

from lianshang.cli.demo.books.values import Entries, Value
from lianshang.cli.demo.offices import writing
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

_PAYER = {"small": "小规模纳税人", "general": "一般纳税人"}
_PERIOD = {"month": "按月", "quarter": "按季"}

_YUAN = (
    ("收入总额", "total_income"),
    ("总收入（减不征税收入）", "total_rev"),
    ("投资收益", "investment_income"),
    ("不适用加计扣除行业收入", "excluded_business_revenue"),
    ("加计扣除前应纳税所得额", "income_before_super_deduction"),
    ("弥补亏损前所得", "income_before_loss"),
    ("应纳税所得额", "taxable_income"),
    ("资产总额（季平均）", "assets_avg_quarterly"),
    ("五项研发费用", "rd_super_five_items"),
    ("其他相关费用", "rd_super_other"),
    ("委托境内研发", "rd_super_commission_domestic"),
    ("委托境外研发", "rd_super_commission_overseas"),
    ("研发费用冲减", "rd_super_reductions"),
    ("无形资产摊销（研发）", "rd_super_intangible_amortisation"),
    ("六税两费减征前应纳额", "six_taxes_two_fees_payable"),
)
_LAST_PERIOD = (
    ("本期销售额", "vat_period_sales"),
    ("其中：不动产", "vat_period_real_estate_sales"),
    ("销项税额", "output_vat"),
    ("可抵扣进项税额", "input_vat_creditable"),
)


def workbook(today: date) -> Workbook:
    """One sheet; the year has a column of its own, money is in 元."""
    columns = (
        Column("纳税人识别号", CODE),
        Column("纳税人名称", NAME),
        Column("所属年度", "year", writing.number),
        *(_yuan(header, code) for header, code in _YUAN),
        Column("从业人数（季平均）", "tax_staff_avg_quarterly", writing.number, 0.03, "人"),
        Column("是否查账征收", "audited_collection", writing.yes_no, 0.02),
        Column("会计核算健全", "sound_accounts", writing.yes_no, 0.08),
        Column("纳税人类型", "vat_payer_type", _word(_PAYER), 0.02),
        Column("纳税期", "vat_filing_period", _word(_PERIOD), 0.02),
        *(_yuan(header, code) for header, code in _LAST_PERIOD),
    )
    titles = ("税务台账（仅限本部门使用；未经企业同意不得用于其他用途）",)
    sheet = Sheet("台账", "facts", "tax", columns, _rows, titles)
    return Workbook("税务台账.xlsx", (sheet,))


def _yuan(header: str, code: str) -> Column:
    return Column(f"{header}（元）", code, writing.grouped, 0.03, "元")


def _word(words: dict[str, str]) -> Callable[[Value], Cell]:
    return lambda value: words[str(value)]


def _rows(case: Case) -> Iterator[Entries]:
    if case.figures.last_year and case.takes_part("tax", 0.95):
        yield (
            identity(case) | {"year": case.last_year} | case.figures.last_year | case.figures.point
        )
