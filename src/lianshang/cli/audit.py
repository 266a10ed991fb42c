"""`lianshang audit`: the program held against rules about itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from lianshang.cli import setup

if TYPE_CHECKING:
    from lianshang.apps.practices.queries.self_audit import ClauseReport

app = typer.Typer(help="Audit what is configured.", no_args_is_help=True)
JSON = typer.Option(False, "--json", help="One JSON object for machines.")


@app.callback()
def audit() -> None:
    """Audit what is configured."""


@app.command()
def formalism(as_json: bool = JSON) -> None:
    """Hold everything configured against the five don'ts. Example: lianshang audit formalism"""
    setup.django()
    from lianshang.apps.practices.queries.self_audit import self_audit
    from lianshang.core.formalism import DOCUMENT
    from lianshang.core.formalism.clauses import TO_CONFIRM

    reports = self_audit()
    refused = sum(report.refused for report in reports)
    if as_json:
        told = {"document": str(DOCUMENT), "clauses": [_told(one) for one in reports]}
        print(json.dumps(told | {"refused": refused}, ensure_ascii=False))
    else:
        print(DOCUMENT)
        for report in reports:
            _print(report)
        print(TO_CONFIRM)
        print(f"{refused} refused" if refused else "nothing refused")
    raise SystemExit(1 if refused else 0)


def _told(report: ClauseReport) -> dict[str, Any]:
    return {
        "number": report.clause.number,
        "text": str(report.clause.text),
        "looked_at": {str(one.what): one.count for one in report.looked},
        "findings": [one.as_json() for one in report.findings],
    }


def _print(report: ClauseReport) -> None:
    print(f"（{report.clause.number}）{report.clause.text}")
    print("    " + "，".join(f"{one.what} {one.count}" for one in report.looked))
    for found in report.findings:
        print(f"    {found.level}: {found}")
