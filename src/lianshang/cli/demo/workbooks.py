"""Writing an office's workbook row by row in constant memory; a long one has several files."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from lianshang.cli.demo.actors import actor_random
from lianshang.cli.demo.books import Figures
from lianshang.cli.demo.books.values import Entries
from lianshang.cli.demo.offices.sheets import Case, Cell, Sheet, Workbook, cell

ROWS_PER_FILE = 50_000  # offices split what their spreadsheet programs no longer open


@dataclass(slots=True)
class Filing:
    """One office filling its workbook: tell it of every actor, then close it."""

    workbook: Workbook
    folder: Path
    seed: int
    today: date
    paths: list[Path] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    _book: Any = None
    _day_format: Any = None
    _next: dict[str, int] = field(default_factory=dict)

    def tell(self, figures: Figures) -> None:
        """Write whatever rows the office has about the actor."""
        if self._book is None or max(self._next.values()) > ROWS_PER_FILE:
            self._begin()
        for sheet in self.workbook.sheets:
            random = actor_random(self.seed, figures.actor.index, sheet.name)
            case = Case(figures, random, self.today, self.seed)
            self._write(sheet, sheet.rows(case), random, is_careful=case.actor.is_demo_firm)

    def close(self) -> None:
        """Write the last rows and save."""
        for sheet in self.workbook.sheets:
            random = Random(f"{self.seed}/{sheet.name}/last")
            self._write(sheet, sheet.last_rows(), random, is_careful=False)
        self._save()

    def _begin(self) -> None:
        self._save()
        name = Path(self.workbook.file_name)
        part = f"_{len(self.paths) + 1}" if self.paths else ""
        path = self.folder / f"{name.stem}{part}{name.suffix}"
        self.paths.append(path)
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True})
        self._day_format = self._book.add_format({"num_format": "yyyy/m/d"})
        # the same zone on the same day gives the same file, byte for byte
        midnight = datetime(self.today.year, self.today.month, self.today.day)
        self._book.set_properties({"created": midnight, "author": "演示"})
        for sheet in self.workbook.sheets:
            self._next[sheet.name] = self._heading(sheet, self._book.add_worksheet(sheet.name))

    def _save(self) -> None:
        if self._book is not None:
            self._book.close()

    def _heading(self, sheet: Sheet, page: Any) -> int:
        """Titles, groups and headers; the number of lines used."""
        bold = self._book.add_format({"bold": True, "align": "center"})
        for line, title in enumerate(sheet.titles):
            page.merge_range(line, 0, line, len(sheet.columns) - 1, title, bold)
        line = len(sheet.titles)
        start = 0
        for text, width in sheet.groups:
            page.merge_range(line, start, line, start + width - 1, text, bold)
            start += width
        for index, column in enumerate(sheet.columns):
            page.write_string(sheet.header_row - 1, index, column.header, bold)
        return sheet.header_row

    def _write(
        self, sheet: Sheet, rows: Iterable[Entries], random: Random, *, is_careful: bool
    ) -> None:
        page = self._book.get_worksheet_by_name(sheet.name)
        for row in rows:
            line = self._next[sheet.name]
            for index, column in enumerate(sheet.columns):
                self._put(page, line, index, cell(column, row, random, is_careful=is_careful))
            self._next[sheet.name] = line + 1
            self.rows[sheet.name] = self.rows.get(sheet.name, 0) + 1

    def _put(self, page: Any, line: int, index: int, value: Cell) -> None:
        if isinstance(value, date):
            page.write_datetime(line, index, value, self._day_format)
        elif isinstance(value, int | float | Decimal):
            page.write_number(line, index, value)
        elif value:
            page.write_string(line, index, value)
