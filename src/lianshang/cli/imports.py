"""`lianshang import`, `lianshang export`: registers in and out, as the wizard does it."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from lianshang.cli import setup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lianshang.core.imports.models import ImportBatch
    from lianshang.core.imports.registry import Register

MOST_TOLD = 20  # problems printed; the rest is on the import's page


class Duplicates(StrEnum):
    """What to do with rows whose subject is already in the register."""

    UPDATE = "update"
    SKIP = "skip"
    STOP = "stop"


REGISTER = typer.Argument(metavar="REGISTER", help="enterprises, facts, titles or officers.")
TABLE = typer.Argument(metavar="FILE", help="An .xlsx, .xls, .ods or .csv file.")
OUTPUT = typer.Argument(metavar="FILE", help="An .xlsx or .csv file to write.")
ON_DUPLICATE = typer.Option(Duplicates.UPDATE, help="Rows already in the register.")
OPTIONS = typer.Option([], "--option", help="NAME=VALUE: year=2025, complete=yes, unit=万元 …")
JSON = typer.Option(False, "--json", help="One JSON object for machines.")


def register(app: typer.Typer) -> None:
    app.command("import")(import_file)
    app.command("export")(export_file)


def import_file(
    register_name: str = REGISTER,
    path: Path = TABLE,
    *,
    source: str = typer.Option("", help="Code of the source of the values, e.g. firm."),
    sheet: str = typer.Option("", help="Sheet of the workbook; the first if not given."),
    on_duplicate: Duplicates = ON_DUPLICATE,
    option: list[str] = OPTIONS,
    yes: bool = typer.Option(False, "--yes", help="Write without asking."),
    as_json: bool = JSON,
) -> None:
    """Import a table. Example: lianshang import enterprises 企业名录.xlsx --yes"""
    setup.django()
    from lianshang.core.files.refusals import FileRefused
    from lianshang.core.imports.refusals import ImportRefused

    options = _options(option)
    unit = str(options.pop("unit", ""))
    settings = {"source": source, "on_duplicate": on_duplicate.value, "options": options}
    try:
        batch = _checked(_register(register_name), path, sheet, unit, settings)
    except FileRefused as refusal:
        setup.refuse(f"{path.name}：{refusal}")
    except ImportRefused as refusal:
        setup.refuse(*refusal.reasons)
    if not as_json:
        _tell_preview(batch)
    if batch.state != "preview":
        setup.refuse(*_problems(batch, errors_only=True)[:MOST_TOLD])
    if not yes and not (sys.stdin.isatty() and typer.confirm("Write these rows?")):
        setup.refuse(f"Nothing was written. Import {batch.pk} waits on its page; --yes writes it.")
    batch = _written(batch)
    if as_json:
        print(json.dumps(_summary(batch), ensure_ascii=False))
    else:
        print(_counts_in_words(batch))


def export_file(
    register_name: str = REGISTER,
    path: Path = OUTPUT,
    *,
    purpose: str = typer.Option("service", help="Lawful use: statistics, department, service …"),
    as_json: bool = JSON,
) -> None:
    """Export a register, to be imported again. Example: lianshang export facts 指标数据.xlsx"""
    setup.django()
    from lianshang.core.consent.choices import Use
    from lianshang.core.imports.files_out import export_register

    kind = path.suffix.lower().removeprefix(".")
    if kind not in {"xlsx", "csv"}:
        raise typer.BadParameter("the file must end in .xlsx or .csv", param_hint="FILE")
    if purpose not in Use.values:
        raise typer.BadParameter(f"one of {', '.join(Use.values)}", param_hint="--purpose")
    with path.open("wb") as handle:
        notes = export_register(
            _register(register_name), user=None, purpose=purpose, kind=kind, handle=handle
        )
    if as_json:
        print(json.dumps({"file": str(path), "notes": notes}, ensure_ascii=False))
    else:
        print("\n".join([f"Written: {path}", *notes]))


def _register(name: str) -> Register:
    from lianshang.core.imports import registry

    try:
        return registry.get(name)
    except KeyError:
        known = ", ".join(one.name for one in registry.registers())
        raise typer.BadParameter(f"one of {known}", param_hint="REGISTER") from None


def _options(given: list[str]) -> dict[str, Any]:
    """year=2025 → {"year": "2025"}; yes and no become true and false."""
    found: dict[str, Any] = {}
    for one in given:
        name, sign, value = one.partition("=")
        if not sign:
            raise typer.BadParameter(f"{one!r} is not NAME=VALUE", param_hint="--option")
        found[name] = {"yes": True, "no": False}.get(value, value)
    return found


def _checked(
    register: Register, path: Path, sheet: str, unit: str, settings: Mapping[str, Any]
) -> ImportBatch:
    """The file opened, mapped by its headings and checked."""
    from lianshang.core.files.guard import check_table
    from lianshang.core.imports.actions.batches import choose_sheet, open_batch, start_check
    from lianshang.core.imports.opening import restored, with_unit
    from lianshang.core.imports.running import run_check

    if not path.is_file():
        raise typer.BadParameter(f"{path} is not there", param_hint="FILE")
    with path.open("rb") as handle:
        file = check_table(handle, path.name)
    batch = open_batch(actor=None, register=register.name, file=file, reason="command line")
    if sheet and sheet != batch.sheet:
        batch = choose_sheet(actor=None, batch=batch, sheet=sheet)
    mapping = with_unit(register, restored(batch.mapping), unit)
    batch = start_check(actor=None, batch=batch, mapping=mapping, in_background=False, **settings)
    return run_check(batch)


def _written(batch: ImportBatch) -> ImportBatch:
    from rich.progress import Progress

    from lianshang.core.imports.actions.commits import start_commit
    from lianshang.core.imports.running import run_commit

    batch = start_commit(actor=None, batch=batch, in_background=False)
    with Progress(transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(batch.file_name, total=batch.total_rows)
        return run_commit(batch, lambda now: bar.update(task, completed=now.done_rows))


def _tell_preview(batch: ImportBatch) -> None:
    told = _problems(batch)
    print("\n".join(told[:MOST_TOLD]))
    if len(told) > MOST_TOLD:
        print(f"… and {len(told) - MOST_TOLD} more on the page of import {batch.pk}.")
    print(_counts_in_words(batch))


def _problems(batch: ImportBatch, *, errors_only: bool = False) -> list[str]:
    """What is wrong with the file and its rows, in words."""
    from lianshang.core.imports.problems import from_json

    found = [problem.told(batch.sheet) for problem in from_json(batch.problems)]
    rows = batch.rows.exclude(problems=[]).order_by("number").values_list("number", "problems")
    for number, problems in rows[:1000]:
        found += [problem.told(batch.sheet, number) for problem in from_json(problems)]
    return [str(one) for one in found if one.problem.is_error or not errors_only]


def _counts(batch: ImportBatch) -> dict[str, int]:
    from lianshang.core.imports.queries import counts

    return counts(batch)


def _counts_in_words(batch: ImportBatch) -> str:
    from lianshang.core.imports.choices import RowState

    words = [f"{RowState(state).label} {count}" for state, count in _counts(batch).items()]
    return f"{batch.file_name}（{batch.total_rows} 行）：" + "，".join(words)


def _summary(batch: ImportBatch) -> dict[str, Any]:
    return {
        "batch": batch.pk,
        "register": batch.register,
        "state": batch.state,
        "rows": batch.total_rows,
        "counts": _counts(batch),
        "problems": _problems(batch)[:1000],
    }
