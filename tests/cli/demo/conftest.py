"""One small invented zone, written once for all tests of this folder."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
import python_calamine

from lianshang.cli.demo.registers import RegisterFile, write_registers
from lianshang.cli.demo.sizes import Size

TODAY = date(2026, 11, 23)
Reader = Callable[[RegisterFile], list[dict[str, Any]]]


@pytest.fixture(scope="session")
def small_zone(tmp_path_factory: pytest.TempPathFactory) -> list[RegisterFile]:
    return write_registers(tmp_path_factory.mktemp("zone"), Size.S, 1, today=TODAY)


@pytest.fixture(scope="session")
def read() -> Reader:
    """The rows of one sheet, by header."""
    return read_rows


def read_rows(register_file: RegisterFile) -> list[dict[str, Any]]:
    sheet = python_calamine.CalamineWorkbook.from_path(str(register_file.path))
    rows: Sequence[Sequence[Any]] = sheet.get_sheet_by_name(register_file.sheet).to_python(
        skip_empty_area=False
    )
    headers = [str(header) for header in rows[register_file.header_row - 1]]
    return [dict(zip(headers, row, strict=True)) for row in rows[register_file.header_row :]]
