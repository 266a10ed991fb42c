"""Importing one sheet exactly as a person does in the wizard: open, map, check, confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lianshang.cli.demo.registers import RegisterFile
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch
    from lianshang.core.imports.registry import Target


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one sheet's rows, by the states of core.imports.choices.RowState."""

    file_name: str
    sheet: str
    rows: int
    states: Mapping[str, int]
    batch: int

    def count(self, *states: str) -> int:
        return sum(self.states.get(state, 0) for state in states)


def import_sheet(
    one: RegisterFile, *, actor: User | None, progress: Callable[[int, int], None]
) -> Imported:
    """Take a sheet through the four steps; raises ImportRefused with the reasons.

    `progress` is told rows done and in all, of the checking and the writing together.
    """
    from lianshang.core.files.guard import check_table
    from lianshang.core.imports.actions.batches import choose_sheet, open_batch, start_check
    from lianshang.core.imports.actions.commits import start_commit
    from lianshang.core.imports.running import run_check, run_commit

    with one.path.open("rb") as handle:
        file = check_table(handle, one.path.name)
    batch = open_batch(actor=actor, register=one.register, file=file, source=one.source)
    if batch.sheet != one.sheet:
        batch = choose_sheet(actor=actor, batch=batch, sheet=one.sheet)
    total = batch.total_rows
    batch = start_check(
        actor=actor,
        batch=batch,
        mapping=mapping_for(one, batch),
        options=dict(one.options),
        in_background=False,
    )
    progress(0, 2 * total)
    batch = run_check(batch)
    progress(total, 2 * total)
    start_commit(actor=actor, batch=batch, in_background=False)
    batch = run_commit(batch, lambda now: progress(total + now.done_rows, 2 * total))
    progress(2 * total, 2 * total)
    return Imported(one.path.name, one.sheet, total, _states(batch), batch.pk)


def _states(batch: ImportBatch) -> Mapping[str, int]:
    return dict(Counter(batch.rows.values_list("state", flat=True)))


def mapping_for(one: RegisterFile, batch: ImportBatch) -> dict[int, Target]:
    """Which column is which, as somebody who knows the office says it: by the last header line."""
    from lianshang.core.imports.headers import Header
    from lianshang.core.imports.registry import Target

    known = {column.header: Target(column.key, column.unit) for column in one.columns}
    headers = (Header.from_json(stored) for stored in batch.headers)
    return {
        header.index: known[header.parts[-1]]
        for header in headers
        if header.parts and header.parts[-1] in known
    }
