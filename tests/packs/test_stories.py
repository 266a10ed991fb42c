"""Every pack's story comes true, over HTTP and in Chromium, and fails without any of its steps."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lianshang.story.chromium import chromium

PACKS = Path(__file__).parents[2] / "packs"
STORIES = sorted(path.parent.name for path in PACKS.glob("*/story.yaml"))
NAME = f"story_of_packs_{os.environ.get('LIANSHANG_DATABASE', 'lianshang')}"
PROGRAM = "from lianshang.cli import main; main()"
every_story = pytest.mark.parametrize("pack", STORIES)


def story(*arguments: str) -> dict[str, object]:
    """The command's answer, as another process gives it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "pack", "story", *arguments, "--json"],
        env={**os.environ, "LIANSHANG_STORY_DATABASE": NAME},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def test_there_is_a_story() -> None:
    assert "xian-joint-consortium" in STORIES


@every_story
def test_it_comes_true(pack: str) -> None:
    assert story(pack)["passed"] is True


@pytest.mark.walk
@pytest.mark.browser
@pytest.mark.skipif(chromium() is None, reason="no Chromium")
@every_story
def test_it_comes_true_in_chromium(pack: str) -> None:
    assert story(pack, "--browser")["passed"] is True


@pytest.mark.walk
@every_story
def test_it_fails_without_any_of_its_steps(pack: str) -> None:
    assert story(pack, "--prove")["idle"] == []
