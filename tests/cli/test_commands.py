"""The commands: help without Django, exit codes, machine output."""

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("lianshang")


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "200", **environment},
        check=False,
    )


def test_help_lists_every_command_with_an_example() -> None:
    listed = run("--help").stdout
    for command in (
        "demo",
        "serve",
        "worker",
        "doctor",
        "db",
        "import",
        "export",
        "evaluate",
        "explain",
    ):
        assert command in listed
    assert "Example: lianshang serve" in run("serve", "--help").stdout


def test_help_needs_no_django() -> None:
    program = "import sys; sys.modules['django'] = None; import lianshang.cli"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_policies_are_tested_without_a_database() -> None:
    done = run("policies", "test", "--json", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    told = json.loads(done.stdout)
    assert (done.returncode, told["failed"]) == (0, 0)
    assert told["passed"] >= 870  # those of the packs of the program too
    assert {"E02", "E94", "E101"} <= set(told["examples"])


def test_a_broken_policy_is_refused_with_place_and_hint(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "policies"
    (tmp_path / "catalogue.yaml").write_text((folder / "catalogue.yaml").read_text())
    text = (folder / "sta" / "cn.cit.small_low_profit.yaml").read_text()
    (tmp_path / "cn.cit.small_low_profit.yaml").write_text(
        text.replace("taxable_income_y0 <=", "taxable_incom_y0 <=")
    )
    done = run("policies", "check", "--folder", str(tmp_path))
    assert done.returncode == 1
    assert "'taxable_incom_y0' is not known here" in done.stdout
    assert "Did you mean taxable_income_y0" in done.stdout


def test_wrong_use_ends_with_two() -> None:
    assert run("serve", "--no-such-option").returncode == 2


def test_a_database_that_does_not_answer_is_refused_with_what_to_look_at() -> None:
    done = run("db", "start", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "Look at DATABASE_URL" in done.stderr
