"""A plain report in Word: A4, headings, paragraphs, tables that repeat their head, numbered pages.

Not an office paper: no red head, no type area of GB/T 9704. Fonts are those of `layout`, with the
same stand-ins, so that a report looks the same in Word, WPS and LibreOffice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from lianshang.core.papers.layout import BLACK, SONG, as_bytes, set_font

MARGIN = Mm(22)
GREY = RGBColor(0x59, 0x59, 0x59)
HEAD_SHADE = "EEF1F5"
# name, font, size, before, after, alignment
STYLES = (
    ("报告标题", BLACK, Pt(20), Pt(0), Pt(4), ALIGN.LEFT),
    ("报告副题", SONG, Pt(10.5), Pt(0), Pt(10), ALIGN.LEFT),
    ("报告一级", BLACK, Pt(14), Pt(14), Pt(4), ALIGN.LEFT),
    ("报告二级", BLACK, Pt(11), Pt(8), Pt(2), ALIGN.LEFT),
    ("报告正文", SONG, Pt(10.5), Pt(0), Pt(3), ALIGN.LEFT),
    ("报告小字", SONG, Pt(9), Pt(0), Pt(2), ALIGN.LEFT),
    ("报告表头", BLACK, Pt(9.5), Pt(1), Pt(1), ALIGN.LEFT),
    ("报告表文", SONG, Pt(9.5), Pt(1), Pt(1), ALIGN.LEFT),
    ("报告数字", SONG, Pt(9.5), Pt(1), Pt(1), ALIGN.RIGHT),
)
GREY_STYLES = frozenset({"报告副题", "报告小字"})


class Report:
    """A document that grows from top to bottom."""

    def __init__(self, title: str, subtitle: str, footer: str) -> None:
        self.document = Document()
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = MARGIN
        section.top_margin = section.bottom_margin = MARGIN
        for style in STYLES:
            self._add_style(*style)
        properties = self.document.core_properties
        properties.author, properties.comments, properties.title = "", "", title
        self._number_pages(footer)
        self.write(title, "报告标题")
        self.write(subtitle, "报告副题")

    def _add_style(  # noqa: PLR0917 - one row of STYLES
        self, name: str, font: str, size: Length, before: Length, after: Length, alignment: ALIGN
    ) -> None:
        style: Any = self.document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        set_font(style.element.get_or_add_rPr(), font, size)
        layout = style.paragraph_format
        layout.space_before, layout.space_after = before, after
        layout.alignment, layout.line_spacing = alignment, 1.25
        if name in ("报告一级", "报告二级"):
            layout.keep_with_next = True
        if name in GREY_STYLES:
            style.font.color.rgb = GREY

    def _number_pages(self, footer: str) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.style = "报告小字"
        paragraph.add_run(f"{footer}    ")
        for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
            element: Any = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            element.text = text or None
            paragraph.add_run()._r.append(element)

    def write(self, text: str, style: str = "报告正文", *, bold: str = "") -> Paragraph:
        """One paragraph; `bold` is said first, in bold."""
        paragraph = self.document.add_paragraph(style=style)
        if bold:
            paragraph.add_run(bold).bold = True
        paragraph.add_run(text)
        return paragraph

    def heading(self, text: str, level: int = 1) -> None:
        self.write(text, "报告一级" if level == 1 else "报告二级")

    def table(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[int],
        numbers: Sequence[int] = (),
    ) -> None:
        """A table with a head that every page repeats; `widths` in mm, `numbers` align right."""
        table = self.document.add_table(rows=0, cols=len(header), style="Table Grid")
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        for index, row in enumerate([header, *rows]):
            cells = table.add_row().cells
            for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
                cell.width = Mm(widths[place])
                style = "报告表头" if index == 0 else "报告表文"
                _fill(cell, text, "报告数字" if place in numbers and index else style)
                if index == 0:
                    _shade(cell)
            _keep_together(table.rows[-1], is_head=index == 0)
        self.write("", "报告小字")

    def content(self) -> bytes:
        return as_bytes(self.document)


def _fill(cell: _Cell, text: str, style: str) -> None:
    lines = text.split("\n")
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(lines[0])
    for line in lines[1:]:
        cell.add_paragraph(line, "报告小字")


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), HEAD_SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _keep_together(row: Any, *, is_head: bool) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
