"""The demo's own database: never the zone's, whatever the environment says."""

import os
from urllib.parse import urlsplit, urlunsplit

NAME = "lianshang_demo"


def choose() -> str:
    """Point this process and its children at the demo's database; its name.

    LIANSHANG_DEMO_DATABASE names another one, so that two demos can run at once; a name without
    `demo` in it is refused, because the database is emptied.
    """
    name = os.environ.get("LIANSHANG_DEMO_DATABASE", NAME)
    if "demo" not in name:
        message = f"LIANSHANG_DEMO_DATABASE is {name!r}, and the demo empties its database: "
        raise SystemExit(f"{message}choose a name with “demo” in it.")
    os.environ["LIANSHANG_DEMO"] = "1"
    point_at(name)
    return name


def point_at(name: str) -> None:
    """Use the database of this name, on the same server, before Django reads its settings."""
    os.environ["LIANSHANG_DATABASE"] = name
    if url := os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def start_afresh(name: str) -> None:
    """An empty database of this name, with the schema of today."""
    from django.core.management import call_command

    from lianshang.cli import setup
    from lianshang.core import postgres

    setup.database()
    postgres.drop_database(name)
    setup.django()
    call_command("migrate", verbosity=0)
