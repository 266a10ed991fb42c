"""The command that plays a pack's story, as another process gives its answer."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

PACKS = Path(__file__).parents[2] / "packs"
STORIES = sorted(path.parent.name for path in PACKS.glob("*/story.yaml"))
# Which steps are taken away here: every so manieth. All of each story were, by hand, before it came
# here (`pack story <id> --prove`); a new story is first proved whole.
PROVED = {"xian-joint-consortium": 1, "jinan-twin": 4, "xian-photonics-chain": 4}
NAME = f"story_of_packs_{os.environ.get('LIANSHANG_DATABASE', 'lianshang')}"
PROGRAM = "from lianshang.cli import main; main()"


def story(*arguments: str, environment: Mapping[str, str] | None = None) -> dict[str, object]:
    """What `lianshang pack story` says; fails with the end of what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "pack", "story", *arguments, "--json"],
        env=environment or {**os.environ, "LIANSHANG_STORY_DATABASE": NAME},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    answer: dict[str, object] = json.loads(done.stdout)
    return answer
