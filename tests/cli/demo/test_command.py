"""The command keeps away from the zone's own database and from ports that are taken."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from lianshang.cli.demo import database
from lianshang.cli.serving import ensure_free
from lianshang.core import postgres

RUN = "from lianshang.cli import main; main()"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("LIANSHANG_DATABASE", "LIANSHANG_DEMO", "LIANSHANG_DEMO_DATABASE", "DATABASE_URL"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    return monkeypatch


def test_the_demo_has_a_database_of_its_own(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LIANSHANG_DATABASE", "our_zone")
    assert database.choose() == "lianshang_demo"
    assert os.environ["LIANSHANG_DATABASE"] == "lianshang_demo"
    assert os.environ["LIANSHANG_DEMO"] == "1"


def test_on_an_external_server_too(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DATABASE_URL", "postgres://zone:secret@db.example:5432/our_zone")
    database.choose()
    assert os.environ["DATABASE_URL"] == "postgres://zone:secret@db.example:5432/lianshang_demo"


def test_a_database_that_may_be_real_is_refused(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("LIANSHANG_DEMO_DATABASE", "our_zone")
    with pytest.raises(SystemExit, match="'our_zone', and the demo empties its database"):
        database.choose()
    assert "LIANSHANG_DATABASE" not in os.environ


def test_a_port_in_use_is_refused_before_anything_is_built(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit):
            ensure_free("127.0.0.1", port)
    assert f"Port {port} is in use: choose another one with --port." in capsys.readouterr().err


@pytest.fixture
def own_database() -> Iterator[str]:
    yield "lianshang_demo_tried"
    postgres.drop_database("lianshang_demo_tried")


@pytest.mark.walk
def test_one_command_builds_a_zone_and_says_what_it_is_entitled_to(own_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, "demo", "--size", "S", "--once", "--json"],
        env={**os.environ, "LIANSHANG_DEMO_DATABASE": own_database},
        capture_output=True,
        check=True,
        text=True,
    )
    summary = json.loads(done.stdout)
    assert summary["rows"] == summary["imported"] + summary["quarantined"]
    assert summary["enterprises"] == 160
    assert "Evaluate every policy" in done.stderr
