"""服务专员分工: which officer serves which firm."""

from collections.abc import Iterator

from lianshang.cli.demo.books.values import Entries
from lianshang.cli.demo.offices.sheets import CODE, NAME, Case, Column, Sheet, Workbook, identity


def workbook(officers: int) -> Workbook:
    """Every firm in business has an officer; the demo officer serves the first of each turn."""
    columns = (
        Column("企业名称", NAME),
        Column("统一社会信用代码", CODE),
        Column("专员账号", "officer"),
    )

    def rows(case: Case) -> Iterator[Entries]:
        if case.actor.is_operating and case.actor.is_firm:
            turn = case.actor.index % officers
            yield identity(case) | {"officer": officer_username(turn)}

    sheet = Sheet("分工", "officers", "", columns, rows, ("企业服务专员分工表（演示）",))
    return Workbook("服务专员分工.xlsx", (sheet,))


def officer_username(turn: int) -> str:
    """The account of an officer: demo.officer, demo.officer2, …"""
    return "demo.officer" if turn == 0 else f"demo.officer{turn + 1}"
