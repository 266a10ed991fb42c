"""`lianshang demo`: an invented zone, imported, evaluated and served."""

import json
import sys
import tempfile
from pathlib import Path

import typer

from lianshang.cli.demo import database
from lianshang.cli.demo.sizes import Size

SIZE = typer.Option(Size.M, help="Firms: S 150, M 1,100, L 20,000, XL 200,000.")
KEEP = typer.Option(None, help="Keep the offices' workbooks in this folder.")


def demo(
    *,
    size: Size = SIZE,
    once: bool = typer.Option(False, "--once", help="Stop after the summary; do not serve."),
    port: int = typer.Option(8000, help="Port to listen on."),
    seed: int = typer.Option(1, help="Another seed is another zone."),
    keep: Path | None = KEEP,
    as_json: bool = typer.Option(False, "--json", help="The summary as one JSON object."),
) -> None:
    """Build an invented zone and see what its firms may claim. Example: lianshang demo --size S"""
    name = database.choose()
    from lianshang.cli.demo.build import build_zone
    from lianshang.cli.demo.report import as_text
    from lianshang.cli.demo.serving import HOST, serve_demo
    from lianshang.cli.demo.steps import Steps
    from lianshang.cli.serving import ensure_free

    if not once:
        ensure_free(HOST, port)
    steps = Steps()
    with tempfile.TemporaryDirectory(prefix="lianshang-demo-") as folder:
        summary = build_zone(name, keep or Path(folder), size, seed, steps)
    print(json.dumps(summary.as_json(), ensure_ascii=False) if as_json else as_text(summary))
    sys.stdout.flush()
    if not once:
        serve_demo(port, steps)
