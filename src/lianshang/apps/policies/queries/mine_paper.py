"""The report "my policies" as a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from lianshang.core.papers.report import Report
from lianshang.core.ui import formats

if TYPE_CHECKING:
    from decimal import Decimal

    from lianshang.apps.policies.queries.mine import Item, MyPolicies


def report_of(mine: MyPolicies) -> bytes:
    """The document; what it says is what the page says on the same day."""
    report = Report(
        _("%(firm)s：我的政策") % {"firm": mine.firm.name},
        _("%(day)s · 预匹配结果，以主管部门审核为准") % {"day": mine.on.isoformat()},
        _("%(firm)s · %(day)s · 预匹配，以主管部门审核为准")
        % {"firm": mine.firm.name, "day": mine.on.isoformat()},
    )
    _totals(report, mine)
    _entitled(report, mine)
    _one_step(report, mine)
    _lacking(report, mine)
    _rest(report, mine)
    return report.content()


def money(amount: Decimal | None) -> str:
    """As pages show it, without their markup."""
    return "—" if amount is None else strip_tags(formats.money(amount))


def _totals(report: Report, mine: MyPolicies) -> None:
    groups = [
        (_("可享"), mine.entitled),
        (_("差一步"), mine.one_step),
        (_("待补信息"), mine.not_known),
        (_("待人工判断"), mine.needs_person),
        (_("不符合"), mine.not_entitled),
    ]
    report.table(
        [name for name, _items in groups], [[f"{len(items)}" for _n, items in groups]], [33] * 5
    )
    said = _("可享合计：每年约 %(year)s，一次性约 %(once)s；同一叠加组从高不重复。")
    report.write(said % {"year": money(mine.per_year), "once": money(mine.once)})
    if mine.has_declared:
        report.write(_("标注“企业自报，待核”的结果依据企业自行填报、尚未核实的数据。"), "报告小字")


def _entitled(report: Report, mine: MyPolicies) -> None:
    report.heading(_("一、可享"))
    if not mine.entitled:
        report.write(_("按目前掌握的信息，还没有可享的政策；请看下面差什么。"))
        return
    rows = [[_named(one), _worth(one), _how(one), _until(one)] for one in mine.entitled]
    header = [_("政策"), _("金额"), _("怎样办"), _("期限")]
    report.table(header, rows, [56, 30, 46, 34], numbers=[1])


def _one_step(report: Report, mine: MyPolicies) -> None:
    report.heading(_("二、差一步"))
    if not mine.one_step:
        report.write(_("没有只差一个条款的政策。"))
        return
    rows = []
    for one in mine.one_step:
        gaps = [f"{name}：{'；'.join(gaps)}" for name, gaps, _fixed in one.steps]
        rows.append([_named(one), _worth(one), "\n".join(gaps) or one.reason, _until(one)])
    header = [_("政策"), _("达到后可得"), _("差什么"), _("期限")]
    report.table(header, rows, [50, 28, 58, 30], numbers=[1])


def _lacking(report: Report, mine: MyPolicies) -> None:
    report.heading(_("三、待补信息"))
    if not mine.lacking:
        report.write(_("没有因缺信息而判断不了的政策。"))
        return
    rows = [
        [one.label, money(one.amount) if one.amount else _("待算"),
         "；".join(item.name for item, _others in one.items)]
        for one in mine.lacking
    ]  # fmt: skip
    report.table([_("缺什么"), _("涉及金额"), _("补上后可判断")], rows, [60, 28, 78], numbers=[1])


def _rest(report: Report, mine: MyPolicies) -> None:
    number = _("四、待人工判断")
    if mine.needs_person:
        report.heading(number)
        for one in mine.needs_person:
            report.write(f"：{one.reason}", bold=one.name)
    report.heading(_("五、不符合") if mine.needs_person else _("四、不符合"))
    for one in mine.not_entitled:
        report.write(f"{one.name}：{one.reason}", "报告小字")
    report.heading(_("依据文件"))
    documents = dict.fromkeys(
        document for one in [*mine.entitled, *mine.one_step] for document in one.documents
    )
    report.write("；".join(documents) or "—", "报告小字")


def _named(item: Item) -> str:
    lines = [item.name]
    if item.is_declared:
        lines.append(_("企业自报，待核"))
    if item.to_confirm:
        lines.append(_("规则待核"))
    return "\n".join(lines)


def _worth(item: Item) -> str:
    if item.amount is None:
        return item.gives or "—"
    per = {"year": _("每年"), "once": _("一次性")}.get(item.per, "")
    lines = [money(item.amount), per]
    if not item.counts and item.standing == "entitled":
        lines.append(_("未计入合计"))
    return "\n".join(line for line in lines if line)


def _how(item: Item) -> str:
    lines = [item.channel, item.office, "；".join(item.materials)]
    return "\n".join(line for line in lines if line)


def _until(item: Item) -> str:
    lines = []
    if item.opening and item.opening.is_open and item.opening.end:
        lines.append(_("申报截止 %(day)s") % {"day": item.opening.end.isoformat()})
    elif item.opening and item.opening.start and not item.opening.is_open:
        lines.append(_("%(day)s 起申报") % {"day": item.opening.start.isoformat()})
    lines.append(item.deadline)
    return "\n".join(line for line in lines if line) or "—"
