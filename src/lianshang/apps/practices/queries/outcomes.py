"""What became of every row."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lianshang.apps.practices.choices import Fate


@dataclass(frozen=True)
class RowOutcome:
    """One row: what was done with it, and why if it was kept."""

    section: str
    key: str
    label: str
    fate: Fate
    reason: str = ""

    def as_json(self) -> dict[str, str]:
        names = ("section", "key", "label", "reason")
        return {name: getattr(self, name) for name in names} | {"fate": self.fate.value}


@dataclass
class Outcome:
    """What installing or removing a pack did."""

    pack: str
    version: str
    rows: list[RowOutcome] = field(default_factory=list)

    def add(self, section: str, key: str, label: str, fate: Fate, reason: object = "") -> None:
        self.rows.append(RowOutcome(section, key, label, fate, str(reason)))

    def of(self, fate: Fate) -> Iterator[RowOutcome]:
        return (row for row in self.rows if row.fate == fate)

    def count(self, fate: Fate) -> int:
        return sum(1 for _row in self.of(fate))

    @property
    def changed_something(self) -> bool:
        return any(row.fate not in {Fate.UNCHANGED, Fate.KEPT} for row in self.rows)
