"""The one command, `lianshang`: every part of it is a module of this package, loaded when it is
used.
"""

import typer

from lianshang.cli import (
    audit,
    database,
    doctor,
    evaluation,
    imports,
    packs,
    policies,
    serving,
    story,
)
from lianshang.cli.demo.command import demo

app = typer.Typer(
    help="链上 Lianshang: three chains of a high-tech zone as one system.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(audit.app, name="audit")
app.add_typer(database.app, name="db")
story.register(packs.app)
app.add_typer(packs.app, name="pack")
app.add_typer(policies.app, name="policies")
app.command()(doctor.doctor)
app.command()(demo)
imports.register(app)
evaluation.register(app)
serving.register(app)


def main() -> None:
    """Entry point of the console script."""
    app()
