"""A year as twelve months, for the page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core.calendars.choices import Scope, SpecialKind
from lianshang.core.calendars.dates import is_chinese
from lianshang.core.calendars.models import SpecialDay
from lianshang.core.ui.formats import WEEKDAYS
from lianshang.engines.worktime import Calendar, Day, DayKind

MARKS = {
    "holiday": gettext_lazy("休"),
    "make-up": gettext_lazy("班"),
    "half": gettext_lazy("半"),
}


@dataclass(frozen=True)
class Box:
    """One day of a month's table; `sort` is holiday, weekend, make-up, half or work."""

    day: Day
    sort: str
    said: str  # for those who do not see the mark

    @property
    def mark(self) -> object:
        return MARKS.get(self.sort, "")


@dataclass(frozen=True)
class Month:
    """A month as weeks from Monday to Sunday; None outside it."""

    first: date
    weeks: list[list[Box | None]]
    working_days: int
    is_provisional: bool


@dataclass(frozen=True)
class Known:
    """A run of special days with the document that says so."""

    first: date
    last: date
    kind: object
    name: str
    scope: object
    source: str
    row: SpecialDay | None  # None: built in


def weekday_heads() -> list[tuple[str, str]]:
    """Each weekday in full and as short as a narrow column needs."""
    names = [str(name) for name in WEEKDAYS]
    return [(name, name[-1:] if is_chinese() else name[:2]) for name in names]


def months(calendar: Calendar, year: int) -> list[Month]:
    return [_month(calendar, date(year, number, 1)) for number in range(1, 13)]


def _month(calendar: Calendar, first: date) -> Month:
    numbers = range(first.toordinal(), _next(first).toordinal())
    boxes = [_box(calendar.day(date.fromordinal(number))) for number in numbers]
    padded: list[Box | None] = [*[None] * first.weekday(), *boxes]
    padded += [None] * (-len(padded) % len(WEEKDAYS))
    weeks = [padded[place : place + 7] for place in range(0, len(padded), 7)]
    working = sum(box.day.kind is DayKind.WORK for box in boxes)
    return Month(first, weeks, working, boxes[-1].day.is_provisional)


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _box(day: Day) -> Box:
    kind, name = SpecialKind(day.kind.value), _(day.name) if day.name else ""
    if day.kind in (DayKind.MORNING, DayKind.AFTERNOON):
        return Box(day, "half", f"{name} {kind.label}")
    if day.is_make_up:
        return Box(day, "make-up", f"{name} {_('调休上班')}")
    if day.kind is DayKind.WORK:
        return Box(day, "work", "")
    return Box(day, "holiday", f"{name} {kind.label}") if name else Box(day, "weekend", "")


def known_days(days: list[Day], entered: dict[date, SpecialDay]) -> list[Known]:
    """The special days for the list below the months: built-in ones as runs, entered ones alone."""
    return sorted(_runs(days, entered), key=lambda one: one.first)


def _runs(days: list[Day], entered: dict[date, SpecialDay]) -> Iterator[Known]:
    built_in = [day for day in days if day.on not in entered]

    def likeness(pair: tuple[int, Day]) -> tuple[object, ...]:
        place, day = pair
        return (day.kind, day.name, day.is_make_up, day.on.toordinal() - place)

    for _key, group in groupby(enumerate(built_in), likeness):
        run = [day for _place, day in group]
        yield _built_in(run[0], run[-1])
    for on, row in entered.items():
        source = f"{row.source} · {row.published_on}"
        kind = _("调休上班") if row.is_make_up else row.get_kind_display()
        yield Known(on, on, kind, row.name, row.get_scope_display(), source, row)


def _built_in(first: Day, last: Day) -> Known:
    kind = _("调休上班") if first.is_make_up else SpecialKind(first.kind.value).label
    year = {"year": first.on.year}
    source = (
        _("《全国年节及纪念日放假办法》的法定节日；放假安排未公布")
        if first.is_provisional
        else _("国务院办公厅 %(year)s 年节假日安排") % year
    )
    return Known(first.on, last.on, kind, _(first.name), Scope.NATIONAL.label, source, None)
