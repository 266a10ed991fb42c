"""Questions about imports: how many rows of which kind, and how a row is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from lianshang.core.accounts.models import User
from lianshang.core.imports import registry
from lianshang.core.imports.choices import PLANNED, WAITING, WRITTEN, RowState
from lianshang.core.imports.headers import Header
from lianshang.core.imports.models import ImportBatch, ImportRow
from lianshang.core.imports.opening import restored
from lianshang.core.imports.personal import unseal
from lianshang.core.imports.problems import Message, from_json
from lianshang.core.imports.registry import Register

SUMMARY_CELLS = 6


@dataclass(frozen=True)
class Tally:
    """How many rows are in one state, or planned for it, and the query that lists them."""

    label: str
    count: int
    query: str


def tallies(batch: ImportBatch) -> list[Tally]:
    """The counts of an import as its page shows them."""
    rows = batch.rows.order_by().values_list("state", "planned").annotate(count=Count("pk"))
    found: dict[tuple[str, str], int] = {}
    for state, planned, count in rows:
        key = ("planned", planned) if state in WAITING and planned else ("state", state)
        found[key] = found.get(key, 0) + count
    order = [("state", str(RowState.QUARANTINED.value)), *(("planned", name) for name in PLANNED)]
    order += [("state", str(name)) for name in RowState.values]
    return [
        Tally(str(_label(*key)), found.pop(key), f"?{key[0]}={key[1]}")
        for key in order
        if key in found
    ]


def _label(kind: str, name: str) -> str:
    return str(PLANNED[RowState(name)] if kind == "planned" else RowState(name).label)


def counts(batch: ImportBatch) -> dict[str, int]:
    """State → rows, in the order of the states; of rows still waiting, what is planned for them."""
    rows = batch.rows.order_by().values_list("state", "planned").annotate(count=Count("pk"))
    found: dict[str, int] = {}
    for state, planned, count in rows:
        name = planned if state in WAITING and planned else state
        found[name] = found.get(name, 0) + count
    return {state: found[state] for state in RowState.values if state in found}


def batches_of(user: User) -> QuerySet[ImportBatch]:
    """Imports into the registers that the user may import into."""
    names = [one.name for one in registry.registers() if user.may(one.import_permission)]
    return ImportBatch.objects.filter(register__in=names).select_related("created_by")


def has_written(batch: ImportBatch) -> bool:
    """Whether anything in the register came from this import."""
    return batch.rows.filter(state__in=WRITTEN).exists()


@dataclass(frozen=True)
class ShownCell:
    """A cell as a page shows it: masked if it is about a person."""

    name: str
    label: str
    letter: str
    text: str
    is_required: bool


@dataclass(frozen=True)
class ShownRow:
    """A row with its cells, its problems in words, and the changes it would make or made."""

    row: ImportRow
    cells: list[ShownCell]
    messages: list[Message]
    changes: list[tuple[str, str, str]]  # label, before, after

    @property
    def subject(self) -> str:
        """What a list calls the row."""
        name = registry.declared(self.row.batch.register).subject_column
        return next((cell.text for cell in self.cells if cell.name == name), "")

    @property
    def summary(self) -> str:
        """The other cells, for a glance."""
        name = registry.declared(self.row.batch.register).subject_column
        texts = [cell.text for cell in self.cells if cell.name != name and cell.text]
        return " · ".join(texts[:SUMMARY_CELLS])


def shown_rows(batch: ImportBatch, rows: Iterable[ImportRow]) -> list[ShownRow]:
    """Rows with everything a page says of them."""
    register = registry.get(batch.register)
    columns = mapped_columns(batch, register)
    return [_shown(batch, register, columns, row) for row in rows]


def mapped_columns(batch: ImportBatch, register: Register) -> list[tuple[str, str, str]]:
    """(name, label, letter) of the columns that are imported, in the order of the file."""
    letters = {header.index: header.letter for header in map(Header.from_json, batch.headers)}
    return [
        (target.column, str(register.column(target).label), letters[index])
        for index, target in sorted(restored(batch.mapping).items())
    ]


def _shown(
    batch: ImportBatch, register: Register, columns: list[tuple[str, str, str]], row: ImportRow
) -> ShownRow:
    required = {column.name for column in register.columns if column.required}
    cells = [
        ShownCell(
            name,
            label,
            letter,
            _text(row.cells.get(name, ""), is_personal=name in register.personal),
            name in required,
        )
        for name, label, letter in columns
    ]
    messages = [problem.told(batch.sheet, row.number) for problem in from_json(row.problems)]
    return ShownRow(row, cells, messages, _changes(register, columns, row))


def _text(stored: str, *, is_personal: bool) -> str:
    return masked(unseal(stored)) if is_personal and stored else stored


def masked(text: str) -> str:
    """示例人 → 示**, 13812345678 → 1**********."""
    return text[:1] + "*" * (len(text) - 1)


def _changes(
    register: Register, columns: list[tuple[str, str, str]], row: ImportRow
) -> list[tuple[str, str, str]]:
    labels = {name: label for name, label, _letter in columns}
    changes = []
    for name, (before, after) in (row.before or {}).items():
        if name in register.personal:
            changes.append((labels.get(name, name), _hidden(before), _hidden(after)))
        elif name in register.change_labels or name in labels:
            label = str(register.change_labels.get(name, labels.get(name, name)))
            changes.append((label, _plain(before), _plain(after)))
    return changes


def _hidden(stored: Any) -> str:
    return masked(unseal(stored)) if stored else ""


def _plain(value: Any) -> str:
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
