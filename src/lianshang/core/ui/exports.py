"""Registers as files: CSV and Excel, with cells that can never run as formulas."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
Rows = Iterable[Sequence[Any]]


def neutralised(cell: Any) -> Any:
    """Text that a spreadsheet would run as a formula, made harmless by a leading apostrophe."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS):
        return f"'{cell}"
    return cell


def as_csv(name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """A CSV file in UTF-8 with a byte order mark, so that Excel reads the Chinese."""
    buffer = io.StringIO()
    buffer.write("\ufeff")
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([neutralised(cell) for cell in row] for row in rows)
    return _attached(buffer.getvalue(), "text/csv; charset=utf-8", f"{name}.csv")


def as_xlsx(name: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """An Excel workbook whose text cells are text, whatever they begin with."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "default_date_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, header, book.add_format({"bold": True}))
    for index, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(index, place, cell, moment)
            elif isinstance(cell, date):
                sheet.write_datetime(index, place, cell)
            else:
                sheet.write(index, place, cell)
    book.close()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _attached(buffer.getvalue(), kind, f"{name}.xlsx")


def _attached(content: str | bytes, kind: str, file_name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}"
    response["Cache-Control"] = "no-store"
    return response


WRITERS: dict[str, Callable[[str, Sequence[str], Rows], HttpResponse]] = {
    "csv": as_csv,
    "xlsx": as_xlsx,
}


def refuse(text: str) -> HttpResponse:
    """An export that is not made, with the reason."""
    return HttpResponse(text, status=422, content_type="text/plain; charset=utf-8")
