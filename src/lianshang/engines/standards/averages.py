"""Period averages as the rules count them: (start + end) / 2, then the mean over the periods.

Four quarters for small low-profit enterprises (财政部 税务总局公告2023年第12号) and for science and
technology SMEs; twelve months for high-tech enterprises (国科发火〔2016〕195号 三(五)). A firm that
opened or closed in the year averages the periods in which it existed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

Number = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Balance:
    """Values at the start and at the end of one month or quarter; None = not known."""

    start: Number | None
    end: Number | None


@dataclass(frozen=True, slots=True)
class Average:
    """An exact mean, or None with the values that are missing: (period from 1, "start" | "end").

    `breaks` are the periods whose end differs from the start of the next: worth asking about, as
    both are the same moment, but no reason to refuse.
    """

    value: Fraction | None
    periods: int
    missing: tuple[tuple[int, str], ...] = ()
    breaks: tuple[int, ...] = ()


def period_average(start: Number, end: Number) -> Fraction:
    """The mean of a period's two ends."""
    return (Fraction(start) + Fraction(end)) / 2


def average(balances: Sequence[Balance]) -> Average:
    """The mean of the averages of the periods given: a year, a year to date, or a part year."""
    if not balances:
        raise ValueError("an average needs at least one period")
    numbered = list(enumerate(balances, start=1))
    missing = tuple(
        (number, side)
        for number, balance in numbered
        for side, value in (("start", balance.start), ("end", balance.end))
        if value is None
    )
    breaks = tuple(
        number
        for (number, earlier), (_, later) in pairwise(numbered)
        if earlier.end is not None and later.start is not None and earlier.end != later.start
    )
    if missing:
        return Average(None, len(balances), missing, breaks)
    total = sum(
        period_average(balance.start, balance.end)
        for balance in balances
        if balance.start is not None and balance.end is not None
    )
    return Average(Fraction(total) / len(balances), len(balances), (), breaks)


def quarterly_average(balances: Sequence[Balance]) -> Average:
    """Mean over one to four quarters: a full year, a part year, or the year to date."""
    return _at_most(balances, 4)


def monthly_average(balances: Sequence[Balance]) -> Average:
    """Mean over one to twelve months."""
    return _at_most(balances, 12)


def balances_from_readings(readings: Sequence[Number | None]) -> tuple[Balance, ...]:
    """Periods from n + 1 readings in a row, where each end is the next start."""
    return tuple(Balance(start, end) for start, end in pairwise(readings))


def months_in_operation(year: int, opened: date | None, closed: date | None = None) -> range:
    """Months (1-12) of a year in which a firm existed, those of opening and closing included."""
    first, last = 1, 12
    if opened is not None and opened.year >= year:
        first = opened.month if opened.year == year else 13
    if closed is not None and closed.year <= year:
        last = closed.month if closed.year == year else 0
    return range(first, max(last + 1, first))


def quarters_in_operation(year: int, opened: date | None, closed: date | None = None) -> range:
    """Quarters (1-4) of a year in which a firm existed, those of opening and closing included."""
    months = months_in_operation(year, opened, closed)
    if not months:
        return range(1, 1)
    return range((months[0] + 2) // 3, (months[-1] + 2) // 3 + 1)


def _at_most(balances: Sequence[Balance], periods: int) -> Average:
    if len(balances) > periods:
        raise ValueError(f"a year has {periods} such periods, not {len(balances)}")
    return average(balances)
