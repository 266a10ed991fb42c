"""Files as people make them, and the way of an import as the wizard's jobs go it."""

import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from lianshang.core.accounts.models import User
from lianshang.core.files.guard import TableFile, check_table
from lianshang.core.imports import registry
from lianshang.core.imports.actions.batches import open_batch, start_check
from lianshang.core.imports.actions.commits import start_commit
from lianshang.core.imports.actions.undo import start_undo
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.opening import restored
from lianshang.core.imports.problems import from_json
from lianshang.core.imports.running import run_check, run_commit, run_undo
from lianshang.engines.standards.creditcode import new_credit_code

Rows = Sequence[Sequence[Any]]


def code(serial: int) -> str:
    """A valid credit code of the range that belongs to nobody."""
    return new_credit_code("91990001", serial)


def workbook(
    rows: Rows, *, sheet: str = "名单", merged: Sequence[tuple[int, int, int, int]] = ()
) -> io.BytesIO:
    """An .xlsx of one sheet; `merged` are ranges (row, column, row, column) from 0."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    page = book.add_worksheet(sheet)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for place, row in enumerate(rows):
        for index, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(place, index, cell, days)
            elif cell is not None:
                page.write(place, index, cell)
    for top, left, bottom, right in merged:
        page.merge_range(top, left, bottom, right, rows[top][left])
    book.close()
    content.seek(0)
    return content


def file(rows: Rows, name: str = "名单.xlsx", **layout: Any) -> TableFile:
    return check_table(workbook(rows, **layout), name)


def opened(register: str, table: TableFile | Rows, **settings: Any) -> ImportBatch:
    """A batch that waits for its mapping; rows become an .xlsx."""
    chosen = table if isinstance(table, TableFile) else file(table)
    settings.setdefault("actor", None)
    return open_batch(register=register, file=chosen, **settings)


def checked(register: str, table: TableFile | Rows, **settings: Any) -> ImportBatch:
    """A batch whose rows are checked, mapped by its headings."""
    batch = opened(register, table, **settings)
    mapping = restored(batch.mapping)
    actor = settings.get("actor")
    return run_check(start_check(actor=actor, batch=batch, mapping=mapping, in_background=False))


def imported(register: str, table: TableFile | Rows, **settings: Any) -> ImportBatch:
    """A batch whose good rows are written."""
    return committed(checked(register, table, **settings), settings.get("actor"))


def committed(batch: ImportBatch, actor: User | None = None) -> ImportBatch:
    return run_commit(start_commit(actor=actor, batch=batch, in_background=False))


def undone(batch: ImportBatch, actor: User | None = None) -> ImportBatch:
    started = start_undo(actor=actor, batch=batch, reason="导错了文件", in_background=False)
    return run_undo(started)


def states(batch: ImportBatch) -> dict[str, int]:
    """State → rows."""
    return dict(Counter(batch.rows.values_list("state", flat=True)))


def told_of_file(batch: ImportBatch) -> list[str]:
    """What is said about the file and its columns."""
    return [str(problem.told(batch.sheet)) for problem in from_json(batch.problems)]


def told(batch: ImportBatch) -> dict[int, list[str]]:
    """Row number → what is said about the row; rows about which nothing is said are absent."""
    return {
        row.number: [str(one.told(batch.sheet, row.number)) for one in from_json(row.problems)]
        for row in batch.rows.order_by("number")
        if row.problems
    }


def subject_column(batch: ImportBatch) -> str:
    return registry.get(batch.register).subject_column
