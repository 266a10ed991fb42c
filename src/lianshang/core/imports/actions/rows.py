"""Putting quarantined rows right, one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.imports import registry
from lianshang.core.imports.actions.commits import start_commit
from lianshang.core.imports.checking import chunks
from lianshang.core.imports.choices import WAITING, BatchState, RowState
from lianshang.core.imports.models import ImportBatch, ImportRow
from lianshang.core.imports.personal import sealed, unsealed
from lianshang.core.imports.rechecking import check_again
from lianshang.core.imports.refusals import locked

CHECKED_TOGETHER = 1_000
OPEN_TO_CORRECTION = (BatchState.PREVIEW, BatchState.DONE, BatchState.STOPPED)


@action("imports.correct_row", gettext_lazy("更正导入行"))
def correct_row(
    *, actor: User | None, row: ImportRow, cells: Mapping[str, str], reason: str = ""
) -> ImportRow:
    """Change cells of a quarantined row (column → text) and check it again.

    A row that is now good waits for the commit; of a finished import it is committed at once.
    """
    batch = locked(row.batch, *OPEN_TO_CORRECTION)
    register = registry.get(batch.register)
    before = unsealed(row.cells, register.personal)
    after = {**before, **cells}
    changes = {name: [before.get(name, ""), text] for name, text in cells.items()}
    changed = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    for name in register.personal & set(changed):
        changed[name] = ["***", "***"]
    row.handling = [*row.handling, _entry(actor, reason, cells=changed)]
    row.cells = sealed(after, register.personal)
    check_again(batch, [row], actor)
    if batch.state == BatchState.DONE and row.state in WAITING:
        start_commit(actor=actor, batch=batch, reason=reason)
    return row


@action("imports.dismiss_row", gettext_lazy("作废导入行"))
def dismiss_row(*, actor: User | None, row: ImportRow, reason: str) -> ImportRow:
    """Leave a quarantined row out for good, saying why."""
    locked(row.batch, *OPEN_TO_CORRECTION)
    if row.state == RowState.QUARANTINED:
        row.state = RowState.DISMISSED
        row.handling = [*row.handling, _entry(actor, reason, dismissed=True)]
        row.save(update_fields=["state", "handling"])
    return row


@action("imports.recheck_quarantine", gettext_lazy("重新校验隔离行"))
def recheck_quarantine(*, actor: User | None, batch: ImportBatch, reason: str = "") -> int:
    """Check every quarantined row again, after the register itself was put right.

    Returns how many are good now; of a finished import they are committed at once.
    """
    batch = locked(batch, *OPEN_TO_CORRECTION)
    held_back = list(batch.rows.filter(state=RowState.QUARANTINED).order_by("number"))
    for chunk in chunks(held_back, CHECKED_TOGETHER):
        check_again(batch, chunk, actor)
    good = sum(row.state in WAITING for row in held_back)
    if good and batch.state == BatchState.DONE:
        start_commit(actor=actor, batch=batch, reason=reason)
    return good


def _entry(actor: User | None, reason: str, **what: Any) -> dict[str, Any]:
    return {
        "by": str(actor) if actor else "",
        "at": clock.now().isoformat(timespec="seconds"),
        "reason": reason,
        **what,
    }
