"""The doctor says what is wrong and what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("lianshang")


def findings(**environment: str) -> tuple[int, dict[str, dict[str, str]]]:
    done = subprocess.run(
        [PROGRAM, "doctor", "--json"],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )
    return done.returncode, {one["name"]: one for one in json.loads(done.stdout)}


def test_a_database_that_does_not_answer_is_named() -> None:
    code, found = findings(DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert code == 1
    assert "DATABASE_URL" in found["database"]["advice"]


def test_an_empty_policy_folder_is_named(tmp_path: Path) -> None:
    code, found = findings(LIANSHANG_POLICIES=str(tmp_path))
    assert code == 1
    assert found["Policies"]["advice"] == "Set LIANSHANG_POLICIES to the folder of policy files."


def test_python_and_disk_are_looked_at() -> None:
    _code, found = findings()
    assert found["Python"]["advice"] == ""
    assert "GB free" in found["Data folder"]["found"]
