"""A file at first sight: its sheet, its header, and a proposal which column is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from lianshang.core.files.guard import TableFile
from lianshang.core.imports.choices import Severity
from lianshang.core.imports.data_rows import data_rows, unnamed_columns
from lianshang.core.imports.headers import (
    Header,
    HeaderRows,
    find_header,
    header_at,
    recognise,
)
from lianshang.core.imports.parsers import text_of
from lianshang.core.imports.problems import Problem, shortened
from lianshang.core.imports.reading.sheets import Sheet
from lianshang.core.imports.reading.tables import Workbook
from lianshang.core.imports.registry import Register, Target

MOST_ROWS = 200_000
SAMPLE_ROWS = 5
Mapped = dict[int, Target]


@dataclass(frozen=True)
class Opening:
    """What a batch keeps of a file when it is opened."""

    sheets: list[str]
    sheet: str
    rows: HeaderRows
    mapping: Mapped
    sample: list[list[str]]
    total_rows: int
    problems: list[Problem]


def open_sheet(file: TableFile, workbook: Workbook, register: Register) -> Opening:
    """Look at the chosen sheet; problems say what is odd about the file as a whole."""
    sheet = workbook.sheet
    found = find_header(sheet, register)
    problems = _file_problems(file, workbook)
    if found is None:
        label = str(register.columns[0].label)
        problems.append(_problem("header_not_found", Severity.ERROR, label=label))
        found = header_at(sheet, 0, 0) if sheet.rows else HeaderRows(0, 0, ())
    first_row = found.last + 2
    mapping, mapping_problems = propose(register, found.headers, found.table_unit)
    left_out: list[Problem] = []
    numbered = list(data_rows(sheet, found.headers, first_row, left_out))
    problems += _header_problems(found) + mapping_problems
    problems += _unnamed(sheet, found.headers, first_row) + left_out
    if len(numbered) > MOST_ROWS:
        read = str(len(numbered))
        problems.append(_problem("too_many_rows", Severity.ERROR, read, largest=MOST_ROWS))
    if not numbered:
        problems.append(_problem("no_rows", Severity.ERROR))
    sample = [
        [shortened(text_of(raw)) for raw in row] for _row_number, row in numbered[:SAMPLE_ROWS]
    ]
    return Opening(workbook.sheets, sheet.name, found, mapping, sample, len(numbered), problems)


def propose(
    register: Register, headers: Sequence[Header], table_unit: str
) -> tuple[Mapped, list[Problem]]:
    """The mapping by names, and headers that could not be used."""
    mapping: Mapped = {}
    taken: dict[str, Header] = {}
    problems = []
    for header in headers:
        target = recognise(register, header, table_unit)
        if target is None:
            if header.parts:
                problems.append(_at(header, "column_unknown", Severity.WARNING))
        elif target.column in taken:
            other = taken[target.column].letter
            label = str(register.column(target).label)
            problems.append(_at(header, "column_twice", Severity.WARNING, label=label, other=other))
        else:
            mapping[header.index] = target
            taken[target.column] = header
    return mapping, problems


def mapping_problems(
    register: Register,
    headers: Sequence[Header],
    mapping: Mapping[int, Target],
    source: str = "",
    options: Mapping[str, Any] | None = None,
) -> list[Problem]:
    """What still keeps a mapping from being used: every one is an error."""
    problems = []
    options = options or {}
    chosen = [target.column for target in mapping.values()]
    for column in register.columns:
        if column.required and column.name not in chosen:
            problems.append(_problem("column_missing", Severity.ERROR, label=str(column.label)))
    for group in register.needed:
        if not set(group) & set(chosen):
            label = "”或“".join(str(register.column(Target(name)).label) for name in group)
            problems.append(_problem("column_missing", Severity.ERROR, label=label))
    by_index = {header.index: header for header in headers}
    for index, target in mapping.items():
        if chosen.count(target.column) > 1:
            label = str(register.column(target).label)
            others = [one for one, other in mapping.items() if other.column == target.column]
            letters = "、".join(by_index[one].letter for one in others if one != index)
            problems.append(
                _at(by_index[index], "column_twice", Severity.ERROR, label=label, other=letters)
            )
        for finding in register.column_problems(target, chosen, options):
            problems.append(
                _at(by_index[index], finding.code, finding.severity, **finding.parameters)
            )
    findings = register.table_problems(list(mapping.values()), source, options)
    return problems + [_problem(one.code, one.severity, **one.parameters) for one in findings]


def with_unit(register: Register, mapping: Mapped, unit: str) -> Mapped:
    """The same mapping, with a unit for amounts whose heading names none."""
    units = {choice.name: choice.units for choice in register.choices([])} if unit else {}
    return {
        index: Target(target.column, unit)
        if not target.unit and unit in units.get(target.column.partition("@")[0], ())
        else target
        for index, target in mapping.items()
    }


def stored(mapping: Mapping[int, Target]) -> dict[str, dict[str, str]]:
    return {str(index): target.as_json() for index, target in mapping.items()}


def restored(mapping: Mapping[str, Mapping[str, str]]) -> Mapped:
    return {int(index): Target(**target) for index, target in mapping.items()}


def _file_problems(file: TableFile, workbook: Workbook) -> list[Problem]:
    problems = []
    sheet = workbook.sheet
    if file.is_misnamed:
        extension = PurePath(file.name).suffix or file.name
        kind = f".{file.kind.value}"
        problems.append(_problem("misnamed", Severity.WARNING, extension, kind=kind))
    others = [name for name in workbook.sheets if name != sheet.name]
    if others:
        read = "、".join(workbook.sheets)
        problems.append(_problem("other_sheets", Severity.WARNING, read, sheet=sheet.name))
    if sheet.formulas > len(sheet.formulas_without_value):
        read = _("%s 个公式") % (sheet.formulas - len(sheet.formulas_without_value))
        problems.append(_problem("formulas_read", Severity.WARNING, read))
    return problems


def _header_problems(found: HeaderRows) -> list[Problem]:
    problems = []
    if found.table_unit:
        read = _("单位：%s") % found.table_unit
        problems.append(_problem("unit_from_title", Severity.WARNING, read, unit=found.table_unit))
    for header in found.headers:
        if len(header.parts) > 1:
            taken = "".join(header.parts)
            problem = _at(header, "merged_header", Severity.WARNING, taken=taken)
            problems.append(problem)
    return problems


def _unnamed(sheet: Sheet, headers: Sequence[Header], first_row: int) -> list[Problem]:
    return [
        _at(headers[index], "column_unnamed", Severity.WARNING)
        for index in unnamed_columns(sheet, headers, first_row)
    ]


def _problem(code: str, severity: str, read: str = "", **parameters: Any) -> Problem:
    return Problem(code, severity, read, parameters=parameters)


def _at(header: Header, code: str, severity: str, **parameters: Any) -> Problem:
    return Problem(
        code,
        severity,
        header.text,
        letter=header.letter,
        header=header.text,
        row=header.row,
        parameters=parameters,
    )
