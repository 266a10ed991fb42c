"""The ledger of a firm as a reader may see it: a row per quantity."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lianshang.apps.enterprises.models import Fact
from lianshang.apps.enterprises.queries.ledger import Entry
from lianshang.apps.enterprises.queries.viewing import Reader
from lianshang.apps.enterprises.queries.wording import fact_text, quantity_label, quantity_note
from lianshang.core.accounts.models import User


@dataclass(frozen=True)
class Line:
    """One value as a page shows it; `text` is empty where the reader may not see it."""

    fact: Fact
    text: str
    refusal: str


@dataclass
class Row:
    """One quantity: the values in use (newest year first), those that differ, those not usable."""

    label: str
    note: str
    used: list[Line] = field(default_factory=list)
    conflicts: list[Line] = field(default_factory=list)
    refused: list[Line] = field(default_factory=list)
    rejected: list[Line] = field(default_factory=list)
    others: int = 0


def fact_rows(entries: Iterable[Entry], user: User) -> list[Row]:
    """Rows with differences first, then those with values that may not be used, by label."""
    reader = Reader(user)

    def line(fact: Fact) -> Line:
        if reader.may_read(fact):
            return Line(fact, fact_text(fact), "")
        return Line(fact, "", reader.refusal(fact))

    found: dict[str, Row] = {}
    for entry in entries:
        quantity = entry.quantity
        row = found.setdefault(
            quantity.code, Row(quantity_label(quantity), quantity_note(quantity))
        )
        row.used += [line(entry.winner)] if entry.winner else []
        row.conflicts += [line(fact) for fact in entry.conflicts]
        row.refused += [line(fact) for fact in entry.refused]
        row.rejected += [line(fact) for fact in entry.rejected]
        row.others += len(entry.others) - len(entry.conflicts)
    return sorted(found.values(), key=lambda row: (not row.conflicts, not row.refused, row.label))
