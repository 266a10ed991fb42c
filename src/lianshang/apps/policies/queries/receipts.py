"""Receipts as they are pasted from a table or read from a file."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

COLUMNS = 4  # firm, amount, day, voucher


@dataclass(frozen=True)
class ReceiptLine:
    """One line: what was read, and what is wrong with it."""

    number: int
    firm: str
    amount: Decimal | None = None
    paid_on: date | None = None
    voucher: str = ""
    problem: str = ""


def lines_of_text(text: str) -> list[ReceiptLine]:
    """Pasted lines, columns apart by tabs, or by commas where there is no tab."""
    rows = [row.split("\t" if "\t" in row else ",") for row in text.splitlines()]
    return _lines(rows)


def lines_of_file(content: bytes, name: str) -> list[ReceiptLine]:
    """The first sheet of a workbook, or a CSV file; raises FileRefused."""
    from lianshang.core.files.guard import check_table
    from lianshang.core.imports.reading.tables import read_table

    return _lines(read_table(check_table(io.BytesIO(content), name)).sheet.rows)


def _lines(rows: Iterable[Sequence[Any]]) -> list[ReceiptLine]:
    found = []
    for number, row in enumerate(rows, start=1):
        cells = [_text(cell) for cell in row]
        if any(cells) and not (number == 1 and _is_heading(cells)):
            found.append(_line(number, cells))
    return found


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()


def _is_heading(cells: Sequence[str]) -> bool:
    """A first line without an amount is the heading."""
    return len(cells) < 2 or _amount(cells[1]) is None


def _amount(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _line(number: int, cells: Sequence[str]) -> ReceiptLine:
    if len(cells) < COLUMNS or not all(cells[:COLUMNS]):
        text = _("要有四列：企业（名称或信用代码）、金额（元）、到账日期、凭证号。")
        return ReceiptLine(number, cells[0], problem=text)
    amount = _amount(cells[1])
    if amount is None or amount != round(amount, 2):
        text = _("金额“%s”读不出来：写成元，最多两位小数。") % cells[1]
        return ReceiptLine(number, cells[0], problem=text)
    try:
        day = date.fromisoformat(cells[2].replace("/", "-"))
    except ValueError:
        text = _("日期“%s”读不出来：写成 2026-11-30。") % cells[2]
        return ReceiptLine(number, cells[0], problem=text)
    return ReceiptLine(number, cells[0], amount, day, cells[3][:60])
