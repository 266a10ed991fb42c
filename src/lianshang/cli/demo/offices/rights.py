"""知识产权台账 and the published lists of titles and of advanced manufacturers."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from lianshang.cli.demo.books.rights import Title
from lianshang.cli.demo.books.values import Entries
from lianshang.cli.demo.offices import writing
from lianshang.cli.demo.offices.forms import fields, yes_no
from lianshang.cli.demo.offices.sheets import CODE, NAME, Case, Column, Sheet, Workbook, identity

_RIGHTS = dict.fromkeys(
    (
        *("ip1_count", "ip2_unused_count", "ip1_related_count", "ip2_related_count"),
        *("ip1_high_value_count", "ip1_self_count", "ip1_held_count", "ip2_held_count"),
        "ip1_self_effective_count",
    ),
    0.05,
)
LISTS = (
    ("高新技术企业名单.xlsx", (("高新技术企业", "title_hnte"),)),
    ("科技型中小企业入库名单.xlsx", (("科技型中小企业", "title_techsme"),)),
    (
        "优质中小企业名单.xlsx",
        (
            ("创新型", "title_innovative_sme"),
            ("专精特新", "title_srdi_sme"),
            ("小巨人", "title_little_giant"),
        ),
    ),
)


def ledger(today: date) -> Workbook:
    """Counts of rights by every programme's own way of counting."""
    counts = fields(_RIGHTS, writing.number)
    columns = (Column("权利人", NAME), Column("统一社会信用代码", CODE), *counts)
    titles = ("知识产权台账", f"统计截止：{today}")
    sheet = Sheet("台账", "facts", "public_list", columns, _ledger_rows, titles)
    return Workbook("知识产权台账.xlsx", (sheet,))


def _ledger_rows(case: Case) -> Iterator[Entries]:
    share = 0.93 if case.figures.profile.innovates else 0.5
    if case.figures.point and case.takes_part("rights", share):
        yield identity(case) | case.figures.point


def lists(today: date) -> Iterator[Workbook]:
    """One file for each announcement; the list of better SMEs has three sheets."""
    for file_name, sheets in LISTS:
        yield Workbook(file_name, tuple(_list(label, code) for label, code in sheets))
    yield Workbook(f"{today.year}年先进制造业企业名单.xlsx", (_manufacturers(today),))


def _list(label: str, code: str) -> Sheet:
    columns = (
        Column("企业名称", NAME),
        Column("统一社会信用代码", CODE),
        Column("证书编号", "number"),
        Column("发证日期", "valid_from", writing.chinese_day),
        Column("有效期至", "valid_until", str),
    )
    return Sheet(
        name=label,
        register="titles",
        source="public_list",
        columns=columns,
        rows=_holders(code),
        titles=(f"{label}名单（演示）",),
        options={"title": code, "complete": True},
    )


def _holders(code: str) -> Callable[[Case], Iterable[Entries]]:
    def rows(case: Case) -> Iterator[Entries]:
        for title in case.figures.titles:
            if title.code == code:
                yield _holding(case, title)

    return rows


def _holding(case: Case, title: Title) -> Entries:
    number = f"SL{title.since:%Y}{case.actor.index:08d}"  # SL: 示例
    return identity(case, code_share=0.9) | {
        "number": number,
        "valid_from": title.since,
        "valid_until": title.until,
    }


def _manufacturers(today: date) -> Sheet:
    columns = (
        Column("企业名称", NAME),
        Column("统一社会信用代码", CODE),
        *yes_no({"on_adv_mfg_list": 0.0}),
    )

    def rows(case: Case) -> Iterator[Entries]:
        if case.actor.trade.is_manufacturing and case.figures.point:
            yield identity(case) | {"on_adv_mfg_list": case.figures.point["on_adv_mfg_list"]}

    return Sheet("名单", "facts", "public_list", columns, rows, (f"{today.year}年名单（演示）",))
