"""Files that leave: the blank template of a register, and what a register holds, in the template's
columns.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import IO, Any

from django.utils.translation import gettext as _

from lianshang.core.accounts.models import User
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.imports.registry import Register, Table
from lianshang.core.ui.exports import neutralised

_WIDTH = 18  # characters of a column


def write_template(register: Register, handle: IO[bytes]) -> None:
    """A blank workbook: the header on the first sheet, what each column wants on the second."""
    import xlsxwriter

    columns = register.template_columns()
    with xlsxwriter.Workbook(handle, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        as_text = book.add_format(
            {"num_format": "@"}
        )  # codes keep their zeros and all their digits
        sheet = book.add_worksheet(str(register.label))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, _WIDTH, as_text)
        sheet.write_row(0, 0, [str(column.label) for column in columns], bold)
        notes = book.add_worksheet(_("填写说明"))
        notes.set_column(0, 3, _WIDTH * 2)
        notes.write_row(0, 0, [_("列名"), _("必填"), _("怎么填"), _("示例")], bold)
        for place, column in enumerate(columns, start=1):
            required = _("是") if column.required else ""
            line = (str(column.label), required, str(column.help), column.example)
            notes.write_row(place, 0, line)


def export_register(
    register: Register, *, user: User | None, purpose: str, kind: str, handle: IO[bytes]
) -> list[str]:
    """Write what the user may see, as "xlsx" or "csv"; the notes on what was left out.

    The look is in the access log before the first row is read.
    """
    record_access(
        actor=user,
        kind=AccessKind.EXPORT,
        label=f"register.{register.name}",
        text=str(register.label),
        purpose=purpose,
    )
    table = register.export(user, purpose)
    if kind == "csv":
        _write_csv(table, handle)
    else:
        _write_workbook(register, table, handle)
    return table.notes


def _write_csv(table: Table, handle: IO[bytes]) -> None:
    text = io.TextIOWrapper(handle, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(table.headers)
    writer.writerows([neutralised(_plain(cell)) for cell in row] for row in table.rows)
    text.detach()


def _write_workbook(register: Register, table: Table, handle: IO[bytes]) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(handle, options) as book:
        sheet = book.add_worksheet(str(register.label))
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(table.headers) - 1, 0), _WIDTH)
        sheet.write_row(0, 0, table.headers, book.add_format({"bold": True}))
        for place, row in enumerate(table.rows, start=1):
            _write_row(sheet, place, row)
        if table.notes:
            book.add_worksheet(_("说明")).write_column(0, 0, table.notes)


def _write_row(sheet: Any, place: int, row: Iterable[Any]) -> None:
    for index, cell in enumerate(row):
        plain = _plain(cell)
        if isinstance(plain, float | int):
            sheet.write_number(place, index, plain)
        elif plain:
            sheet.write_string(place, index, neutralised(plain))


def _plain(cell: Any) -> str | float | int:
    """Text, or a number that a spreadsheet holds exactly."""
    if cell is None:
        return ""
    if isinstance(cell, date | Decimal):
        return str(cell)
    return cell if isinstance(cell, float | int) else str(cell)
