"""Taking an import back, a chunk of rows in one transaction."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.imports import registry
from lianshang.core.imports.checking import row_reader
from lianshang.core.imports.choices import BatchState, RowState
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.progress import report
from lianshang.core.imports.refusals import locked
from lianshang.core.imports.registry import Row
from lianshang.core.imports.row_store import as_rows, one_writer_at_a_time, update_rows
from lianshang.core.jobs.queue import defer


@action("imports.start_undo", gettext_lazy("请求撤销导入"))
def start_undo(
    *, actor: User | None, batch: ImportBatch, reason: str, in_background: bool = True
) -> ImportBatch:
    """Begin to take a written import back."""
    batch = locked(batch, BatchState.DONE, BatchState.STOPPED)
    batch.state = BatchState.UNDOING
    batch.done_rows = 0
    batch.retired_by = actor
    batch.touched_at = clock.now()
    batch.save()
    if in_background:
        defer("imports.undo", lock=f"imports.{batch.pk}", batch=batch.pk)
    return batch


@action("imports.begin_undo", gettext_lazy("开始撤销导入"))
def begin_undo(*, actor: User | None, batch: ImportBatch, reason: str = "") -> None:
    """What goes at once: the batch is retired, and with it every value it added to a ledger."""
    batch = locked(batch, BatchState.UNDOING)
    if batch.retired_at is None:
        batch.retired_at = clock.now()
        batch.save(update_fields=["retired_at"])
        registry.get(batch.register).session(batch, actor).begin_undo()


@action("imports.undo_chunk", gettext_lazy("撤销一段导入"))
def undo_chunk(*, actor: User | None, batch: ImportBatch, reason: str = "") -> int:
    """Take back the next rows, changed ones before new ones; how many were taken (0: none is
    left).
    """
    batch = locked(batch, BatchState.UNDOING)
    register = registry.get(batch.register)
    one_writer_at_a_time(batch.register)
    letters = row_reader(batch, register).letters
    rows: list[Row] = []
    for state in (RowState.UPDATED, RowState.CREATED):
        stored = batch.rows.filter(state=state).order_by("-number")
        rows = rows or as_rows(stored[: settings.IMPORT_CHUNK], register.personal, letters)
    if rows:
        register.session(batch, actor).undo(rows)
        update_rows(rows)
        report(batch, batch.done_rows + len(rows))
    return len(rows)


@action("imports.finish_undo", gettext_lazy("完成撤销导入"))
def finish_undo(*, actor: User | None, batch: ImportBatch, reason: str = "") -> ImportBatch:
    """Nothing of the import is left, except what others changed or use since: those rows are
    kept.
    """
    batch = locked(batch, BatchState.UNDOING)
    batch.state = BatchState.RETIRED
    batch.done_rows = batch.total_rows
    batch.save()
    return batch
