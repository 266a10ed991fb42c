"""The columns of a register, and what a page shows of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from lianshang.core.ui import formats

Text = str | Promise


@dataclass(frozen=True)
class Column:
    """One column. The value is the attribute path `name` ("park.name") or what `value(row)` gives.

    `display` turns it into what is shown (formats.money, states.badges(…)); `note(row)` is a
    second, grey line; `sort` is the database path to sort by, "" for none; `permission` hides the
    column from pages and exports of those who lack it; `desk_only` leaves it out of the cards of a
    phone, for what is of use beside other rows only.
    """

    name: str
    label: Text
    value: Callable[[Any], Any] | None = None
    display: Callable[[Any], str] = formats.text
    note: Callable[[Any], Any] | None = None
    sort: str = ""
    numeric: bool = False
    permission: str | None = None
    exported: bool = True
    desk_only: bool = False

    def of(self, row: Any) -> Any:
        """The raw value of this column in a row."""
        if self.value:
            return self.value(row)
        for step in self.name.split("."):
            row = None if row is None else getattr(row, step)
        return row


@dataclass(frozen=True)
class Cell:
    """What a page shows of a column in a row."""

    column: Column
    html: str
    note: Any
    is_empty: bool


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address without it."""

    text: str
    url: str
