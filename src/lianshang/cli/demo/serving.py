"""Serving the demo: the site in this process, the background worker beside it."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

from lianshang.cli.demo.accounts import ACCOUNTS, PASSWORD
from lianshang.cli.demo.steps import Steps

HOST = "127.0.0.1"
_WORKER = "from lianshang.cli import main; main()"


def serve_demo(port: int, steps: Steps) -> None:
    """Serve until interrupted; says where, and as whom one can sign in."""
    from lianshang.cli.serving import serve

    steps.say(f"\nThe site: http://{HOST}:{port}/    (Ctrl-C ends it)")
    steps.say(f"Sign in with any of these; the password is {PASSWORD}")
    for account in ACCOUNTS:
        steps.say(f"  {account.username:<14} {account.name}  {account.role}")
    with _worker():
        serve(host=HOST, port=port, processes=1)


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    """A worker process on the same database, ended with the site."""
    process = subprocess.Popen([sys.executable, "-c", _WORKER, "worker"])
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
