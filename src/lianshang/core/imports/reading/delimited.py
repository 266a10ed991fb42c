"""CSV files: encoding and delimiter found out, quotes checked."""

import codecs
import csv
import io

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import FileRefused
from lianshang.core.imports.parsers import Raw
from lianshang.core.imports.reading.sheets import Sheet

_DELIMITERS = ",\t;|"
_LONGEST_FIELD = 32_767  # characters a spreadsheet cell can hold


def read_delimited(content: bytes) -> Sheet:
    """The one sheet of a CSV file, nameless; raises FileRefused."""
    text = _decode(content)
    delimiter = _delimiter(text)
    csv.field_size_limit(_LONGEST_FIELD * 4)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[Raw]] = []
    try:
        for fields in reader:
            rows.append(list(fields))
    except csv.Error as error:
        place = _("第 %s 行附近") % (reader.line_num or 1)
        raise FileRefused("quote_not_closed", place) from error
    width = max(map(len, rows), default=0)
    for row in rows:
        row.extend([""] * (width - len(row)))
    return Sheet("", rows)


def _decode(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused("encoding", _("其他编码"))


def _delimiter(text: str) -> str:
    """The candidate that stands most often in the first lines."""
    head = text[:20_000].splitlines()[:20]
    return max(_DELIMITERS, key=lambda sign: sum(line.count(sign) for line in head))
