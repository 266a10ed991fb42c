"""A look into a workbook's own XML before a library builds its table.

Two things cannot be learnt afterwards: a cell placed far out, for which the reader would allocate
the whole
rectangle and die (a few hundred bytes ask for 500 GB), and formulas that were saved without a
value.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO
from xml.etree.ElementTree import ParseError, iterparse

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import FileRefused
from lianshang.core.imports.reading.sheets import LARGEST_AREA, column_index

_BLOCK = 4 * 1024 * 1024
_CELL = re.compile(rb"<(?:\w+:)?c[ >]")
_PLACE = re.compile(rb"[^>]*? r=[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?: [^>]*)?>[^<]")
_WITH_CONTENT = re.compile(rb"<(?:\w+:)?c [^>]*?r=[\"']([A-Z]{1,3})([0-9]{1,7})[\"'][^>]*?(?<!/)>")
_UNPLACED = re.compile(rb"<(?:\w+:)?c(?![^>]* r=)[^>]*(?<!/)>")
_ROW = re.compile(rb"<(?:\w+:)?row [^>]*?r=[\"']([0-9]{1,7})[\"']")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Scan:
    """What a worksheet's XML says: how many formulas, and which have no saved value (row, column
    from 0).
    """

    formulas: int = 0
    without_value: frozenset[tuple[int, int]] = frozenset()


def scan_workbook(handle: BinaryIO) -> dict[str, Scan]:
    """Every worksheet of an .xlsx by name; raises FileRefused for one that spreads too wide."""
    with zipfile.ZipFile(handle) as archive:
        try:
            return {name: _scan(archive.open(path)) for name, path in _worksheets(archive)}
        except (KeyError, ParseError) as error:
            raise FileRefused("corrupt", _("缺少工作表")) from error


def _worksheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    paths: dict[str, str] = {}
    for _event, element in iterparse(archive.open("xl/_rels/workbook.xml.rels")):
        if element.tag.endswith("}Relationship"):
            target = element.attrib.get("Target", "").lstrip("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            paths[element.attrib.get("Id", "")] = path
    for _event, element in iterparse(archive.open("xl/workbook.xml")):
        if element.tag.endswith("}sheet"):
            path = paths.get(element.attrib.get(_RELATION, ""), "")
            if "worksheets/" in path:
                yield element.attrib.get("name", ""), path


def _scan(stream: IO[bytes]) -> Scan:
    area, formulas = _Area(), 0
    without_value: set[tuple[int, int]] = set()
    for block in _whole_cells(stream):
        area.include(block)
        if _FORMULA.search(block):
            found, missing = _formulas(block)
            formulas += found
            without_value |= missing
    area.check()
    return Scan(formulas, frozenset(without_value))


@dataclass
class _Area:
    """The rectangle from the first cell to the last one with content."""

    width: int = 0
    height: int = 0

    def include(self, block: bytes) -> None:
        places = _WITH_CONTENT.findall(block)
        letters = {letters for letters, _row in places}
        self.width = max([self.width, *(column_index(one.decode()) + 1 for one in letters)])
        self.height = max([self.height, *(int(row) for _letters, row in places)])
        if _UNPLACED.search(block):  # cells may leave their place out: then they follow each other
            rows = block.split(b"<row ")
            self.width = max([self.width, *(len(_CELL.findall(row)) for row in rows)])
            self.height = max([self.height, *(int(row) for row in _ROW.findall(block))])

    def check(self) -> None:
        if self.width * self.height > LARGEST_AREA:
            area = f"{self.height} × {self.width}"
            raise FileRefused("sheet_too_large", area, largest=f"{LARGEST_AREA:,}")


def _whole_cells(stream: IO[bytes]) -> Iterator[bytes]:
    """Blocks of the XML that end where a cell begins, so that no cell is cut in two."""
    rest = b""
    while block := stream.read(_BLOCK):
        block = rest + block
        cut = max(block.rfind(b"<c "), block.rfind(b":c ") - 20, 0)
        if cut:
            yield block[:cut]
        rest = block[cut:]
    yield rest


def _formulas(block: bytes) -> tuple[int, set[tuple[int, int]]]:
    found, missing = 0, set()
    for cell in _CELL.split(block)[1:]:
        if _FORMULA.search(cell):
            found += 1
            place = _PLACE.match(b" " + cell)
            if place and not _VALUE.search(cell):
                missing.add((int(place[2]) - 1, column_index(place[1].decode())))
    return found, missing


def check_spreadsheet_area(handle: BinaryIO) -> None:
    """The same gate for .ods, whose cells and rows may be repeated by a number."""
    with zipfile.ZipFile(handle) as archive, archive.open("content.xml") as stream:
        try:
            _check_repeats(stream)
        except ParseError as error:
            raise FileRefused("corrupt", "content.xml") from error


def _check_repeats(stream: IO[bytes]) -> None:
    area = _Area()
    column = row = filled_to = 0
    for _event, element in iterparse(stream):
        name = element.tag.rpartition("}")[2]
        if name in {"table-cell", "covered-table-cell"}:
            column += _number(element.attrib, "number-columns-repeated")
            filled_to = column if len(element) else filled_to
        elif name == "table-row":
            row += _number(element.attrib, "number-rows-repeated")
            if filled_to:
                area.width, area.height = max(area.width, filled_to), row
                area.check()
            column = filled_to = 0
            element.clear()
        elif name == "table":
            area, row = _Area(), 0


def _number(attributes: dict[str, str], name: str) -> int:
    value = next((text for key, text in attributes.items() if key.endswith(name)), "1")
    return int(value) if value.isdigit() else 1
