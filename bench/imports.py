"""Importing a register of enterprises and figures about them: rows per second, check and writing
apart.

    .venv/bin/python -m bench.imports --rows 10000 [--json]

Two workbooks are made up (the same rows every time): 企业名录 with every column of the template,
contacts included, and 指标数据 with six figures for each firm. They go through the functions of the
wizard's jobs into an empty database that is dropped afterwards: the file guarded and parsed, every
cell validated, every row matched, facts and history written in chunks. Target: 10,000 rows in less
than 30 s, 100,000 in less than 5 minutes, all told.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

DATABASE = f"lianshang_bench_imports_{os.getpid()}"
SECONDS_PER_ROW = 30 / 10_000  # the target
LAST_YEAR = 2025
ENTERPRISES = (
    *("统一社会信用代码", "企业名称", "曾用名", "类型", "登记状态", "成立日期", "行业代码"),
    *("注册地址", "经营地址", "园区", "经度", "纬度", "坐标系", "联系人", "联系电话"),
)
FIGURES = (
    *("统一社会信用代码", "企业名称", f"{LAST_YEAR}年营业收入（万元）"),
    *(f"{LAST_YEAR}年销售收入（万元）", f"{LAST_YEAR}年研发费用总额（审计口径）（元）"),
    *(f"{LAST_YEAR}年从业人员（报告期末）（人）", "Ⅰ类知识产权（项）", "查账征收"),
)
INDUSTRIES = ("C3976", "6513", "I6560", "7340", "C2770", "5169")


@dataclass(frozen=True, slots=True)
class Timing:
    """One workbook: seconds for each part of the way."""

    register: str
    rows: int
    facts: int
    open_s: float
    check_s: float
    commit_s: float

    @property
    def seconds(self) -> float:
        return self.open_s + self.check_s + self.commit_s


def write_enterprises(path: Path, rows: int) -> None:
    """Firms with codes of the private range, as many as asked for."""
    from lianshang.engines.standards.creditcode import new_credit_code

    lines = []
    for number in range(rows):
        code = new_credit_code(f"9199{number // 90_000:04d}", number % 90_000 + 1)
        name = f"示例光电科技{number:06d}有限公司"
        former = f"示例科技{number:06d}有限公司" if number % 10 == 0 else ""
        since: Any = 40_000 + number % 5_000 if number % 3 else f"20{10 + number % 15}-06-18"
        place = (105.3 + number % 997 / 10_000, 36.1 + number % 991 / 10_000)
        address = f"示例大道{number}号"
        contact = (f"示例人{number % 50}", f"138{number:08d}")
        industry = INDUSTRIES[number % len(INDUSTRIES)]
        lines.append(
            (
                *(code, name, former, "企业", "存续", since, industry, address, address),
                *("示范光电园", *place, "GCJ-02" if number % 2 else "CGCS2000", *contact),
            )
        )
    _write(path, "企业名录", ENTERPRISES, lines)


def write_figures(path: Path, rows: int) -> None:
    """Six figures about each of the firms."""
    from lianshang.engines.standards.creditcode import new_credit_code

    lines = []
    for number in range(rows):
        code = new_credit_code(f"9199{number // 90_000:04d}", number % 90_000 + 1)
        revenue = f"{1_000 + number * 7 % 90_000:,}.50"
        figures = (revenue, 900 + number * 7 % 80_000, 500_000 + number * 13, 20 + number % 900)
        lines.append((code, f"示例光电科技{number:06d}有限公司", *figures, number % 9, "是"))
    _write(path, "指标数据", FIGURES, lines)


def _write(path: Path, sheet: str, header: tuple[str, ...], lines: list[tuple[Any, ...]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, header)
        for place, line in enumerate(lines, start=1):
            page.write_row(place, 0, line)


def import_timed(register: str, path: Path, source: str) -> Timing:
    """Through the same functions as the jobs, a clock beside them."""
    from lianshang.apps.enterprises.models import Fact
    from lianshang.core.files.guard import check_table
    from lianshang.core.imports.actions.batches import open_batch, start_check
    from lianshang.core.imports.actions.commits import start_commit
    from lianshang.core.imports.opening import restored
    from lianshang.core.imports.running import run_check, run_commit

    started = time.monotonic()
    with path.open("rb") as handle:
        file = check_table(handle, path.name)
    batch = open_batch(actor=None, register=register, file=file, source=source)
    opened = time.monotonic()
    mapping = restored(batch.mapping)
    batch = run_check(start_check(actor=None, batch=batch, mapping=mapping, in_background=False))
    checked = time.monotonic()
    batch = run_commit(start_commit(actor=None, batch=batch, in_background=False))
    done = time.monotonic()
    assert batch.rows.filter(state="created").count() == batch.total_rows, "a row went astray"
    facts = Fact.objects.filter(batch=batch).count()
    parts = (opened - started, checked - opened, done - checked)
    return Timing(register, batch.total_rows, facts, *(round(part, 2) for part in parts))


def measure(rows: int) -> list[Timing]:
    """Make the workbooks and a zone, and import them."""
    from lianshang.apps.enterprises.actions.catalogue import add_missing_sources, sync_catalogue
    from lianshang.apps.places.models import Park, Zone
    from lianshang.core.accounts.models import Unit
    from lianshang.core.policy_files import default_folder, read_yaml

    library = default_folder()
    sync_catalogue(actor=None, definitions=read_yaml(library / "catalogue.yaml")["quantities"])
    add_missing_sources(actor=None, definitions=read_yaml(library / "sources.yaml")["sources"])
    unit = Unit.objects.create(kind="zone", name="示例高新区")
    zone = Zone.objects.create(name="示例高新区", unit=unit, is_own=True)
    Park.objects.create(zone=zone, name="示范光电园")
    with tempfile.TemporaryDirectory() as folder:
        firms, figures = Path(folder) / "企业名录.xlsx", Path(folder) / "指标数据.xlsx"
        write_enterprises(firms, rows)
        write_figures(figures, rows)
        return [
            import_timed("enterprises", firms, ""),
            import_timed("facts", figures, "firm"),
        ]


def main(
    rows: int = typer.Option(10_000, help="Firms; each has a row in both workbooks."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object for machines."),
) -> None:
    """Time the import of made-up registers. Example: python -m bench.imports --rows 10000"""
    os.environ["LIANSHANG_DATABASE"] = DATABASE
    from lianshang.cli.demo.database import start_afresh
    from lianshang.core import postgres

    start_afresh(DATABASE)
    try:
        timings = measure(rows)
    finally:
        from django.db import connections

        connections.close_all()
        postgres.drop_database(DATABASE)
    total = sum(one.seconds for one in timings)
    met = total < rows * SECONDS_PER_ROW
    if as_json:
        answer = {"rows": rows, "seconds": round(total, 2), "target_met": met}
        print(json.dumps({**answer, "parts": [asdict(one) for one in timings]}))
    else:
        print(
            f"{'register':<12}{'rows':>9}{'facts':>9}{'open s':>9}{'check s':>9}{'commit s':>9}"
            f"{'rows/s':>9}"
        )
        for one in timings:
            print(
                f"{one.register:<12}{one.rows:>9,}{one.facts:>9,}{one.open_s:>9}{one.check_s:>9}"
                f"{one.commit_s:>9}{one.rows / one.seconds:>9,.0f}"
            )
        print(f"{total:.1f} s in all; the target is {rows * SECONDS_PER_ROW:.0f} s")
    raise SystemExit(0 if met else 1)


if __name__ == "__main__":
    typer.run(main)
