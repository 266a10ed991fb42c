"""What a figure can be, and how money and averages are rounded in the books."""

from datetime import date
from decimal import Decimal

Value = int | Decimal | bool | str | date
Entries = dict[str, Value]  # code of the catalogue → value in the catalogue's unit


def yuan(amount: float) -> int:
    """Whole hundreds, so that 10,000 yuan with two decimals says the same amount."""
    return round(amount / 100) * 100


def average(start: float, end: float, wobble: float = 0.0) -> Decimal:
    """The mean of the two ends of a year, to two decimals; `wobble` is what the months added."""
    return places(max(0.0, (start + end) / 2 + wobble), 2)


def scaled(value: Decimal, factor: float) -> Decimal:
    """A part of an average, to two decimals."""
    return places(float(value) * factor, 2)


def places(value: float, count: int) -> Decimal:
    """Exactly `count` decimals."""
    return Decimal(f"{value:.{count}f}")
