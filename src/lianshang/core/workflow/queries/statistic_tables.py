"""The statistics page: periods, rows of units or kinds, and numbers with their formulas in words.

Units are compared with nobody: rows stand by name, small numbers give no rate, no person is named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import Unit
from lianshang.core.ui.formats import number, percent
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.queries.statistics import Line, Rate, Statistics, Times

PIECES = _("件")
SMALLEST = 5  # cases below which a rate or a median says nothing


class PeriodName(models.TextChoices):
    """Which days are counted."""

    MONTH = "month", _("本月")
    QUARTER = "quarter", _("本季度")
    YEAR = "year", _("本年")
    CUSTOM = "custom", _("自定")


class Grouping(models.TextChoices):
    """What a row stands for."""

    OWNER = "owner", _("按主办单位")
    KIND = "kind", _("按类别")


def days_of(period: str) -> tuple[date, date]:
    """First and last day of the period that goes on today."""
    today = clock.today()
    first = {
        PeriodName.QUARTER: today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
        PeriodName.YEAR: today.replace(month=1, day=1),
    }.get(PeriodName(period), today.replace(day=1))
    months = {PeriodName.QUARTER: 3, PeriodName.YEAR: 12}.get(PeriodName(period), 1)
    ahead = first.month - 1 + months
    after = date(first.year + ahead // 12, ahead % 12 + 1, 1)
    return first, after - timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    """A number, what is printed beside it, and the duties behind it."""

    text: str
    duties: tuple[int, ...]
    note: str = ""
    value: Decimal | int | None = None  # for files; None where nothing can be said


@dataclass(frozen=True)
class Measure:
    """A column: its name, its formula in words, how it is read from a row."""

    name: str
    label: str | Promise
    formula: str | Promise
    read: Callable[[Line], Figure]
    unit: str | Promise = PIECES


def _counted(name: str) -> Callable[[Line], Figure]:
    def read(line: Line) -> Figure:
        found = line.count(name)
        return Figure(number(found.value), found.duties, value=found.value)

    return read


def _late(line: Line) -> Figure:
    return Figure(number(line.late.value), line.late.duties, value=line.late.value)


def _rate(name: str) -> Callable[[Line], Figure]:
    return lambda line: _rate_figure(line.rate(name))


def _rate_figure(rate: Rate) -> Figure:
    duties = (*rate.met, *rate.missed)
    if rate.value is None:
        return Figure("—", ())
    note = f"{rate.numerator} / {rate.denominator}"
    if rate.denominator < SMALLEST:
        return Figure(_now("样本太少"), duties, note)
    return Figure(percent(_exact(rate.value), 1), duties, note, _exact(rate.value * 100))


def _median(name: str) -> Callable[[Line], Figure]:
    return lambda line: _times_figure(line.times(name))


def _times_figure(times: Times) -> Figure:
    duties = tuple(duty for _took, duty in times.rows)
    if times.median is None:
        return Figure("—", ())
    note = _now("%(count)s 件") % {"count": times.count}
    if times.count < SMALLEST:
        return Figure(_now("样本太少"), duties, note)
    hours = _exact(Fraction(times.median // timedelta(seconds=1), 3600))
    return Figure(_now("%(hours)s 小时") % {"hours": number(hours, 1)}, duties, note, hours)


def _exact(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


MEASURES = (
    Measure("opened", _("新交办"), _("本期交办的事项数"), _counted("opened")),
    Measure("ended", _("办结"), _("本期办结、销号或公示的事项数，不含撤销"), _counted("ended")),
    Measure("open", _("在办"), _("现在还没有办结的事项数"), _counted("open")),
    Measure("overdue", _("现超期"), _("现在有时限已过的在办事项数"), _counted("overdue")),
    Measure("late", _("本期逾期"), _("本期内办结时限已过而没有报结的次数"), _late),
    Measure(
        "contact",
        _("首联及时率"),
        _("首次联系按时的次数 ÷ 本期首次联系时限有结果（已联系或已过期）的次数"),
        _rate("contact"),
        "%",
    ),
    Measure(
        "close",
        _("按期办结率"),
        _("办结时限内报结的次数 ÷ 本期办结时限有结果（已报结或已过期）的次数"),
        _rate("close"),
        "%",
    ),
    Measure(
        "to_close",
        _("办结用时"),
        _("从交办到报结的工作时间，取中位数；只算本期办结的事项"),
        _median("to_close"),
        _("工作小时"),
    ),
    Measure("returned", _("退回"), _("本期被退回重办的次数"), _counted("returned")),
)
BY_NAME: Mapping[str, Measure] = {one.name: one for one in MEASURES}


@dataclass(frozen=True)
class TableRow:
    """A unit or a kind (`key`), or all of it (None), with its numbers in the order of MEASURES."""

    key: int | None
    name: str
    figures: list[Figure]


def table(found: Statistics, grouping: str) -> list[TableRow]:
    """Rows by name, the sum below."""
    lines, names = _lines(found, grouping)
    rows = [TableRow(key, names.get(key, "—"), _figures(line)) for key, line in lines.items()]
    rows.sort(key=lambda row: (row.name, row.key or 0))
    return [*rows, TableRow(None, _now("合计"), _figures(found.total))]


def _lines(found: Statistics, grouping: str) -> tuple[dict[int, Line], dict[int, str]]:
    if grouping == Grouping.KIND:
        lines, model = found.by_kind(), DutyKind
    else:
        lines, model = found.by_owner(), Unit  # type: ignore[assignment]  # two models with a name
    rows = model._default_manager.filter(pk__in=lines)
    return lines, dict(rows.values_list("pk", "name"))


def _figures(line: Line) -> list[Figure]:
    return [one.read(line) for one in MEASURES]


def line_of(found: Statistics, grouping: str, key: int | None) -> Line:
    """The row of a key; of None the sum; of an unknown key an empty one."""
    if key is None:
        return found.total
    lines = found.by_kind() if grouping == Grouping.KIND else found.by_owner()
    return lines.get(key, Line(()))


def printed(figure: Figure) -> Decimal | int | str:
    """As a paper shows it: without its unit, to one decimal."""
    if isinstance(figure.value, Decimal):
        return round(figure.value, 1)
    return figure.text if figure.value is None else figure.value
