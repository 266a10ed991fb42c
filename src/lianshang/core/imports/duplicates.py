"""Several rows of one file about one subject: equal → one, complementary → merged, contradicting →
apart.
"""

from collections.abc import Iterable

from lianshang.core.imports.choices import RowState
from lianshang.core.imports.registry import Row
from lianshang.core.imports.row_reading import changed_values


def settle_duplicates(rows: Iterable[Row]) -> None:
    """Settle every row against the first good one with a key in common.

    A contradicting row gets an error at the first cell that differs; the others are left to the
    first row,
    which takes over what it lacks.
    """
    first_with: dict[str, Row] = {}
    for row in rows:
        if row.is_refused or not row.keys:
            continue
        first = next((first_with[key] for key in row.keys if key in first_with), None)
        if first is not None:
            _settle(first, row)
        if first is None or row.planned == RowState.SKIPPED:
            for key in row.keys:
                first_with.setdefault(key, first or row)


def _settle(first: Row, row: Row) -> None:
    different = changed_values(row.values, first.values)
    if different:
        column = different[0]
        other = first.cells.get(column, "")
        row.refuse("duplicate_conflict", column, first=first.number, other=other)
        return
    new = [name for name in row.values if name not in first.values]
    for name in new:
        first.values[name] = row.values[name]
        if name in row.cells:  # a point and a park's key are made from cells of other names
            first.cells[name] = row.cells[name]
    row.planned = RowState.SKIPPED
    row.warn("duplicate_merged" if new else "duplicate_same", first=first.number)
