"""`lianshang pack` and `lianshang audit formalism`, as an operator types them."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests import factories
from tests.apps.practices import packing
from typer.testing import CliRunner, Result

from lianshang.cli import app
from lianshang.core.accounts.models import Unit
from lianshang.core.workflow.models import DutyKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _zone() -> None:
    factories.zone()


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return f"{packing.write(tmp_path / 'demo')}/"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def told(*arguments: str, code: int = 0) -> dict[str, Any]:
    done = run(*arguments, "--json")
    assert done.exit_code == code, done.output
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_every_command_has_an_example() -> None:
    def help_of(*command: str) -> str:
        return " ".join(run(*command, "--help").stdout.split())

    for name in ("list", "show", "install", "remove", "verify", "new"):
        assert f"Example: lianshang pack {name}" in help_of("pack", name)
    assert "Example: lianshang audit formalism" in help_of("audit", "formalism")


def test_the_list_holds_the_eighteen_practices_with_their_state() -> None:
    rows = {row["id"]: row["state"] for row in told("pack", "list")["packs"]}
    assert len(rows) == 19  # and the clauses of other zones
    assert rows["xian-joint-consortium"] == "available"
    assert rows["jiaxing-pv-brand"] == "not_yet"
    assert told("pack", "install", "xian-joint-consortium")["changed"]
    shown = run("pack", "list").stdout
    assert "installed  xian-joint-consortium" in shown
    told_story = {row["id"]: row["story"] for row in told("pack", "list")["packs"]}
    assert told_story["xian-joint-consortium"]
    assert not told_story["hefei-seven-chains"]
    (line,) = [one for one in shown.splitlines() if "hefei-seven-chains" in one]
    assert line.endswith("(no story yet)")


def test_install_says_what_was_made_and_the_second_time_unchanged(folder: str) -> None:
    first = run("pack", "install", folder, "--scenery")
    assert first.exit_code == 0
    assert "made       units        team" in first.stdout
    assert first.stdout.endswith("demo-visits 1.0.0: done\n")
    again = run("pack", "install", folder)
    assert again.exit_code == 0
    assert again.stdout.endswith("demo-visits 1.0.0: unchanged\n")
    assert not told("pack", "install", folder)["changed"]


def test_show_tells_rows_and_reported_figures(folder: str) -> None:
    shown = told("pack", "show", folder)
    assert [row["key"] for row in shown["rows"] if row["scenery"]] == ["demo"]
    assert "reported: 数量指标 — " in run("pack", "show", "xian-joint-consortium").stdout


def test_a_broken_pack_ends_with_one_and_its_lines(folder: str) -> None:
    packing.write(Path(folder), ("flow: request", "flow: requst"))
    done = run("pack", "install", folder)
    assert done.exit_code == 1
    assert "demo/pack.yaml:16（duty_kinds[0].flow）：读到“requst”" in done.stderr
    refused = told("pack", "verify", folder, code=1)["refused"]
    assert [one["where"] for one in refused] == ["demo/pack.yaml:16"]
    assert not DutyKind.objects.filter(code="demo.question").exists()


def test_verify_ends_with_one_when_a_row_is_gone(folder: str) -> None:
    assert run("pack", "verify", folder).stdout == "demo-visits 1.0.0: valid\n"
    run("pack", "install", folder)
    assert told("pack", "verify", "demo-visits")["packs"][0]["sound"]
    Unit.objects.get(name="示例支部").delete()
    done = run("pack", "verify")
    assert done.exit_code == 1
    assert "gone     units        branch" in done.stdout


def test_remove_lists_what_went_and_a_second_time_is_refused(folder: str) -> None:
    run("pack", "install", folder)
    assert "removed    units        team" in run("pack", "remove", "demo-visits").stdout
    again = run("pack", "remove", "demo-visits")
    assert (again.exit_code, "没有安装这个实践包" in again.stderr) == (1, True)
    assert told("pack", "remove", "demo-visits", code=1)["refused"][0]["code"] == "not_installed"


def test_new_writes_a_pack_that_is_valid_and_can_be_installed(tmp_path: Path) -> None:
    folder = tmp_path / "my-practice"
    assert run("pack", "new", "my-practice", "--folder", str(folder)).exit_code == 0
    assert run("pack", "verify", f"{folder}/").stdout == "my-practice 0.1.0: valid\n"
    assert run("pack", "install", f"{folder}/").exit_code == 0
    # The examples in its comments are sound too.
    lines = (folder / "pack.yaml").read_text().splitlines()
    text = "\n".join(line[1:] if line.startswith("#  ") else line for line in lines)
    text = text.replace("units: []  ", "units:  ", 1).replace("duty_kinds: []", "duty_kinds:")
    (folder / "pack.yaml").write_text(text)
    assert "made       units" in run("pack", "install", f"{folder}/").stdout


def test_new_refuses_a_bad_name_and_a_folder_with_something_in_it(tmp_path: Path) -> None:
    assert run("pack", "new", "My Practice").exit_code == 2
    (tmp_path / "mine.txt").write_text("mine")
    done = run("pack", "new", "my-practice", "--folder", str(tmp_path))
    assert (done.exit_code, "is not empty" in done.stderr) == (1, True)
    assert run("pack", "install").exit_code == 2


def test_the_audit_says_for_each_dont_what_was_looked_at() -> None:
    run("pack", "install", "xian-joint-consortium")
    report = told("audit", "formalism")
    assert [clause["number"] for clause in report["clauses"]] == [1, 2, 3, 4, 5]
    assert report["refused"] == 0
    assert report["clauses"][0]["looked_at"]["已安装的实践包"] == 1
    assert report["clauses"][0]["looked_at"]["可导入的登记表"] >= 4
    assert "登记个人的数据表（逐列看名称）" in report["clauses"][1]["looked_at"]
    assert run("audit", "formalism").stdout.endswith("nothing refused\n")


def test_the_audit_ends_with_one_when_something_was_set_up_past_the_guard() -> None:
    DutyKind.objects.create(code="bad.kind", name="党员积分排名", flow="task")
    done = run("audit", "formalism")
    assert done.exit_code == 1
    assert "refuse: 事项类别 bad.kind（name）：对个人积分、打分" in done.stdout
    assert "1 refused" in done.stdout
