"""`lianshang pack`: practice packs are listed, shown, installed, verified, removed and begun."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from lianshang.cli import setup
from lianshang.cli.pack_skeleton import skeleton

if TYPE_CHECKING:
    from lianshang.apps.practices.models import InstalledPack
    from lianshang.apps.practices.queries.outcomes import Outcome

app = typer.Typer(help="Practice packs: another zone's practice as data.", no_args_is_help=True)
JSON = typer.Option(False, "--json", help="One JSON object for machines.")
FOLDER = typer.Option(None, "--folder", help="Where; ./ID if not given.")
REFERENCE = typer.Argument(help="Id of a pack, a folder, or a .whl or .zip file.")
# `pack story` is a command of the story runner; it registers itself on this `app`.


@app.command("list")
def list_packs(as_json: bool = JSON) -> None:
    """The eighteen practices and every other pack, with state. Example: lianshang pack list"""
    setup.django()
    from lianshang.apps.practices.queries.practices import lines

    rows = [
        {
            "id": line.id,
            "name": line.name,
            "zone": line.zone,
            "state": line.progress.value,
            "version": line.version,
            "newer": line.newer,
            "story": line.has_story,
        }
        for line in lines()
    ]
    if as_json:
        _print_json({"packs": rows})
        return
    for row in rows:
        newer = f"→ {row['newer']}" if row["newer"] else ""
        if row["version"] and not row["story"]:
            newer = f"{newer} (no story yet)".strip()
        print(
            f"{row['state']:<10} {row['id']:<26} {row['version']:<8} {row['name']} {newer}".rstrip()
        )


@app.command()
def show(reference: str = REFERENCE, as_json: bool = JSON) -> None:
    """What a pack brings. Example: lianshang pack show xian-joint-consortium"""
    setup.django()
    from lianshang.apps.practices.queries import shelf

    with _refusals(as_json):
        pack = shelf.find(reference)
    wanted = pack.definition
    rows = [
        {
            "section": section.name,
            "key": section.key(row),
            "label": section.label(row),
            "scenery": is_scenery,
            "cases": row.text.cases if section.name == "policies" else None,
        }
        for section, row, is_scenery in pack.rows(with_scenery=True)
    ]
    if as_json:
        told = {"pack": wanted.model_dump(mode="json"), "digest": pack.digest, "rows": rows}
        _print_json(told | {"warnings": [one.as_json() for one in pack.warnings]})
        return
    print(f"{wanted.id} {wanted.version}  {wanted.name.zh}\n{wanted.summary.zh}")
    for row in rows:
        mark = " (scenery)" if row["scenery"] else ""
        mark += f" ({row['cases']} cases)" if row["cases"] is not None else ""
        print(f"  {row['section']:<12} {row['key']:<24} {row['label']}{mark}")
    for one in wanted.reported:
        print(f"  reported: {one.label.zh} {one.value} ({one.source or wanted.source.document})")
    if wanted.code:
        print(f"  code: {wanted.code} (runs only with --allow-code)")
    for warning in pack.warnings:
        print(f"warning: {warning}")


@app.command()
def install(
    reference: str = REFERENCE,
    scenery: bool = typer.Option(False, "--scenery", help="Also the invented demo rows."),
    allow_code: bool = typer.Option(False, "--allow-code", help="Let the pack run its own code."),
    as_json: bool = JSON,
) -> None:
    """Install or upgrade: all of it or nothing. Example: lianshang pack install ./my-practice"""
    setup.django()
    from lianshang.apps.practices.actions.installing import install_pack
    from lianshang.apps.practices.queries import shelf

    with _refusals(as_json):
        outcome = install_pack(
            actor=None,
            pack=shelf.find(reference),
            with_scenery=scenery,
            allow_code=allow_code,
            reason="command line",
        )
    _tell(outcome, as_json)


@app.command()
def remove(
    code: str = typer.Argument(help="Id of an installed pack."), as_json: bool = JSON
) -> None:
    """Remove a pack; what is the zone's stays. Example: lianshang pack remove my-practice"""
    setup.django()
    from lianshang.apps.practices.actions.removing import remove_pack

    with _refusals(as_json):
        outcome = remove_pack(actor=None, code=code, reason="command line")
    _tell(outcome, as_json)


