"""Writing a checked import into its register, a chunk of rows in one transaction."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.imports import registry
from lianshang.core.imports.checking import plan_rows, row_reader
from lianshang.core.imports.choices import (
    WAITING,
    WORKING,
    WRITTEN,
    BatchState,
    OnDuplicate,
    RowState,
    Severity,
)
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.problems import Problem
from lianshang.core.imports.progress import forget_file, report
from lianshang.core.imports.refusals import locked
from lianshang.core.imports.row_store import (
    one_writer_at_a_time,
    settle_state,
    update_rows,
    waiting_rows,
)
from lianshang.core.jobs.queue import defer


@action("imports.finish_check", gettext_lazy("完成导入校验"))
def finish_check(*, actor: User | None, batch: ImportBatch) -> ImportBatch:
    """All rows lie in the batch: show them, or stop where a duplicate was to stop the import."""
    batch = locked(batch, BatchState.CHECKING)
    duplicates = batch.on_duplicate == OnDuplicate.STOP and batch.rows.filter(
        state=RowState.QUARANTINED, problems__contains=[{"code": "already_there"}]
    )
    batch.state = BatchState.STOPPED if duplicates else BatchState.PREVIEW
    batch.done_rows = 0
    batch.total_rows = batch.rows.count()
    batch.save()
    return batch


@action("imports.start", gettext_lazy("确认导入"))
def start_commit(
    *, actor: User | None, batch: ImportBatch, in_background: bool = True, reason: str = ""
) -> ImportBatch:
    """Begin to write the good rows; of a finished import, those that were put right since."""
    batch = locked(batch, BatchState.PREVIEW, BatchState.DONE)
    batch.state = BatchState.RUNNING
    batch.done_rows = batch.rows.exclude(state__in=WAITING).count()
    batch.touched_at = clock.now()
    batch.save()
    if in_background:
        defer("imports.commit", lock=f"imports.{batch.pk}", batch=batch.pk)
    return batch


@action("imports.commit_chunk", gettext_lazy("写入一段导入"))
def commit_chunk(*, actor: User | None, batch: ImportBatch, reason: str = "") -> int:
    """Write the next rows, all or none of them; how many were taken (0: none is left).

    A row leaves the waiting states in the transaction that writes it, so that a killed worker's
    retry goes on
    with the first row that was not written.
    """
    batch = locked(batch, BatchState.RUNNING)
    register = registry.get(batch.register)
    letters = row_reader(batch, register).letters
    one_writer_at_a_time(batch.register)
    rows = waiting_rows(batch, settings.IMPORT_CHUNK, register.personal, letters)
    if not rows:
        return 0
    session = register.session(batch, actor)
    session.match(rows)
    plan_rows(session, rows)
    for row in rows:
        settle_state(row)
    session.write([row for row in rows if row.state in WAITING and row.planned in WRITTEN])
    for row in rows:
        if row.state in WAITING:
            row.state = row.planned
    update_rows(rows)
    report(batch, batch.done_rows + len(rows))
    return len(rows)


@action("imports.finish", gettext_lazy("完成导入"))
def finish_commit(*, actor: User | None, batch: ImportBatch, reason: str = "") -> ImportBatch:
    """Every row is written or set apart: the import is done and the file is forgotten."""
    batch = locked(batch, BatchState.RUNNING)
    registry.get(batch.register).session(batch, actor).finish()
    batch.state = BatchState.DONE
    batch.done_rows = batch.total_rows
    batch.finished_at = clock.now()
    batch.sample = []
    forget_file(batch)
    batch.save()
    return batch


@action("imports.break_off", gettext_lazy("中止导入"))
def break_off(
    *,
    actor: User | None,
    batch: ImportBatch,
    code: str,
    read: str = "",
    parameters: dict[str, str] | None = None,
) -> None:
    """Note that a job cannot go on, and why; what was written stays written and can be undone."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    refused = batch.state == BatchState.CHECKING
    batch.state = BatchState.REFUSED if refused else BatchState.STOPPED
    problem = Problem(code, Severity.ERROR, read, parameters=parameters or {})
    batch.problems = [*batch.problems, problem.as_json()]
    batch.save()


@action("imports.resume", gettext_lazy("继续导入"))
def resume(*, actor: User | None, batch: ImportBatch, reason: str = "") -> ImportBatch:
    """Let a stopped import go on: take back if it was being undone, check or write otherwise."""
    batch = locked(batch, BatchState.STOPPED, *WORKING)
    if batch.state == BatchState.STOPPED:
        undoing = batch.retired_at is not None
        batch.state = BatchState.UNDOING if undoing else BatchState.RUNNING
    batch.touched_at = clock.now()
    batch.save()
    jobs = {BatchState.CHECKING: "check", BatchState.RUNNING: "commit", BatchState.UNDOING: "undo"}
    name = f"imports.{jobs[BatchState(batch.state)]}"
    defer(name, lock=f"imports.{batch.pk}", batch=batch.pk)
    return batch
