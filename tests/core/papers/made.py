"""Papers for tests: made from the samples, read back with python-docx."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.oxml.ns import qn

from lianshang.core.papers.contexts import PaperContext
from lianshang.core.papers.kinds import KINDS, values_of
from lianshang.core.papers.rendering import fill_template
from lianshang.core.papers.samples import SAMPLE_DAY

NUMBER = "示高管文〔2026〕3号"


def made(kind: str, context: PaperContext | None = None, title: str = "", **changes: Any) -> bytes:
    """A paper of the built-in template, filled with the sample or with changes of it."""
    of_kind = KINDS[kind]
    context = context or replace(of_kind.sample(), **changes)  # type: ignore[type-var]  # a dataclass
    values = values_of(of_kind, context, title=title, number=NUMBER, serial=3, day=SAMPLE_DAY)
    return fill_template(of_kind.built_in(context.office), values)


def opened(content: bytes) -> DocumentType:
    return Document(io.BytesIO(content))


def text_of(content: bytes) -> str:
    """Every paragraph of a paper in its order, headers and footers after the body."""
    document = opened(content)
    section = document.sections[0]
    around = (section.first_page_header, section.first_page_footer, section.footer)
    roots = [document.element.body, *(one._element for one in around)]
    paragraphs = (one for root in roots for one in root.iter(qn("w:p")))
    lines = ("".join(t.text or "" for t in one.iter(qn("w:t"))) for one in paragraphs)
    return "\n".join(line for line in lines if line)


def rows_of(content: bytes, table: int = 0) -> list[list[str]]:
    """The texts of a table's rows, merged cells once."""
    found = []
    for row in opened(content).tables[table].rows:
        cells: list[Any] = []
        for cell in row.cells:
            if cell._tc not in [one._tc for one in cells]:
                cells.append(cell)
        found.append([cell.text for cell in cells])
    return found


def left_over(content: bytes) -> list[str]:
    """What still looks like a placeholder."""
    return re.findall(r"\{\{.*?\}\}|\{%.*?%\}", text_of(content))
