"""`lianshang doctor`: what is wrong, and what to do about it."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path

import typer

from lianshang.core import policy_files, postgres

LEAST_FREE = 2 * 1024**3  # bytes; an import at size L with its history needs about this much


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `advice` is empty where nothing needs doing."""

    name: str
    found: str
    advice: str = ""


def doctor(
    as_json: bool = typer.Option(False, "--json", help="One JSON object for machines."),
) -> None:
    """Look over this installation; 1 if something needs doing. Example: lianshang doctor"""
    findings = [finding for look in LOOKS for finding in _safely(look)]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            print(f"{'!!' if finding.advice else 'ok'}  {finding.name}: {finding.found}")
            if finding.advice:
                print(f"    → {finding.advice}")
    raise SystemExit(1 if any(finding.advice for finding in findings) else 0)


def _safely(look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """A look that fails is itself a finding."""
    try:
        yield from look()
    except Exception as error:  # the doctor must finish its round
        yield Finding(look.__name__.strip("_"), type(error).__name__, str(error))


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    advice = "" if sys.version_info >= (3, 11) else "Use Python 3.11 or newer."
    yield Finding("Python", version, advice)


def _disk() -> Iterator[Finding]:
    folder = postgres.data_folder()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(existing).free
    advice = (
        "" if free >= LEAST_FREE else "Free some space, or set LIANSHANG_DATA to a larger disk."
    )
    yield Finding("Data folder", f"{folder}, {free / 1024**3:.1f} GB free", advice)


def _database() -> Iterator[Finding]:
    where = "DATABASE_URL" if postgres.is_external() else "embedded"
    postgres.ensure_running()
    version = postgres.version()
    advice = "" if version >= 160000 else "Lianshang needs PostgreSQL 16 or newer."
    yield Finding("Database", f"PostgreSQL {version // 10000}.{version % 10000}, {where}", advice)


def _schema() -> Iterator[Finding]:
    from lianshang.cli import setup

    postgres.ensure_running()
    setup.django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    found = "up to date" if not missing else f"{missing} migrations behind"
    yield Finding("Schema", found, "Run: lianshang db migrate" if missing else "")


def _policies() -> Iterator[Finding]:
    folder = policy_files.default_folder()
    count = sum(1 for _policy in policy_files.read_policies(folder))
    advice = "" if count else "Set LIANSHANG_POLICIES to the folder of policy files."
    yield Finding("Policies", f"{count} in {folder}", advice)


def _front_end() -> Iterator[Finding]:
    spec = find_spec("lianshang.core.ui")
    built = Path(spec.origin or "").parent / "static" / "build" / "main.css" if spec else Path()
    advice = "" if built.exists() else "Run: script/frontend"
    yield Finding("Front end", "built" if built.exists() else "not built", advice)


def _worker() -> Iterator[Finding]:
    postgres.ensure_running()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        (waiting,) = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - interval '1 minute'"
        )
        (alive,) = cursor.fetchone()
    advice = "Start one: lianshang worker" if waiting and not alive else ""
    yield Finding("Worker", f"{alive} alive, {waiting} jobs waiting", advice)


LOOKS = (_python, _disk, _database, _schema, _policies, _front_end, _worker)
