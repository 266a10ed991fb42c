"""What each paper is filled with: one dataclass per kind, every field said in Chinese.

The names of the fields are the placeholders of the templates. Days and moments are written out when
the paper is made; lists of texts are joined by 、 in the built-in templates.
"""

# ruff: noqa: RUF009 - `said` is dataclasses.field with the words that describe it

from __future__ import annotations

import re
from dataclasses import Field, dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol
from unicodedata import category

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.core.clock import zone_time

Text = str | Promise
Day = date | datetime


def said(label: Text, **rest: Any) -> Any:
    """A field with the words that describe it to those who edit templates."""
    return field(metadata={"label": label}, **rest)


class PaperContext(Protocol):
    """Any of the dataclasses below: who issues, and what."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def office(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Step:
    """A step of handling: what, who, until when."""

    name: str = said(_("环节"))
    owner: str = said(_("责任单位"), default="")
    due: Day | str = said(_("时限"), default="")


@dataclass(frozen=True, kw_only=True)
class HandlingSlip:
    """承办单: a matter handed to its owner with a due date that shows how it was counted."""

    office: str = said(_("交办单位"))
    source: str = said(_("来源：谁提出、经什么渠道"))
    matter: str = said(_("事项"))
    request: str = said(_("诉求内容"))
    owner: str = said(_("主办单位"))
    co_owners: tuple[str, ...] = said(_("协办单位"), default=())
    received: Day | str = said(_("接收时间"))
    due: Day | str = said(_("办理时限"))
    equation: str = said(_("时限的工作日算式"), default="")
    steps: tuple[Step, ...] = said(_("办理环节"), default=())
    proposal: str = said(_("拟办意见"), default="")


@dataclass(frozen=True, kw_only=True)
class SupervisionLetter:
    """督办函: an overdue matter is put to the unit that owes it."""

    office: str = said(_("发函单位"))
    addressee: str = said(_("主送单位"))
    matter: str = said(_("督办事项"))
    received: Day | str = said(_("交办日期"))
    due: Day | str = said(_("原办理时限"))
    as_of: Day | str = said(_("统计截至"))
    overdue: str = said(_("已逾期多久，如“6 个工作日”"))
    equation: str = said(_("逾期的工作日算式"), default="")
    situation: str = said(_("办理现状"), default="")
    demands: tuple[str, ...] = said(_("督办要求"))
    reply_by: Day | str = said(_("书面反馈时限"))
    copies: tuple[str, ...] = said(_("抄送"), default=())


@dataclass(frozen=True, kw_only=True)
class Item:
    """An item of minutes or of a bulletin."""

    heading: str = said(_("小标题"))
    text: str = said(_("内容"))


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision of a meeting: what, who, with whom, until when."""

    matter: str = said(_("议定事项"))
    owner: str = said(_("牵头单位"))
    co_owner: str = said(_("配合单位"), default="")
    due: Day | str = said(_("完成时限"), default="")


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """会议纪要: who met, what was said, what was decided."""

    office: str = said(_("印发单位"))
    meeting: str = said(_("会议名称"))
    held: Day | str = said(_("会议时间"))
    place: str = said(_("会议地点"))
    chair: str = said(_("主持人"))
    present: tuple[str, ...] = said(_("出席"))
    attending: tuple[str, ...] = said(_("列席"), default=())
    absent: tuple[str, ...] = said(_("请假"), default=())
    summary: str = said(_("会议概述"), default="")
    items: tuple[Item, ...] = said(_("议题"), default=())
    decisions: tuple[Decision, ...] = said(_("议定事项"), default=())
    report_to: tuple[str, ...] = said(_("报"), default=())
    send_to: tuple[str, ...] = said(_("发送"), default=())


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number with its unit, its source and its day."""

    name: str = said(_("指标"))
    value: Decimal | int | str = said(_("数值"))
    unit: str = said(_("单位"), default="")
    source: str = said(_("来源"))
    day: Day | str = said(_("数据日期"))


@dataclass(frozen=True, kw_only=True)
class Bulletin:
    """简报: short news with figures, each with source and day."""

    office: str = said(_("编发单位"))
    name: str = said(_("简报名称"), default="工作简报")
    headline: str = said(_("标题"))
    lead: str = said(_("导语"), default="")
    items: tuple[Item, ...] = said(_("条目"))
    figures: tuple[Figure, ...] = said(_("数据"), default=())
    report_to: tuple[str, ...] = said(_("报"), default=())
    send_to: tuple[str, ...] = said(_("送"), default=())
    copy_to: tuple[str, ...] = said(_("发"), default=())


# What every paper has beside its own fields; given when it is issued.
COMMON: dict[str, Text] = {
    "title": _("标题"),
    "number": _("发文字号"),
    "serial": _("年内序号"),
    "year": _("年份"),
    "day": _("成文日期"),
}

_ITEMS = {"steps": Step, "items": Item, "decisions": Decision, "figures": Figure}


def described(kind: type[Any]) -> dict[str, Text]:
    """Placeholder → what it is: `owner`, and `decisions.owner` for what a list holds."""
    found = dict(COMMON)
    for one in fields(kind):
        found[one.name] = one.metadata["label"]
        if one.name in _ITEMS:
            inside = fields(_ITEMS[one.name])
            found |= {f"{one.name}.{part.name}": part.metadata["label"] for part in inside}
    return found


def chinese_day(value: Day) -> str:
    """2026年11月3日: Arabic figures, no padding (7.3.5.4); a moment keeps its hour and minute."""
    if not isinstance(value, datetime):
        return f"{value.year}年{value.month}月{value.day}日"
    local = value.astimezone(zone_time())
    return f"{chinese_day(local.date())} {local:%H:%M}"


def printed(value: Any) -> Any:
    """A context as templates see it and as it is kept: texts, lists of texts, lists of fields."""
    if hasattr(value, "__dataclass_fields__"):
        return {one.name: printed(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple | list):
        return [printed(one) for one in value]
    if isinstance(value, date):
        return chinese_day(value)
    return _clean("" if value is None else str(value))


def _clean(text: str) -> str:
    """Without characters that XML or the page cannot hold; each line becomes a paragraph."""
    text = text.expandtabs(1)
    lines = ("".join(c for c in line if category(c)[0] != "C") for line in text.splitlines())
    return "\n".join(line.strip() for line in lines if line.strip())


def balanced(title: str, longest: int = 20) -> str:
    """A long title in lines of about equal length, as 7.3.1 wants it; figures and Latin words stay
    whole, and no line begins with a closing mark.
    """
    pieces = re.findall(r"[0-9A-Za-z.%-]+|.", title)
    count = -(-len(title) // longest)
    if count < 2:
        return title
    lines, goal, done = [""], len(title) / count, 0
    for piece in pieces:
        full = len(lines) < count and done + len(piece) / 2 >= goal * len(lines)
        if full and piece not in "，。、；：）》”！？":
            lines.append("")
        lines[-1] += piece
        done += len(piece)
    return "\n".join(lines)
