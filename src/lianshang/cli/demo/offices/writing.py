"""How people write values into cells: units, thousands separators, yes and no, dates."""

from datetime import date
from decimal import Decimal

from lianshang.cli.demo.books.values import Value

_EXCEL_EPOCH = date(1899, 12, 30)


def amount(value: Value) -> Decimal:
    """The number of a numeric figure."""
    assert isinstance(value, int | Decimal)
    return Decimal(value)


def number(value: Value) -> float | int:
    """As it is."""
    found = amount(value)
    return int(found) if found == found.to_integral_value() else float(found)


def in_ten_thousands(value: Value) -> float | int:
    """万元."""
    return number(amount(value) / 10_000)


def in_thousands(value: Value) -> float | int:
    """千元."""
    return number(amount(value) / 1_000)


def grouped(value: Value) -> str:
    """Text with separators: 1,234,500.00."""
    return f"{amount(value):,.2f}"


def in_ten_thousands_grouped(value: Value) -> str:
    """Text in 万元 with separators."""
    return f"{amount(value) / 10_000:,.2f}"


def percent(value: Value) -> str:
    """A share as 7.77%."""
    return f"{amount(value) * 100:.2f}%"


def yes_no(value: Value) -> str:
    """是 or 否."""
    return "是" if value else "否"


def tick(value: Value) -> str:
    """√ or ×."""
    return "√" if value else "×"


def day(value: Value) -> date:
    """A real date cell."""
    assert isinstance(value, date)
    return value


def dotted(value: Value) -> str:
    """2024.03.05."""
    return f"{day(value):%Y.%m.%d}"


def chinese_day(value: Value) -> str:
    """2024年3月5日."""
    found = day(value)
    return f"{found.year}年{found.month}月{found.day}日"


def serial(value: Value) -> int:
    """The day number of a spreadsheet, without a date format."""
    return (day(value) - _EXCEL_EPOCH).days


def six_places(degrees: float) -> Decimal:
    """A coordinate as registers keep it."""
    return Decimal(f"{degrees:.6f}")
