"""Holding another process at a known place: it waits in the database for a row that we have."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.db import connection, models, transaction

PATIENCE = 120  # seconds until a test that waits in vain gives up
WAITERS = """
    SELECT count(*) FROM pg_locks
     WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


@contextlib.contextmanager
def held(row: models.Model) -> Iterator[None]:
    """Nobody else can lock the row, or commit a row that refers to it, inside the block."""
    with transaction.atomic():
        type(row)._default_manager.select_for_update().get(pk=row.pk)
        yield


def somebody_waits() -> bool:
    """Whether another connection waits for what this one holds."""
    with connection.cursor() as cursor:
        cursor.execute(WAITERS)
        return bool(cursor.fetchone()[0])


def wait_until(happened: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > deadline:
            pytest.fail("what was waited for did not happen")
        time.sleep(0.02)


class Site:
    """The web server in processes of its own, on a free port."""

    def __init__(self, log: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        database = str(connection.settings_dict["NAME"])
        environment = {**os.environ, "LIANSHANG_DATABASE": database}
        command = "from lianshang.cli import main; main()"
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-c", command, "serve", "--port", str(port)],
                env=environment,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )
        self.address = f"http://127.0.0.1:{port}"
        wait_until(self._answers)

    def _answers(self) -> bool:
        assert self.process.poll() is None, "the server ended on its own"
        with contextlib.suppress(httpx.TransportError):
            self.ask("GET", "/api/v1/duties")
            return True
        return False

    def ask(self, method: str, path: str, **rest: Any) -> httpx.Response:
        return httpx.request(method, self.address + path, timeout=PATIENCE, **rest)

    def kill(self) -> None:
        """The server and its children, at once and without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
