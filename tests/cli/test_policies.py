"""`lianshang policies`: a beginning that is valid, the packs' policies, the table of coverage."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from lianshang.cli.policies import app
from lianshang.core import policy_files

ID = "zone.example.reward"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


def test_a_new_policy_passes_its_check_and_its_cases(tmp_path: Path) -> None:
    done = run("new", ID, "--into", str(tmp_path))
    assert done.exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{ID}.test.yaml", f"{ID}.yaml"]
    checked = run("check", "--folder", str(tmp_path))
    assert (checked.exit_code, checked.stdout) == (0, "1 policies, 0 errors, 0 warnings\n")
    assert run("test", "--folder", str(tmp_path)).stdout == "4 passed, 0 failed\n"


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    run("new", ID, "--into", str(tmp_path))
    file = tmp_path / f"{ID}.yaml"
    file.write_text("mine")
    assert run("new", ID, "--into", str(tmp_path)).exit_code == 1
    assert file.read_text() == "mine"


@pytest.mark.parametrize("wrong", ["Reward", "reward", "zone/example", "zone..reward", "../x.y"])
def test_an_impossible_id_is_wrong_use(tmp_path: Path, wrong: str) -> None:
    assert run("new", wrong, "--into", str(tmp_path)).exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packs with one policy, in place of the program's."""
    packs = tmp_path / "packs"
    (packs / "example-zone").mkdir(parents=True)
    (packs / "practices.yaml").write_text("practices: []\n")
    run("new", ID, "--into", str(packs / "example-zone" / "policies"))
    monkeypatch.setenv("LIANSHANG_PACKS", str(packs))
    return packs / "example-zone" / "policies" / f"{ID}.yaml"


def test_policies_of_packs_are_checked_and_tested_with_the_library(pack: Path) -> None:
    national = len(list(policy_files.read_policies(policy_files.default_folder())))
    assert run("check").stdout == f"{national + 1} policies, 0 errors, 0 warnings\n"
    pack.write_text(pack.read_text().replace("revenue_y0 >=", "revenu_y0 >="))
    refused = run("check")
    assert refused.exit_code == 1
    assert f"{ID}:require.all[1].when" in refused.stdout


def test_a_pack_that_repeats_an_id_of_the_library_is_refused(pack: Path) -> None:
    original = policy_files.default_folder() / "sta" / "cn.cit.western_15.yaml"
    shutil.copy(original, pack.parent)
    refused = run("check")
    assert refused.exit_code == 1
    assert "error: cn.cit.western_15:id: Two policies have this id." in refused.stdout


def test_the_table_lists_what_packs_bring(pack: Path) -> None:
    lines = run("coverage").stdout.splitlines()
    assert (
        f"| example-zone | 新政策（请改名） | [`{ID}`](../packs/example-zone/policies/{ID}.yaml) "
        "| 2026-01-01 – 2026-12-31 | 4 | – | to confirm |"
    ) in lines
