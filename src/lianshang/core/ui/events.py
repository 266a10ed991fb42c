"""What the UI kit tells."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ListExported:
    """A user takes a register away as a file; told before the first row leaves."""

    user: Any
    label: str  # of the model, "enterprises.enterprise"
    title: str
    rows: int
    query: str  # the filters, as in the address
