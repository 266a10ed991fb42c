"""The three jobs as loops: used by the worker and, with progress on the screen, by the command
line.

Every step is its own transaction; whoever is killed in between leaves a batch that the next run
takes up.
"""

from __future__ import annotations

from collections.abc import Callable

from lianshang.core.files.refusals import FileRefused
from lianshang.core.imports.actions.commits import (
    break_off,
    commit_chunk,
    finish_check,
    finish_commit,
)
from lianshang.core.imports.actions.undo import begin_undo, finish_undo, undo_chunk
from lianshang.core.imports.checking import check_rows
from lianshang.core.imports.choices import BatchState
from lianshang.core.imports.models import ImportBatch

Progress = Callable[[ImportBatch], None]


def run_check(batch: ImportBatch) -> ImportBatch:
    """Check the rows of a batch that is in CHECKING; does nothing otherwise."""
    batch = _fresh(batch)
    if batch.state != BatchState.CHECKING:
        return batch
    try:
        check_rows(batch)
    except FileRefused as refusal:
        parameters = {name: str(value) for name, value in refusal.parameters.items()}
        read = str(refusal.read)
        break_off(actor=None, batch=batch, code=refusal.code, read=read, parameters=parameters)
        return _fresh(batch)
    return finish_check(actor=batch.created_by, batch=batch)


def run_commit(batch: ImportBatch, progress: Progress | None = None) -> ImportBatch:
    """Write the rows of a batch that is in RUNNING; does nothing otherwise."""
    batch = _fresh(batch)
    if batch.state != BatchState.RUNNING:
        return batch
    reason = batch.file_name
    while commit_chunk(actor=batch.created_by, batch=batch, reason=reason):
        if progress:
            progress(_fresh(batch))
    return finish_commit(actor=batch.created_by, batch=batch, reason=reason)


def run_undo(batch: ImportBatch, progress: Progress | None = None) -> ImportBatch:
    """Take back the rows of a batch that is in UNDOING; does nothing otherwise."""
    batch = _fresh(batch)
    if batch.state != BatchState.UNDOING:
        return batch
    actor, reason = batch.retired_by, batch.file_name
    begin_undo(actor=actor, batch=batch, reason=reason)
    while undo_chunk(actor=actor, batch=batch, reason=reason):
        if progress:
            progress(_fresh(batch))
    return finish_undo(actor=actor, batch=batch, reason=reason)


def _fresh(batch: ImportBatch) -> ImportBatch:
    return ImportBatch.objects.select_related("created_by", "retired_by").get(pk=batch.pk)
