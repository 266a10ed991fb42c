"""Reading a sheet of a workbook or a CSV file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.core.files.kinds import TableKind
from lianshang.core.files.refusals import FileRefused
from lianshang.core.imports.reading.delimited import read_delimited
from lianshang.core.imports.reading.direct import read_directly
from lianshang.core.imports.reading.isolated import read_isolated
from lianshang.core.imports.reading.scan import Scan, check_spreadsheet_area, scan_workbook
from lianshang.core.imports.reading.sheets import LARGEST_AREA, Merged, Sheet

if TYPE_CHECKING:
    from lianshang.core.files.guard import TableFile
    from lianshang.core.imports.parsers import Raw

MOST_MERGED = 200_000  # cells filled from merged ranges


@dataclass
class Workbook:
    """The names of the sheets that can be read, and the one that was."""

    sheets: list[str]
    sheet: Sheet


def read_table(file: TableFile, sheet: str = "") -> Workbook:
    """One sheet of the file: the named one, else the first that is visible; raises FileRefused."""
    if file.kind is TableKind.CSV:
        return Workbook([""], read_delimited(file.content))
    if file.kind is TableKind.XLS:
        return _workbook(*read_isolated(file.content, sheet), scans={})
    scans: dict[str, Scan] = {}
    if file.kind is TableKind.XLSX:
        scans = scan_workbook(io.BytesIO(file.content))
    else:
        check_spreadsheet_area(io.BytesIO(file.content))
    return _workbook(*read_directly(io.BytesIO(file.content), sheet), scans=scans)


def _workbook(
    names: list[str],
    chosen: str,
    rows: list[list[Raw]],
    merged: list[Merged],
    *,
    scans: dict[str, Scan],
) -> Workbook:
    width = max(map(len, rows), default=0)
    if len(rows) * width > LARGEST_AREA:
        area = f"{len(rows)} × {width}"
        raise FileRefused("sheet_too_large", area, largest=f"{LARGEST_AREA:,}")
    for row in rows:
        row.extend([""] * (width - len(row)))
    scan = scans.get(chosen, Scan())
    sheet = Sheet(chosen, rows, merged, scan.formulas, scan.without_value)
    fill_merged(sheet)
    return Workbook(names, sheet)


def fill_merged(sheet: Sheet) -> None:
    """Give every cell of a range merged downwards the value of its first: one firm, several
    rows.
    """
    filled = 0
    for (top, left), (bottom, right) in sheet.merged:
        if left != right or bottom >= len(sheet.rows) or not sheet.rows:
            continue
        filled += bottom - top
        if left >= len(sheet.rows[0]) or filled > MOST_MERGED:
            continue
        for row in sheet.rows[top + 1 : bottom + 1]:
            row[left] = sheet.rows[top][left]
