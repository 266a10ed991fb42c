"""Registers in and out from the command line."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from tests import factories
from tests.core.imports.tables import Rows, code, workbook
from typer.testing import CliRunner, Result

from lianshang.apps.enterprises.models import Enterprise, Fact
from lianshang.cli import app

pytestmark = pytest.mark.django_db
HEADER = ("统一社会信用代码", "企业名称", "行业代码")
ROWS = [
    HEADER,
    (code(1), "示例光电科技有限公司", "6513"),
    (code(2), "示例软件有限公司", "9999"),
]


@pytest.fixture(autouse=True)
def _zone() -> None:
    factories.zone()


def saved(folder: Path, rows: Rows, name: str = "企业名录.xlsx") -> Path:
    path = folder / name
    path.write_bytes(workbook(rows, sheet="企业名录").getvalue())
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_good_rows_are_written_and_bad_ones_told(tmp_path: Path) -> None:
    done = run("import", "enterprises", saved(tmp_path, ROWS), "--yes")
    assert done.exit_code == 0
    assert "第 3 行 C 列“行业代码”：读到“9999”；应为GB/T 4754-2017 的行业代码。" in done.output
    assert "企业名录.xlsx（2 行）：隔离待核 1，已新增 1" in done.output
    assert Enterprise.objects.get().credit_code == code(1)


def test_machines_get_one_object(tmp_path: Path) -> None:
    done = run("import", "enterprises", saved(tmp_path, ROWS), "--yes", "--json")
    answer = json.loads(done.stdout)
    assert (answer["state"], answer["rows"], answer["counts"]) == (
        "done",
        2,
        {"quarantined": 1, "created": 1},
    )
    assert len(answer["problems"]) == 1


def test_nothing_is_written_without_a_yes(tmp_path: Path) -> None:
    done = run("import", "enterprises", saved(tmp_path, ROWS))
    assert done.exit_code == 1
    assert not Enterprise.objects.exists()


def test_source_options_and_unit_are_given_by_name(tmp_path: Path) -> None:
    run("import", "enterprises", saved(tmp_path, ROWS[:2]), "--yes")
    rows = [("企业名称", "营业收入"), ("示例光电科技有限公司", 100)]
    path = saved(tmp_path, rows, "年报.xlsx")
    refused = run("import", "facts", path, "--source", "firm", "--yes")
    assert refused.exit_code == 1
    assert "请在“列对应”页选定这一列的单位。" in refused.output
    options = ("--option", "year=2025", "--option", "unit=万元")
    assert run("import", "facts", path, "--source", "firm", *options, "--yes").exit_code == 0
    fact = Fact.objects.get()
    assert (fact.year, fact.number) == (2025, Decimal(1_000_000))


def test_a_register_that_is_exported_can_be_imported_again(tmp_path: Path) -> None:
    run("import", "enterprises", saved(tmp_path, ROWS[:2]), "--yes")
    out = tmp_path / "导出.csv"
    assert run("export", "enterprises", out).exit_code == 0
    done = run("import", "enterprises", out, "--yes", "--json")
    assert json.loads(done.stdout)["counts"] == {"unchanged": 1}


def test_stop_at_duplicates_ends_with_the_reason(tmp_path: Path) -> None:
    path = saved(tmp_path, ROWS[:2])
    run("import", "enterprises", path, "--yes")
    done = run("import", "enterprises", path, "--on-duplicate", "stop", "--yes")
    assert done.exit_code == 1
    assert "“示例光电科技有限公司”已在登记簿中" in done.output


@pytest.mark.parametrize(
    "arguments",
    [("import", "nothing", "x.xlsx"), ("export", "enterprises", "x.pdf"), ("import", "facts")],
)
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).exit_code == 2


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"%PDF-1.7")
    done = run("import", "enterprises", path)
    assert done.exit_code == 1
    assert "名单.xlsx：读到“PDF 文档”；应为.xlsx、.xls、.ods 或 .csv 表格。" in done.output
