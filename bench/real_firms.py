"""The 3,700 real firms of the chain set, through the same import as any register, twice.

    .venv/bin/python -m bench.real_firms [--json]

The set is LIANSHANG_BENCH_DATA/chain (default ../shared/data/chain): the A-share companies of the
public GitHub project ChainKnowledgeGraph, as Parquet. It names no credit codes, so the full name is
the key and each row carries the warning that it has no code. What becomes of the columns:

    companies.fullname   企业名称: the key
    companies.name       证券简称  ┐
    companies.code       证券代码  │ kept in the workbook for whoever reads it,
    companies.exchange   上市地    │ not imported: the register has no such columns
    companies.listed     上市日期  ┘ (the day of listing is not the day of registration)
    company_industry     行业（申万）: not imported, it is no classification of GB/T 4754

Every row goes in as it stands, repeated ones too: the importer merges or lists them. Nothing is
lost (rows = created + updated + merged + quarantined), and the same file again changes nothing.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from lianshang.cli.demo.importing import Imported, import_sheet
from lianshang.cli.demo.offices.sheets import Column
from lianshang.cli.demo.registers import RegisterFile

DATABASE = "lianshang_bench_real_firms"
HEADERS = ("企业名称", "证券简称", "证券代码", "上市地", "上市日期", "行业（申万）")


@dataclass(frozen=True, slots=True)
class Run:
    """One import of the file: rows by what became of them, and the register afterwards."""

    rows: int
    states: Mapping[str, int]
    enterprises: int
    changes: int  # rows added to the history of the register's table
    seconds: float

    @property
    def accounted(self) -> int:
        kept = ("created", "updated", "unchanged", "skipped", "quarantined")
        return sum(self.states.get(state, 0) for state in kept)


def chain_folder() -> Path:
    """Where the set would be."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    return Path(os.environ.get("LIANSHANG_BENCH_DATA") or default) / "chain"


def is_there() -> bool:
    return (chain_folder() / "companies.parquet").exists()


def convert(folder: Path, target: Path) -> RegisterFile:
    """Write the companies as a workbook that the register of enterprises can read."""
    import polars
    import xlsxwriter

    industries = polars.read_parquet(folder / "company_industry.parquet").join(
        polars.read_parquet(folder / "industries.parquet"), left_on="industry", right_on="id"
    )
    named = industries.group_by("code").agg(polars.col("name").first().alias("industry_name"))
    companies = polars.read_parquet(folder / "companies.parquet").join(named, "code", how="left")
    columns = ("fullname", "name", "code", "exchange", "listed", "industry_name")
    with xlsxwriter.Workbook(target) as book:
        page = book.add_worksheet("上市公司")
        page.write_row(0, 0, HEADERS)
        for line, row in enumerate(companies.select(columns).iter_rows(), start=1):
            page.write_row(line, 0, ["" if value is None else str(value) for value in row])
    name = Column("企业名称", "name")
    return RegisterFile(target, "上市公司", "enterprises", "", 1, (name,))


def import_once(file: RegisterFile) -> Run:
    """Import the workbook as a member of staff would."""
    from lianshang.apps.enterprises.models import Enterprise

    before, started = _history(), time.monotonic()
    imported: Imported = import_sheet(file, actor=None, progress=lambda _done, _total: None)
    seconds = round(time.monotonic() - started, 2)
    present = Enterprise.objects.present().count()
    return Run(imported.rows, imported.states, present, _history() - before, seconds)


def _history() -> int:
    from lianshang.apps.enterprises.models import Enterprise

    events: Any = Enterprise.pgh_event_model  # type: ignore[attr-defined]  # added by pghistory
    return int(events.objects.count())


def main(
    as_json: bool = typer.Option(False, "--json", help="One JSON object for machines."),
) -> None:
    """Import the real firms twice. Example: python -m bench.real_firms --json"""
    if not is_there():
        print(
            f"Skipped: {chain_folder()}/companies.parquet is not there; set LIANSHANG_BENCH_DATA."
        )
        return
    from lianshang.cli.demo.database import point_at, start_afresh
    from lianshang.core import postgres

    point_at(DATABASE)
    start_afresh(DATABASE)
    try:
        with tempfile.TemporaryDirectory() as folder:
            file = convert(chain_folder(), Path(folder) / "上市公司.xlsx")
            runs = [import_once(file) for _time in range(2)]
    finally:
        from django.db import connections

        connections.close_all()
        postgres.drop_database(DATABASE)
    if as_json:
        print(json.dumps([asdict(run) for run in runs], ensure_ascii=False))
    else:
        for title, run in zip(("first", "again"), runs, strict=True):
            print(f"{title}: {_told(run)}")
    lost = [run for run in runs if run.accounted != run.rows]
    raise SystemExit(1 if lost or runs[1].changes else 0)


def _told(run: Run) -> str:
    states = ", ".join(f"{count:,} {state}" for state, count in sorted(run.states.items()))
    return (
        f"{run.rows:,} rows = {states}; {run.enterprises:,} enterprises, "
        f"{run.changes:,} changes of the register, {run.seconds} s"
    )


if __name__ == "__main__":
    typer.run(main)
