"""`lianshang db`: the database server and its schema."""

import typer

from lianshang.cli import setup
from lianshang.core import postgres

app = typer.Typer(help="The database server and its schema.", no_args_is_help=True)


@app.command()
def start() -> None:
    """Start the embedded server. Example: lianshang db start"""
    setup.database()
    print(f"PostgreSQL {postgres.version() // 10000} is ready in {postgres.data_folder()}.")


@app.command()
def stop() -> None:
    """Stop the embedded server. Example: lianshang db stop"""
    print("Stopped." if postgres.stop() else "It was not running.")


@app.command()
def migrate() -> None:
    """Bring the schema and the built-in catalogues up to date. Example: lianshang db migrate"""
    setup.django()
    from django.core.management import call_command

    from lianshang.cli.founding import sync_library

    call_command("migrate", verbosity=0)
    print(f"The schema is up to date; {sync_library()}.")


@app.command()
def found(
    name: str = typer.Argument(help="Name of the zone, for example 示例高新区."),
    province: str = typer.Option("", help="Province, for example 陕西省."),
    in_west: bool | None = typer.Option(
        None, "--west/--no-west", help="Whether the western-region tax relief applies."
    ),
) -> None:
    """Register the zone and its first account. Example: lianshang db found 示例高新区"""
    migrate()
    from django.core.exceptions import ValidationError

    from lianshang.cli import founding

    try:
        password = founding.found(name, province, in_west)
    except ValidationError as error:
        setup.refuse(*error.messages)
    print(
        f"{name} is registered. Sign in as {founding.SECURITY_ACCOUNT} with {password}, change the"
    )
    print(
        "password, and give the others their accounts. Then: lianshang serve and lianshang worker"
    )
