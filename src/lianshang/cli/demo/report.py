"""What the demo's first day came to: rows, conflicts, and per policy who stands where."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.table import Table

from lianshang.cli.demo.importing import Imported
from lianshang.cli.demo.sizes import Size

STANDINGS = ("entitled", "one_step", "not_entitled", "not_known", "needs_person")
_HEADINGS = ("可享", "差一步", "不符合", "待补信息", "待人工判断")
_WIDTH = 132  # columns: the whole table, whatever terminal


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One policy: firms by standing, and what those entitled to it get together (yuan)."""

    code: str
    name: str
    counts: Mapping[str, int]
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Summary:
    """The day in numbers.

    `rows` counts by what became of each row; conflicts are values on which two sources differ;
    `seconds` is the time each step took.
    """

    size: str
    seed: int
    enterprises: int
    facts: int
    conflicts: int
    rows: Mapping[str, int]
    sheets: Sequence[Imported]
    policies: Sequence[PolicyLine]
    amount: Decimal  # of all policies, in yuan; of one stacking group the highest counts
    seconds: Mapping[str, float]

    @property
    def rows_read(self) -> int:
        return sum(self.rows.values())

    @property
    def imported(self) -> int:
        """Rows whose content is now in the register."""
        kept = ("created", "updated", "unchanged", "skipped")  # skipped: merged into another row
        return sum(self.rows.get(state, 0) for state in kept)

    @property
    def quarantined(self) -> int:
        return self.rows.get("quarantined", 0)

    def as_json(self) -> dict[str, Any]:
        """For machines; amounts as text, exact."""
        policies = [{**asdict(line), "amount": str(line.amount)} for line in self.policies]
        return {
            **{key: getattr(self, key) for key in ("size", "seed", "enterprises", "facts")},
            "rows": self.rows_read,
            "imported": self.imported,
            "quarantined": self.quarantined,
            "conflicts": self.conflicts,
            "states": dict(self.rows),
            "sheets": [asdict(one) for one in self.sheets],
            "policies": policies,
            "amount": str(self.amount),
            "seconds": dict(self.seconds),
        }


def take_stock(
    size: Size, seed: int, sheets: Sequence[Imported], seconds: Mapping[str, float]
) -> Summary:
    """Ask the database what there is now."""
    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.enterprises.queries.ledger import conflicting, present_facts
    from lianshang.apps.policies.queries.summary import entitled_total, summary

    rows: Counter[str] = Counter()
    for one in sheets:
        rows.update(one.states)
    present = Enterprise.objects.present()
    contested = conflicting(present).order_by().values("enterprise", "quantity", "year")
    return Summary(
        size=size.value,
        seed=seed,
        enterprises=present.count(),
        facts=present_facts().count(),
        conflicts=contested.distinct().count(),
        rows=dict(rows),
        sheets=tuple(sheets),
        policies=tuple(
            PolicyLine(one.policy.code, one.policy.name, _counts(one.counts), one.amount)
            for one in summary()
        ),
        amount=entitled_total(),
        seconds=seconds,
    )


def _counts(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(standing): count for standing, count in counts.items()}


def as_text(summary: Summary) -> str:
    """The summary as two tables."""
    console = Console(file=io.StringIO(), width=_WIDTH, color_system=None)
    console.print(
        f"\n{summary.enterprises:,} enterprises, {summary.facts:,} facts from "
        f"{summary.rows_read:,} rows: {summary.imported:,} imported, "
        f"{summary.quarantined:,} quarantined; sources differ on {summary.conflicts:,} values."
    )
    console.print(_sheets(summary))
    console.print(_policies(summary))
    text = console.file.getvalue()  # type: ignore[attr-defined]  # a StringIO, as made above
    return "\n".join(line.rstrip() for line in text.splitlines())


def _sheets(summary: Summary) -> Table:
    headings = ("行", "新增", "更新", "并入", "隔离")
    table = Table("文件 · 工作表", *(_right(name) for name in headings))
    for one in summary.sheets:
        states = ("created", "updated", "skipped", "quarantined")
        counts = (f"{one.count(state):,}" for state in states)
        table.add_row(f"{one.file_name} · {one.sheet}", f"{one.rows:,}", *counts)
    return table


def _policies(summary: Summary) -> Table:
    table = Table("政策", *(_right(name) for name in (*_HEADINGS, "可享金额（万元）")))
    for line in summary.policies:
        counts = (f"{line.counts.get(standing, 0):,}" for standing in STANDINGS)
        table.add_row(line.name, *counts, f"{line.amount / 10_000:,.2f}")
    blanks = [""] * len(STANDINGS)
    table.add_section()
    table.add_row("合计（同组从高不重复）", *blanks, f"{summary.amount / 10_000:,.2f}")
    return table


def _right(name: str) -> Any:
    from rich.table import Column

    return Column(name, justify="right")
