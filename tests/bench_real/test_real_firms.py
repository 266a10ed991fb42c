"""Real firms with their dirt go through the importer: nothing is lost, nothing done twice."""

from pathlib import Path

import pytest
from bench.real_firms import chain_folder, convert, import_once, is_there

from lianshang.apps.enterprises.models import Enterprise
from lianshang.cli.demo.registers import RegisterFile

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not is_there(),
        reason=f"{chain_folder()} is not there: set LIANSHANG_BENCH_DATA to a folder with chain/",
    ),
]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> RegisterFile:
    return convert(chain_folder(), tmp_path_factory.mktemp("chain") / "上市公司.xlsx")


def test_every_row_is_accounted_for_and_the_same_file_changes_nothing(
    workbook: RegisterFile,
) -> None:
    first = import_once(workbook)
    assert first.rows == 3_700
    assert first.accounted == 3_700
    assert first.enterprises == first.states["created"]

    again = import_once(workbook)
    assert again.accounted == 3_700
    assert again.changes == 0
    assert again.enterprises == first.enterprises
    assert "created" not in again.states
    assert "updated" not in again.states


def test_a_firm_without_a_code_is_found_again_by_its_name(
    workbook: RegisterFile, tmp_path: Path
) -> None:
    import_once(workbook)
    assert Enterprise.objects.filter(credit_code__isnull=False).count() == 0
    assert Enterprise.objects.filter(name__contains="（").exists()  # 纽威数控装备（苏州）…