@app.command()
def verify(
    reference: str = typer.Argument("", help="Pack, folder or file; without it, all installed."),
    as_json: bool = JSON,
) -> None:
    """Hold installed packs against their source and the zone; check one that is not installed.
    Example: lianshang pack verify ./my-practice
    """
    setup.django()
    from lianshang.apps.practices.models import InstalledPack
    from lianshang.apps.practices.queries import shelf

    chosen = InstalledPack.objects.filter(code=reference) if reference else None
    installed = list(InstalledPack.objects.all() if chosen is None else chosen)
    if reference and not installed:
        with _refusals(as_json):
            pack = shelf.find(reference)
        told = {"pack": pack.id, "digest": pack.digest, "installed": False, "sound": True}
        print(json.dumps(told) if as_json else f"{pack.id} {pack.definition.version}: valid")
        return
    reports = [_verification(one) for one in installed]
    if as_json:
        _print_json({"packs": reports})
    else:
        _print_reports(reports)
    raise SystemExit(0 if all(one["sound"] for one in reports) else 1)


@app.command()
def new(
    name: str = typer.Argument(help="Id of the new pack: lower case, digits, hyphens."),
    folder: Path | None = FOLDER,
    as_json: bool = JSON,
) -> None:
    """Write the commented beginning of a pack. Example: lianshang pack new my-practice"""
    files = skeleton(name)
    if files is None:
        raise typer.BadParameter("lower case letters, digits and hyphens", param_hint="NAME")
    folder = folder or Path(name)
    if folder.exists() and any(folder.iterdir()):
        setup.refuse(f"{folder} is not empty. Nothing was written; choose another --folder.")
    folder.mkdir(parents=True, exist_ok=True)
    for file, text in files.items():
        (folder / file).write_text(text, encoding="utf-8")
    if as_json:
        _print_json({"pack": name, "folder": str(folder), "files": sorted(files)})
    else:
        print(f"{folder}: {', '.join(sorted(files))}")
        print(f"Next: lianshang pack verify {folder}/")


@contextmanager
def _refusals(as_json: bool) -> Iterator[None]:
    """A refused pack ends with exit code 1, every finding told."""
    from django.core.exceptions import ValidationError

    from lianshang.apps.practices.queries.problems import PackRefused

    try:
        yield
    except PackRefused as refusal:
        if as_json:
            _print_json({"refused": [one.as_json() for one in refusal.problems]})
            raise SystemExit(1) from None
        setup.refuse(*(str(one) for one in refusal.problems))
    except ValidationError as refusal:
        setup.refuse(*refusal.messages)


def _tell(outcome: Outcome, as_json: bool) -> None:
    if as_json:
        rows = [row.as_json() for row in outcome.rows]
        told = {"pack": outcome.pack, "version": outcome.version}
        _print_json(told | {"changed": outcome.changed_something, "rows": rows})
        return
    for row in outcome.rows:
        reason = f": {row.reason}" if row.reason else ""
        print(f"{row.fate.value:<10} {row.section:<12} {row.key:<24} {row.label}{reason}")
    state = "done" if outcome.changed_something else "unchanged"
    print(f"{outcome.pack} {outcome.version}: {state}")


def _verification(installed: InstalledPack) -> dict[str, Any]:
    from lianshang.apps.practices.queries.installed import verify as verified

    found = verified(installed)
    rows = [
        {"section": one.row.section, "key": one.row.key, "state": one.state.value}
        for one in found.rows
    ]
    return {
        "pack": installed.code,
        "version": installed.version,
        "sound": found.is_sound,
        "source": found.source,
        "rows": rows,
    }


def _print_reports(reports: list[dict[str, Any]]) -> None:
    for one in reports:
        state = "sound" if one["sound"] else "not sound"
        print(f"{one['pack']} {one['version']}: {state}, source {one['source']}")
        for row in one["rows"]:
            if row["state"] != "same":
                print(f"  {row['state']:<8} {row['section']:<12} {row['key']}")
    if not reports:
        print("No pack is installed. Example: lianshang pack install xian-joint-consortium")


def _print_json(told: dict[str, Any]) -> None:
    print(json.dumps(told, ensure_ascii=False))
