"""The check: every row of the file read, matched, settled against the others and planned. Nothing
is written
to the register; the rows lie in the batch afterwards, each with its state, problems and planned
changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from lianshang.core.files.guard import TableFile
from lianshang.core.files.kinds import TableKind
from lianshang.core.files.sealed import open_sealed
from lianshang.core.imports import registry
from lianshang.core.imports.choices import OnDuplicate, RowState
from lianshang.core.imports.data_rows import data_rows
from lianshang.core.imports.duplicates import settle_duplicates
from lianshang.core.imports.headers import Header
from lianshang.core.imports.opening import restored
from lianshang.core.imports.progress import report
from lianshang.core.imports.reading.tables import Workbook, read_table
from lianshang.core.imports.row_reading import RowReader
from lianshang.core.imports.row_store import copy_rows, settle_state

if TYPE_CHECKING:
    from lianshang.core.imports.models import ImportBatch
    from lianshang.core.imports.registry import Register, Row, Session

MATCHED_TOGETHER = 5_000  # rows per question to the database
T = TypeVar("T")


def check_rows(batch: ImportBatch) -> None:
    """Fill the batch with its rows; what an earlier, interrupted check left is replaced.

    Raises FileRefused if the file cannot be read any more.
    """
    register = registry.get(batch.register)
    rows = _read_rows(batch, register)
    batch.rows.all().delete()
    session = register.session(batch, batch.created_by)
    for done, chunk in enumerate(chunks(rows, MATCHED_TOGETHER)):
        session.match([row for row in chunk if not row.is_refused])
        report(batch, min(done * MATCHED_TOGETHER, batch.total_rows) // 2)
    settle_duplicates(rows)
    stored = 0
    for chunk in chunks(rows, MATCHED_TOGETHER):
        plan_rows(session, chunk)
        for row in chunk:
            settle_state(row)
        copy_rows(batch, chunk, register.personal)
        stored += len(chunk)
        report(batch, (batch.total_rows + stored) // 2)


def plan_rows(session: Session, rows: Sequence[Row]) -> None:
    """Plan the rows that are good, and hold them to what the batch wants done with duplicates."""
    good = [row for row in rows if not row.is_refused and row.planned != RowState.SKIPPED]
    session.plan(good)
    batch = session.batch
    if batch.on_duplicate == OnDuplicate.UPDATE:
        return
    subject_column = registry.declared(batch.register).subject_column
    for row in good:
        name = row.cells.get(subject_column, "")
        if batch.on_duplicate == OnDuplicate.STOP and row.planned in _FOUND:
            row.refuse("already_there", subject_column, name=name)
        elif batch.on_duplicate == OnDuplicate.SKIP and row.planned == RowState.UPDATED:
            row.planned, row.before = RowState.SKIPPED, None
            row.warn("skipped_existing", subject_column, name=name)


_FOUND = (RowState.UPDATED, RowState.UNCHANGED)


def row_reader(batch: ImportBatch, register: Register) -> RowReader:
    """The parser of the batch's rows."""
    headers = [Header.from_json(one) for one in batch.headers]
    return RowReader(register, headers, restored(batch.mapping))


def read_file(batch: ImportBatch, sheet: str = "") -> tuple[TableFile, Workbook]:
    """The stored file again, opened at a sheet; raises FileRefused."""
    file = TableFile(batch.file_name, TableKind(batch.kind), open_sealed(batch.file))
    return file, read_table(file, sheet or batch.sheet)


def _read_rows(batch: ImportBatch, register: Register) -> list[Row]:
    reader = row_reader(batch, register)
    _file, workbook = read_file(batch)
    sheet = workbook.sheet
    headers = [Header.from_json(one) for one in batch.headers]
    broken: dict[int, set[int]] = {}
    for row, column in sheet.formulas_without_value:
        broken.setdefault(row + 1, set()).add(column)
    return [
        reader.read(number, cells, broken.get(number, ()))
        for number, cells in data_rows(sheet, headers, batch.first_row, [])
    ]


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
