"""科技统计: the statistical survey, in 千元, a little off; it may serve statistics only."""

from collections.abc import Iterator
from datetime import date

from lianshang.cli.demo.books.values import Entries, Value
from lianshang.cli.demo.offices import writing
from lianshang.cli.demo.offices.sheets import CODE, NAME, Case, Column, Sheet, Workbook, identity

_CODES = ("revenue", "staff_end", "rd_exp", "rd_staff_avg")
_SMALLEST = 5_000_000  # yuan of revenue from which a firm is asked


def workbook(today: date) -> Workbook:
    """One sheet, a row for each firm and year."""
    thousand = writing.in_thousands
    columns = (
        Column("单位代码", CODE),
        Column("单位详细名称", NAME),
        Column("年度", "year", writing.number),
        Column("营业收入(千元)", "revenue", thousand, 0.04, "千元"),
        Column("年末从业人员(人)", "staff_end", writing.number, 0.05, "人"),
        Column("研究开发费用合计(千元)", "rd_exp", thousand, 0.1, "千元"),
        Column("研究开发人员合计(人)", "rd_staff_avg", writing.number, 0.12, "人"),
    )
    titles = ("企业研究开发活动及相关情况（107-2 演示）", "统计资料仅供统计使用")
    sheet = Sheet("科技统计", "facts", "statistics", columns, _rows, titles)
    return Workbook("科技统计.xlsx", (sheet,))


def _rows(case: Case) -> Iterator[Entries]:
    if not case.figures.profile.innovates or case.figures.profile.revenue < _SMALLEST:
        return
    for year, entries in list(case.figures.annual.items())[:2]:
        if "revenue" in entries:
            measured = {code: _measured(entries[code], case) for code in _CODES}
            yield identity(case) | {"year": year} | measured


def _measured(value: Value, case: Case) -> Value:
    """Another form, another month, another person: up to 6 % off, three times in four."""
    if case.random.random() < 0.25:
        return value
    measured = float(writing.amount(value)) * case.random.uniform(0.94, 1.06)
    return int(round(measured, -2 if measured > 100_000 else 0))
