"""`lianshang pack story`: the same file over HTTP and in Chromium, each in its own process."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lianshang.story.chromium import chromium

DESK = Path(__file__).parent / "desk"
NAME = f"story_of_{os.environ.get('LIANSHANG_DATABASE', 'lianshang')}"
PROGRAM = (
    "import typer; from lianshang.cli import story;"
    " app = typer.Typer(pretty_exceptions_enable=False); app.callback()(lambda: None);"
    " story.register(app); app()"
)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, "story", *arguments],
        env={**os.environ, "LIANSHANG_STORY_DATABASE": NAME},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_story_without_a_step_fails_and_says_where() -> None:
    done = command(str(DESK), "--without", "7", "--json")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert (told["passed"], told["steps"], told["failure"]["step"]) == (False, 6, 8)


def test_what_is_no_story_is_refused() -> None:
    done = command("nobody-wrote-this")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no story “nobody-wrote-this”")
    assert command(str(DESK), "--without", "99").returncode == 2


@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium")
def test_the_same_file_drives_chromium() -> None:
    done = command(str(DESK), "--browser", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == {"story": "desk", "passed": True, "steps": 33}
