"""企业年报汇总: three years side by side, in 万元 or 元; the firms agreed to its use."""

from collections.abc import Iterator
from datetime import date

from lianshang.cli.demo.books.values import Entries
from lianshang.cli.demo.offices import writing
from lianshang.cli.demo.offices.sheets import (
    CODE,
    NAME,
    Case,
    Column,
    Sheet,
    Workbook,
    identity,
    spread,
)

_CODES = (
    *("revenue", "main_rev", "staff_end", "total_assets", "total_liabilities"),
    *("net_assets", "rd_exp"),
)
YEARS = 3


def workbook(today: date) -> Workbook:
    """One sheet, 23 columns: the year stands in the heading."""
    last = today.year - 1
    columns = [Column("信用代码", CODE), Column("单位名称", NAME)]
    for year in range(last, last - YEARS, -1):
        columns += _year_columns(year)
    return Workbook(
        "企业年报汇总.xlsx",
        (
            Sheet(
                name=f"{last}年报",
                register="facts",
                source="annual_report",
                columns=tuple(columns),
                rows=_rows,
                titles=(f"{last - 2}—{last} 年度企业年报数据汇总表（企业同意用于服务企业）",),
            ),
        ),
    )


def _year_columns(year: int) -> list[Column]:
    wan = writing.in_ten_thousands
    return [
        Column(f"{year}年营业收入（万元）", "revenue", wan, 0.05, "万元", year),
        Column(
            f"{year}年主营业务收入（万元）",
            "main_rev",
            writing.in_ten_thousands_grouped,
            0.06,
            "万元",
            year,
        ),
        Column(f"{year}年末从业人数（人）", "staff_end", writing.number, 0.03, "人", year),
        Column(f"{year}年末资产总额（元）", "total_assets", writing.grouped, 0.07, "元", year),
        Column(f"{year}年末负债总额（元）", "total_liabilities", writing.number, 0.06, "元", year),
        Column(f"{year}年末净资产（万元）", "net_assets", wan, 0.09, "万元", year),
        Column(f"{year}年研发费用（万元）", "rd_exp", wan, 0.1, "万元", year),
    ]


def _rows(case: Case) -> Iterator[Entries]:
    """All but one in seventeen firms in business have reported."""
    if case.figures.annual and case.takes_part("report", 0.94):
        yield identity(case, code_share=0.97) | spread(case, _CODES, YEARS)
