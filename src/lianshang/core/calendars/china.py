"""What is known of China's days off without any entry: announced years, and statutory days after.

The libraries are loaded where they are used: `django.setup()` must load none.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext_noop as _

from lianshang.engines.worktime import DayKind, SpecialDay

YEARS_AHEAD = 10  # for which the statutory days are put in
# One holiday, one name, whichever library says it.
NAMES = {
    "元旦": _("元旦"),
    "春节": _("春节"),
    "农历除夕": _("春节"),
    "清明": _("清明节"),
    "清明节": _("清明节"),
    "劳动节": _("劳动节"),
    "端午": _("端午节"),
    "端午节": _("端午节"),
    "中秋": _("中秋节"),
    "中秋节": _("中秋节"),
    "国庆节": _("国庆节"),
    "中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": _("抗战胜利纪念日"),
}


@dataclass(frozen=True)
class KnownDays:
    """The days of the libraries, and the last day for which the days off were announced."""

    days: dict[date, SpecialDay]
    announced_until: date


@cache
def known_days() -> KnownDays:
    """The announced days of chinesecalendar, then the statutory days of `holidays`."""
    announced = dict(_announced())
    last = max(announced).year
    days = {**announced, **dict(_statutory(last + 1))}
    return KnownDays(days, date(last, 12, 31))


def _announced() -> Iterator[tuple[date, SpecialDay]]:
    from chinese_calendar import (  # type: ignore[import-untyped]  # it has no stubs
        Holiday,
        holidays,
        workdays,
    )

    for on, name in holidays.items():
        yield on, SpecialDay(DayKind.OFF, NAMES[Holiday(name).chinese])
    for on, name in workdays.items():
        yield on, SpecialDay(DayKind.WORK, NAMES[Holiday(name).chinese], is_make_up=True)


def _statutory(first: int) -> Iterator[tuple[date, SpecialDay]]:
    """The days of the law. Bridges and make-up days are not guessed."""
    import holidays

    years = range(first, first + YEARS_AHEAD)
    found = holidays.country_holidays("CN", years=years, observed=False, language="zh_CN")
    for on, names in found.items():
        # Two festivals on one day (中秋节 on 1–3 October): the day keeps the first one's name.
        yield on, SpecialDay(DayKind.OFF, NAMES[names.split("; ")[0]])
