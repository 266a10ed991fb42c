"""Dates as registers write them: Chinese and Western text, numbers, spreadsheet serials."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum

from lianshang.engines.standards.text.chinese_numerals import numeral_value
from lianshang.engines.standards.text.readings import (
    TextProblem,
    Unknown,
    half_width,
    unknown_or_error,
)

Cell = str | int | float | Decimal | date | None


class DateSystem(StrEnum):
    """Day number 1 of a workbook: 1900-01-01 (usual), or day 0 = 1904-01-01 (old Macintosh)."""

    EXCEL_1900 = "1900"
    EXCEL_1904 = "1904"


class Precision(StrEnum):
    """How much of the date was written; the rest was filled with 1."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date, its precision, and hints: `serial`, `early_serial`, `time_dropped`, `time_zone`."""

    value: date
    precision: Precision = Precision.DAY
    hints: tuple[str, ...] = ()


Result = DateReading | Unknown | TextProblem

_BEIJING = timezone(timedelta(hours=8))
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_PLAUSIBLE_SERIALS = range(3654, 73416)  # 1910-01-01 to 2100-12-31 in the 1900 system
_SEPARATED = r"(?P<year>[0-9]{4})[年\-/.](?P<month>[0-9]{1,2})"
_TIME = r"[T ]?(?P<time>[0-9]{1,2}(?::|时|点)[0-9]{2}(?:[:分][0-9]{2}秒?(?:\.[0-9]+)?)?分?)"
_DAY_FORMS = (
    re.compile(rf"{_SEPARATED}[月\-/.](?P<day>[0-9]{{1,2}})[日号]?(?:{_TIME})?"),
    re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
)
_MONTH_FORMS = (
    re.compile(rf"{_SEPARATED}月?份?"),
    re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})"),
)
_YEAR_FORM = re.compile(r"(?P<year>(?:19|20)[0-9]{2})年?度?")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")
_SHORT_YEAR = re.compile(r"'?([0-9]{2})[年/.\-]([0-9]{1,2})[月/.\-]([0-9]{1,2})[日号]?")
_OPEN_ENDED = {"长期", "永久", "长期有效", "无固定期限", "无限期", "至今", "不约定期限"}
_CHINESE = re.compile(r"[〇○零一二三四五六七八九十]+(?=[年月日号])")


def parse_date(cell: Cell, system: DateSystem = DateSystem.EXCEL_1900) -> Result:
    """Read a date; a month or a year alone is taken with its precision.

    Problem codes: `not_a_date`, `no_such_day`, `implausible_year`, `two_digit_year`,
    `day_month_order` (4/5/2021: both readings suggested), `year_month_as_number` (2021.1 may have
    been 2021.10), `leap_bug`, `open_ended` (长期, or the year 9999), `spreadsheet_error`.
    """
    if cell is None or isinstance(cell, bool):
        return Unknown("") if cell is None else TextProblem("not_a_date", str(cell))
    if isinstance(cell, datetime):
        return _from_datetime(cell)
    if isinstance(cell, date):
        return DateReading(cell)
    if not isinstance(cell, str):
        return _from_number(Decimal(str(cell)), system)
    text = re.sub(r"\s+", " ", re.sub(r"\s*([年月/.\-])\s*", r"\1", half_width(cell)))
    return unknown_or_error(cell) or _from_text(text, system)


def excel_serial_date(
    serial: int, system: DateSystem = DateSystem.EXCEL_1900
) -> date | TextProblem:
    """The date of a day number.

    The 1900 system counts a 29 February 1900 that never was: 60 is no date (`leap_bug`), and the
    numbers before it are one nearer to their day.
    """
    if system is DateSystem.EXCEL_1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    if serial == 60:
        return TextProblem("leap_bug", "60")
    return date(1899, 12, 31 if serial < 60 else 30) + timedelta(days=serial)


def _from_datetime(moment: datetime) -> DateReading:
    if moment.tzinfo is not None:
        return DateReading(moment.astimezone(_BEIJING).date(), hints=("time_zone",))
    midnight = (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    return DateReading(moment.date(), hints=() if midnight else ("time_dropped",))


def _from_number(number: Decimal, system: DateSystem) -> Result:
    if not number.is_finite():
        return Unknown("") if number.is_nan() else TextProblem("not_a_date", str(number))
    whole = int(number)
    if _FIRST_YEAR <= number <= _LAST_YEAR and number != whole:
        return TextProblem("year_month_as_number", str(number))
    compact = number == whole and (_FIRST_YEAR <= whole <= _LAST_YEAR or whole > 190_000)
    if compact:
        return _from_text(str(whole), system)
    if not 0 < whole < _PLAUSIBLE_SERIALS.stop:
        return TextProblem("not_a_date", str(number))
    found = excel_serial_date(whole, system)
    if isinstance(found, TextProblem):
        return found
    hint = "serial" if whole in _PLAUSIBLE_SERIALS else "early_serial"
    return DateReading(found, hints=(hint,))


def _from_text(text: str, system: DateSystem) -> Result:
    text = _CHINESE.sub(_arabic, text)
    if text in _OPEN_ENDED:
        return TextProblem("open_ended", text)
    if re.fullmatch(r"[0-9]{5}(\.[0-9]+)?", text):
        return _from_number(Decimal(text), system)
    if re.fullmatch(r"[0-9\-]+[T ][0-9:.]+(Z|[+\-][0-9]{2}:?[0-9]{2})", text):
        return _from_zoned(text)
    for precision, forms in (
        (Precision.DAY, _DAY_FORMS),
        (Precision.MONTH, _MONTH_FORMS),
        (Precision.YEAR, (_YEAR_FORM,)),
    ):
        for form in forms:
            match = form.fullmatch(text)
            if match:
                return _from_parts(text, match.groupdict(), precision)
    return _from_ambiguous(text)


def _from_zoned(text: str) -> Result:
    try:
        return _from_datetime(datetime.fromisoformat(text))
    except ValueError:
        return TextProblem("no_such_day", text)


def _from_parts(text: str, parts: dict[str, str | None], precision: Precision) -> Result:
    year = int(parts["year"] or 0)
    if year == 9999:  # how registers write "no end"
        return TextProblem("open_ended", text)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return TextProblem("implausible_year", text)
    try:
        value = date(year, int(parts.get("month") or 1), int(parts.get("day") or 1))
    except ValueError:
        return TextProblem("no_such_day", text)
    has_time = bool((parts.get("time") or "").strip("0:时点分秒."))
    return DateReading(value, precision, ("time_dropped",) if has_time else ())


def _from_ambiguous(text: str) -> Result:
    """Forms with the year last or shortened: taken only where one reading exists."""
    match = _YEAR_LAST.fullmatch(text)
    if match:
        first, second, year = (int(part) for part in match.groups())
        orders = {(first, second), (second, first)}
        days = sorted(f"{year:04d}-{m:02d}-{d:02d}" for m, d in orders if 1 <= m <= 12)
        if len(days) == 1:
            return _from_text(days[0], DateSystem.EXCEL_1900)
        return TextProblem("day_month_order" if days else "no_such_day", text, " / ".join(days))
    match = _SHORT_YEAR.fullmatch(text)
    if match:
        suggestion = f"20{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"
        return TextProblem("two_digit_year", text, suggestion)
    return TextProblem("not_a_date", text)


def _arabic(match: re.Match[str]) -> str:
    """二〇二一 → 2021, 十二 → 12, 二十 → 20; left as it is where it is no numeral."""
    value = numeral_value(match[0].replace("零", "〇"))
    return match[0] if value is None else str(value)
