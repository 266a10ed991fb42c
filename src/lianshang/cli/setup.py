"""Getting ready: the server first, then Django. `--help` needs neither."""

import os
import sys
from typing import NoReturn

from lianshang.core import postgres


def database() -> None:
    """Start the database server, or end with exit code 1 and the reason."""
    try:
        postgres.ensure_running()
    except postgres.PostgresError as error:
        refuse(str(error))


def django() -> None:
    """Make the ORM usable, with the server running."""
    database()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianshang.config.settings")
    import django as framework

    framework.setup()


def refuse(*reasons: str) -> NoReturn:
    """End with exit code 1 (refused), each reason on its line."""
    for reason in reasons:
        print(reason, file=sys.stderr)
    raise SystemExit(1)
