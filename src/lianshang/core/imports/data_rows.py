"""The rows below a header that hold data: blank lines, totals, notes and repeated headers
left out.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from lianshang.core.imports.choices import Severity
from lianshang.core.imports.headers import Header, is_same_header
from lianshang.core.imports.parsers import Raw, is_blank, text_of
from lianshang.core.imports.problems import Problem, shortened
from lianshang.core.imports.reading.sheets import Sheet

_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|累\s*计)[:：]?")
_NOTE = re.compile(
    r"(?:注|备注|说明|填表|填报|制表|审核|负责人|联系人|单位负责|经办)[\w（）()]{0,8}[:：]"
)


def data_rows(
    sheet: Sheet, headers: Sequence[Header], first_row: int, left_out: list[Problem]
) -> Iterator[tuple[int, list[Raw]]]:
    """(number as the spreadsheet counts, cells) of each data row from `first_row`.

    Rows that look like something else are told of in `left_out`.
    """
    for number, row in enumerate(sheet.rows[first_row - 1 :], start=first_row):
        texts = [raw for raw in row if not is_blank(raw)]
        if not texts:
            continue
        code = _kind_of_other_row(row, texts, headers)
        if code is None:
            yield number, row
        else:
            read = shortened(text_of(texts[0]))
            left_out.append(Problem(code, Severity.WARNING, read, row=number))


def _kind_of_other_row(
    row: Sequence[Raw], texts: Sequence[Raw], headers: Sequence[Header]
) -> str | None:
    first = text_of(texts[0])
    if _TOTAL.fullmatch(first):
        return "total_row"
    if len(texts) <= 2 and _NOTE.match(first):
        return "note_row"
    if is_same_header(row, headers):
        return "repeated_header"
    return None


def unnamed_columns(sheet: Sheet, headers: Sequence[Header], first_row: int) -> Collection[int]:
    """Columns with content in the first data rows but without a name."""
    nameless = [header.index for header in headers if not header.parts]
    rows = sheet.rows[first_row - 1 : first_row + 99]
    return [index for index in nameless if any(not is_blank(row[index]) for row in rows)]
