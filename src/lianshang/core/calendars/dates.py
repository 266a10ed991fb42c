"""How days and moments are written inside an equation, in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import get_language

from lianshang.core import clock
from lianshang.core.ui.formats import weekday

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def clauses(parts: Iterable[str]) -> str:
    """Parts of one clause, with commas of the language."""
    return ("，" if is_chinese() else ", ").join(parts)


def listed(names: Iterable[str]) -> str:
    return ("、" if is_chinese() else ", ").join(names)


def sentences(parts: Iterable[str]) -> str:
    return ("；" if is_chinese() else "; ").join(parts)


def explained(head: str, body: str) -> str:
    return f"{head}：{body}" if is_chinese() else f"{head}: {body}"


def local(moment: datetime) -> datetime:
    return moment.astimezone(clock.zone_time())


def beginning(moment: datetime) -> str:
    """9月29日（周二）16:40; Tue 2026-09-29 16:40."""
    here = local(moment)
    if is_chinese():
        return f"{here.month}月{here.day}日（{weekday(here)}）{here:%H:%M}"
    return f"{weekday(here)} {here:%Y-%m-%d %H:%M}"


def ending(moment: datetime, last_day: date) -> str:
    """2026-10-09 16:40, or 24:00 of the last day; English says the weekday too."""
    here = local(moment)
    said = f"{here:%Y-%m-%d %H:%M}"
    if here.date() == last_day + timedelta(days=1):
        here, said = here - timedelta(days=1), f"{last_day} 24:00"
    return said if is_chinese() else f"{weekday(here)} {said}"


def one_day(on: date) -> str:
    """9月30日 周三; Wed 30 Sep."""
    return f"{short_day(on)} {weekday(on)}" if is_chinese() else f"{weekday(on)} {short_day(on)}"


def short_day(on: date) -> str:
    """9月30日; 30 Sep."""
    return f"{on.month}月{on.day}日" if is_chinese() else f"{on.day} {MONTHS[on.month - 1]}"


def span(first: date, last: date) -> str:
    """10月1日–7日; 1–7 Oct; a single day stands alone."""
    if first == last:
        return short_day(first)
    if (first.year, first.month) != (last.year, last.month):
        return f"{short_day(first)}–{short_day(last)}"
    if is_chinese():
        return f"{short_day(first)}–{last.day}日"
    return f"{first.day}–{short_day(last)}"


def holiday(first: date, last: date, name: str) -> str:
    """10月1日–7日 国庆节; the English sentence names the days only."""
    return f"{span(first, last)} {name}" if is_chinese() else span(first, last)


def moments(start: datetime, end: datetime | None) -> str:
    """10月8日 10:00–10月9日 10:00, open at the end while it lasts."""
    if end is None:
        return f"{_moment(start)}–"
    here, there = local(start), local(end)
    until = f"{there:%H:%M}" if here.date() == there.date() else _moment(end)
    return f"{_moment(start)}–{until}"


def _moment(moment: datetime) -> str:
    here = local(moment)
    return f"{short_day(here)} {here:%H:%M}"
