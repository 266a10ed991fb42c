"""Reading a workbook with the library, in this process.

Run as `python -m lianshang.core.imports.reading.direct SHEET` it reads a workbook from standard
input under a
limit on memory and writes the pickled answer to standard output: see `isolated`.
"""

from __future__ import annotations

import io
import pickle
import resource
import sys
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import FileRefused
from lianshang.core.imports.reading.sheets import Merged

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from lianshang.core.imports.parsers import Raw

MOST_MEMORY = 3 * 1024**3  # bytes of address space, when run on its own


def read_directly(
    handle: BinaryIO, sheet: str
) -> tuple[list[str], str, list[list[Raw]], list[Merged]]:
    """Names of the visible sheets, the chosen one's name, rows and merged ranges; raises
    FileRefused.
    """
    import python_calamine as calamine

    try:
        with calamine.load_workbook(handle) as workbook:
            names = _visible_sheets(workbook)
            chosen = sheet if sheet in names else names[0]
            table = workbook.get_sheet_by_name(chosen)
            merged = table.merged_cell_ranges or []
            return names, chosen, table.to_python(skip_empty_area=False), merged
    except calamine.PasswordError as error:
        raise FileRefused("password", _("加密的工作簿")) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise FileRefused("corrupt", _("打不开的工作簿")) from error


def _visible_sheets(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    names = [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]
    if not names:
        raise FileRefused("file_empty")
    return names


def main() -> None:
    """Read standard input; the answer is a tuple, or the code of a refusal."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        answer: object = read_directly(io.BytesIO(sys.stdin.buffer.read()), sys.argv[1])
    except FileRefused as refusal:
        answer = refusal.code
    sys.stdout.buffer.write(pickle.dumps(answer))


if __name__ == "__main__":
    main()
