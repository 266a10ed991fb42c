"""A due moment as a sentence that anybody can check with a calendar in hand.

自 9月29日（周二）16:40 起 3 个工作日：9月30日 周三，10月1日–7日 国庆节放假，10月8日 周四，
10月9日 周五 → 2026-10-09 16:40；10月10日 周六为调休上班
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from django.utils.translation import gettext as _

from lianshang.core.calendars import dates
from lianshang.engines.worktime import Clock, DayKind, Due, Start, Step, Unit

DAY_BY_DAY = 10  # longer clocks name only what is not a usual week


def equation(due: Due, clock: Clock, start: datetime) -> str:
    """The whole way from the start to the due moment."""
    asked = {"start": dates.beginning(start), "clock": clock_text(clock)}
    head = (
        _("自 %(start)s 次日起 %(clock)s")
        if clock.start is Start.NEXT
        else _("自 %(start)s 起 %(clock)s")
    ) % asked
    told = list(_told(due, clock))
    if clock.is_working and _is_long(clock):
        head += _("，周六日不计")
    way = dates.explained(head, dates.clauses(told)) if told else head
    return dates.sentences([f"{way} → {_end(due, clock)}", *_remarks(due, clock)])


def short(due: Due, clock: Clock, start: datetime) -> str:
    """For lists: 3 个工作日：11-18 起，周六日不计."""
    asked = {"clock": clock_text(clock), "day": f"{dates.local(start):%m-%d}"}
    since = (
        _("%(clock)s：%(day)s 次日起") if clock.start is Start.NEXT else _("%(clock)s：%(day)s 起")
    ) % asked
    if not clock.is_working:
        return since
    off = [step.name for step in due.steps if step.kind is DayKind.OFF and step.name]
    names = dates.listed([_("周六日"), *(_(name) for name in dict.fromkeys(off))])
    return since + _("，%(days)s不计") % {"days": names}


def progress(used: Fraction, clock: Clock) -> str:
    """60 个工作日中的第 41 日; what is beyond the limit is said."""
    limit = clock_text(clock)
    if used > clock.amount:
        more = _amount(used - clock.amount, clock.unit)
        return _("%(limit)s已满，超过 %(more)s") % {"limit": limit, "more": more}
    which = max(ceil(used), 1)
    if clock.unit in (Unit.WORKING_DAYS, Unit.NATURAL_DAYS):
        return _("%(limit)s中的第 %(which)s 日") % {"limit": limit, "which": which}
    return _("%(limit)s中的第 %(which)s 小时") % {"limit": limit, "which": which}


def clock_text(clock: Clock) -> str:
    """3 个工作日."""
    return _amount(Fraction(clock.amount), clock.unit)


def _amount(amount: Fraction, unit: Unit) -> str:
    if amount == 1:
        return {
            Unit.WORKING_DAYS: _("1 个工作日"),
            Unit.WORKING_HOURS: _("1 个工作小时"),
            Unit.NATURAL_DAYS: _("1 个自然日"),
            Unit.NATURAL_HOURS: _("1 小时"),
        }[unit]
    shown = {"n": f"{float(amount):.2f}".rstrip("0").rstrip(".")}
    return {
        Unit.WORKING_DAYS: _("%(n)s 个工作日"),
        Unit.WORKING_HOURS: _("%(n)s 个工作小时"),
        Unit.NATURAL_DAYS: _("%(n)s 个自然日"),
        Unit.NATURAL_HOURS: _("%(n)s 小时"),
    }[unit] % shown


def _is_long(clock: Clock) -> bool:
    days = clock.amount if clock.unit is Unit.WORKING_DAYS else clock.amount / 8
    return days > DAY_BY_DAY


def _told(due: Due, clock: Clock) -> Iterator[str]:
    """What is said of each step before the arrow."""
    runs = [step for step in due.steps if not step.is_after]
    others = any(step.counted for step in runs if not step.is_start)
    for step in runs:
        if step.pause:
            yield _pause(step, clock)
        elif clock.is_working and not (step.is_start and others):
            yield from _run(step, is_long=_is_long(clock))


def _run(step: Step, *, is_long: bool) -> Iterator[str]:
    days = {"days": dates.span(step.first, step.last)}
    if step.kind is DayKind.OFF and step.name:
        days["days"] = dates.holiday(step.first, step.last, _(step.name))
        yield _("%(days)s放假") % days
    elif step.kind in (DayKind.MORNING, DayKind.AFTERNOON):
        half = _("%(days)s只上午上班") if step.kind is DayKind.MORNING else _("%(days)s只下午上班")
        yield half % days
    elif step.is_make_up:
        yield from (_("%(day)s（调休上班）") % {"day": one} for one in _each(step))
    elif is_long:
        return
    elif step.kind is DayKind.OFF:
        yield _("%(days)s 周末") % days
    elif step.counted and step.last - step.first > timedelta(days=1):
        yield days["days"]
    elif step.counted:
        yield from _each(step)


def _each(step: Step) -> list[str]:
    days = (step.last - step.first).days + 1
    return [dates.one_day(step.first + timedelta(days=n)) for n in range(days)]


def _pause(step: Step, clock: Clock) -> str:
    assert step.pause is not None
    shown = {
        "when": dates.moments(step.pause.start, step.pause.end),
        "why": step.pause.reason or _("暂停"),
        "amount": _amount(step.used, clock.unit),
    }
    if step.pause.end is None:
        return f"{shown['when']} {shown['why']}"
    return _("%(when)s %(why)s，停 %(amount)s") % shown


def _end(due: Due, clock: Clock) -> str:
    if due.at is None or due.last_day is None:
        left = _amount(due.left or Fraction(0), clock.unit)
        return _("暂停中，还剩 %(left)s") % {"left": left}
    return dates.ending(due.at, due.last_day)


def _remarks(due: Due, clock: Clock) -> Iterator[str]:
    """What is said after the due moment."""
    for step in due.steps:
        if step.is_after:
            yield _("%(day)s为调休上班") % {"day": dates.one_day(step.first)}
    if clock.rolls and sum(step.used for step in due.steps if not step.pause) >= clock.amount + 1:
        yield _("最后一日为休息日，顺延至下一个工作日")
    if due.is_provisional:
        yield _("放假安排未公布，暂按周一至周五计算")
