"""Opening a file, saying which column is which, and letting an import go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.files.guard import TableFile
from lianshang.core.files.sealed import save_sealed
from lianshang.core.imports import registry
from lianshang.core.imports.checking import read_file
from lianshang.core.imports.choices import (
    TAKEN_BACK,
    WRITTEN,
    BatchState,
    OnDuplicate,
    Severity,
)
from lianshang.core.imports.headers import Header
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.opening import (
    Mapped,
    Opening,
    mapping_problems,
    open_sheet,
    stored,
)
from lianshang.core.imports.problems import Problem
from lianshang.core.imports.progress import forget_file
from lianshang.core.imports.reading.tables import read_table
from lianshang.core.imports.refusals import ImportRefused, WrongState, locked
from lianshang.core.jobs.queue import defer

# Where the columns may still be said anew.
BEFORE_COMMIT = (BatchState.MAPPING, BatchState.PREVIEW, BatchState.STOPPED, BatchState.REFUSED)


@action("imports.open", gettext_lazy("上传导入文件"))
def open_batch(
    *,
    actor: User | None,
    register: str,
    file: TableFile,
    source: str = "",
    on_duplicate: str = OnDuplicate.UPDATE,
    options: Mapping[str, Any] | None = None,
    reason: str = "",
) -> ImportBatch:
    """Keep a file and propose its mapping. Raises FileRefused if it cannot be read."""
    batch = ImportBatch(
        register=register,
        file_name=file.name[-200:],
        digest=file.digest,
        kind=file.kind,
        source=source,
        on_duplicate=on_duplicate,
        options=dict(options or {}),
        created_by=actor,
    )
    opening = open_sheet(file, read_table(file), registry.get(register))
    _take_opening(batch, opening)
    batch.problems = [*_imported_before(batch), *batch.problems]
    save_sealed(batch.file, file.digest[:16], file.content)
    batch.save()
    return batch


@action("imports.choose_sheet", gettext_lazy("选择工作表"))
def choose_sheet(*, actor: User | None, batch: ImportBatch, sheet: str) -> ImportBatch:
    """Look at another sheet of the same file."""
    batch = _unwritten(batch)
    file, workbook = read_file(batch, sheet)
    _take_opening(batch, open_sheet(file, workbook, registry.get(batch.register)))
    batch.state = BatchState.MAPPING
    batch.save()
    return batch


@action("imports.map", gettext_lazy("对应列"))
def start_check(
    *,
    actor: User | None,
    batch: ImportBatch,
    mapping: Mapped,
    in_background: bool = True,
    reason: str = "",
    **settings: Any,
) -> ImportBatch:
    """Take the mapping and the settings (source, on_duplicate, options) and check the rows.

    Raises ImportRefused while a needed column, a unit or a readable sheet is missing.
    """
    batch = _unwritten(batch)
    for name in {"source", "on_duplicate", "options"} & set(settings):
        setattr(batch, name, settings[name])
    register = registry.get(batch.register)
    headers = [Header.from_json(one) for one in batch.headers]
    refusals = [problem for problem in _of_sheet(batch) if problem.code in _FATAL]
    refusals += mapping_problems(register, headers, mapping, batch.source, batch.options)
    if refusals:
        raise ImportRefused(refusals, batch.sheet)
    batch.mapping = stored(mapping)
    batch.state = BatchState.CHECKING
    batch.done_rows = 0
    batch.touched_at = clock.now()
    batch.save()
    if in_background:
        defer("imports.check", lock=f"imports.{batch.pk}", batch=batch.pk)
    return batch


@action("imports.discard", gettext_lazy("放弃导入"))
def discard_batch(*, actor: User | None, batch: ImportBatch, reason: str = "") -> None:
    """Let an import go that was never written: its file and rows are removed, the batch stays as a
    trace.
    """
    batch = _unwritten(batch)
    batch.rows.all().delete()
    batch.sample = []
    batch.state = BatchState.STOPPED
    batch.finished_at = clock.now()
    forget_file(batch)
    batch.save()


_FATAL = frozenset({"header_not_found", "too_many_rows", "no_rows"})


def _unwritten(batch: ImportBatch) -> ImportBatch:
    """The batch, locked, if it has a file and nothing of it was ever written; raises WrongState."""
    batch = locked(batch, *BEFORE_COMMIT)
    if not batch.file or batch.rows.filter(state__in=(*WRITTEN, *TAKEN_BACK)).exists():
        raise WrongState(batch)
    return batch


def _of_sheet(batch: ImportBatch) -> list[Problem]:
    return [Problem(**one) for one in batch.problems]


def _take_opening(batch: ImportBatch, opening: Opening) -> None:
    batch.sheets = opening.sheets
    batch.sheet = opening.sheet
    batch.header_row = opening.rows.first + 1
    batch.first_row = opening.rows.last + 2
    batch.headers = [header.as_json() for header in opening.rows.headers]
    batch.sample = opening.sample
    batch.mapping = stored(opening.mapping)
    batch.total_rows = opening.total_rows
    batch.problems = [problem.as_json() for problem in opening.problems]


def _imported_before(batch: ImportBatch) -> list[dict[str, Any]]:
    before = ImportBatch.objects.filter(
        register=batch.register, digest=batch.digest, state=BatchState.DONE
    ).first()
    if before is None or before.finished_at is None:
        return []
    when = before.finished_at.astimezone(clock.zone_time()).strftime("%Y-%m-%d %H:%M")
    problem = Problem("same_file", Severity.WARNING, before.file_name, parameters={"when": when})
    return [problem.as_json()]
