"""What papers are furnished with: red masthead and line, signature with room for the seal, tables,
the imprint at the foot of the last page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_UNDERLINE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from lianshang.core.papers import layout
from lianshang.core.papers.layout import AREA_WIDTH, LINE, RED, SIZE_3, SIZE_4, gap, write

MASTHEAD_TO_AREA = Mm(35)  # 7.2.4, 10.3: from the top of the type area to the masthead
LETTER_HEAD = Mm(30)  # 10.1: from the edge of the paper to the masthead of a letter
LETTER_LINE = Mm(170)  # 10.1: length of the double lines, centred on the paper
MASTHEAD_SIZES = (26, 48)  # points: the smallest and largest a masthead is set in
# 7.4.1: rules of about 0.35 mm and 0.25 mm, as underlines.
THICK, THIN = WD_UNDERLINE.THICK, WD_UNDERLINE.SINGLE
FORM_LINE = 6
CELL_MARGIN = Mm(1)
_AFTER_BORDER = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct"),
    *("w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd"),
    *("w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:jc"),
    *("w:textAlignment", "w:outlineLvl", "w:rPr", "w:sectPr"),
)
_AFTER_FRAME = ("w:widowControl", "w:numPr", "w:pBdr", *_AFTER_BORDER)


def masthead_size(name: str) -> Length:
    """As large as the name fits the type area in one line, within what looks right."""
    smallest, largest = MASTHEAD_SIZES
    fitting = int(AREA_WIDTH.pt / max(len(name), 1))
    return Pt(max(smallest, min(largest, fitting)))


def red(paragraph: Paragraph, size: Length) -> None:
    """The only coloured text of a paper."""
    for run in paragraph.runs:
        layout.set_font(run._r.get_or_add_rPr(), layout.SONG_TITLE, size)
        run.font.color.rgb = RED
    paragraph.paragraph_format.line_spacing = Pt(size.pt * 1.3)
    paragraph.alignment = ALIGN.CENTER


def masthead(document: DocumentType, text: str, fitted_to: str) -> None:
    """The red name of the issuer, 35 mm below the top of the type area."""
    gap(document, MASTHEAD_TO_AREA)
    red(write(document, text, "顶格", keep=True), masthead_size(fitted_to))


def border(paragraph: Paragraph, side: str, *, kind: str, width: int, colour: str) -> None:
    """A line of the paragraph's width on one side."""
    properties = paragraph._p.get_or_add_pPr()
    borders = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="{kind}" w:sz="{width}" w:space="0" '
        f'w:color="{colour}"/></w:pBdr>'
    )
    properties.insert_element_before(borders, *_AFTER_BORDER)


def red_line(document: DocumentType) -> None:
    """7.2.7: as wide as the type area, 4 mm under the line above it."""
    border(gap(document, Mm(4)), "bottom", kind="single", width=12, colour="FF0000")


def sides(document: DocumentType, left: str, right: str, *, keep: bool = True) -> Paragraph:
    """Two texts on one line: one character in from the left and from the right."""
    paragraph = write(document, f"{left}\t{right}", "顶格", keep=keep)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = SIZE_3
    _right_stop(paragraph, SIZE_3)
    return paragraph


def _right_stop(paragraph: Paragraph, indent: Length) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT

    stop = Length(AREA_WIDTH - indent)
    paragraph.paragraph_format.tab_stops.add_tab_stop(stop, WD_TAB_ALIGNMENT.RIGHT)


def letter(document: DocumentType, text: str, fitted_to: str) -> None:
    """10.1: masthead and double red lines of a letter, on its first page only, without a number."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = LETTER_HEAD
    head, foot = section.first_page_header, section.first_page_footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    name = head.paragraphs[0]
    name.style = "顶格"
    name.add_run(text)
    red(name, masthead_size(fitted_to))
    name.paragraph_format.space_after = Mm(2)
    _double_line(head.add_paragraph("", "顶格"), "top", "thickThinSmallGap")
    _double_line(foot.paragraphs[0], "bottom", "thinThickSmallGap")


def begin_letter(office: str) -> DocumentType:
    """A new letter down to whom it is addressed: masthead, number, title, addressee."""
    document = layout.new_paper()
    letter(document, "{{ office }}", office)
    write(document, "{{ number }}", "发文字号", keep=True).alignment = ALIGN.RIGHT
    blank_lines(document, 2)
    write(document, "{{ title }}", "公文标题", keep=True)
    blank_lines(document, 1)
    write(document, "{{ addressee }}：", "顶格", keep=True)
    return document


def _double_line(paragraph: Paragraph, side: str, kind: str) -> None:
    paragraph.style = "顶格"
    spacing = paragraph.paragraph_format
    spacing.line_spacing = Pt(4)
    outside = Length((layout.WIDTH - LETTER_LINE) // 2)
    spacing.left_indent = Length(outside - layout.LEFT)
    spacing.right_indent = Length(outside - layout.RIGHT)
    border(paragraph, side, kind=kind, width=24, colour="FF0000")


def signature(document: DocumentType, office: str, day: str) -> None:
    """7.3.5.1: office above date, the date four characters in from the right, the office centred on
    it; two lines above are left for the seal, and all of it stays on one page with the text.
    """
    blank_lines(document, 2)
    for text, keep in ((office, True), (day, False)):
        paragraph = write(document, text, "落款", keep=keep)
        # A date is about 112 pt wide: centred 120 pt from the right it ends four characters in.
        paragraph.paragraph_format.left_indent = Length(AREA_WIDTH - Pt(240))


def imprint(
    document: DocumentType, lines: Sequence[tuple[str, str]], *, ruled: bool = True
) -> None:
    """7.4: the block at the foot of the last page.

    Each line is a text and the condition under which it stands ("": always). A frame of paragraphs
    with rules between them: Word, WPS and LibreOffice all hold it to the foot of the type area.
    """
    if ruled:
        _rule(document, THICK)
    for number, (text, condition) in enumerate(lines):
        if condition:
            _framed(document, f"{{%p if {condition} %}}")
        _imprint_indents(_framed(document, text), text)
        if ruled:
            _rule(document, THICK if number == len(lines) - 1 else THIN)
        if condition:
            _framed(document, "{%p endif %}")
    gap(document, Pt(1), keep=False)


def _framed(document: DocumentType, text: str, style: str = "版记") -> Paragraph:
    paragraph = write(document, text, style)
    frame = parse_xml(
        f'<w:framePr {nsdecls("w")} w:w="{int(AREA_WIDTH.twips)}" w:hSpace="0" w:wrap="around" '
        'w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/>'
    )
    paragraph._p.get_or_add_pPr().insert_element_before(frame, *_AFTER_FRAME)
    return paragraph


def _rule(document: DocumentType, line: WD_UNDERLINE) -> None:
    """A rule as wide as the type area, drawn as an underlined tab: LibreOffice takes a frame apart
    whose paragraphs have different borders.
    """
    rule = _framed(document, "", "版记线")
    _right_stop(rule, Length(0))
    rule.add_run("\t").font.underline = line


def _imprint_indents(paragraph: Paragraph, text: str) -> None:
    """One character in on both sides; lines after the first begin behind "报："."""
    spacing = paragraph.paragraph_format
    spacing.left_indent = spacing.right_indent = SIZE_4
    if "\t" in text:
        _right_stop(paragraph, SIZE_4)
    else:
        label = text.index("：") + 1
        spacing.left_indent = Length(SIZE_4 * (label + 1))
        spacing.first_line_indent = Length(-SIZE_4 * label)


def tag_row(table: Table, tag: str, style: str = "小表文") -> None:
    """A row that holds nothing but a tag; it vanishes when the paper is made."""
    cells = new_row(table).cells
    cells[0].paragraphs[0].style = style
    cells[0].paragraphs[0].text = tag


def new_row(table: Table) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # python-docx left it so
    return row


def form_table(document: DocumentType, widths: Sequence[Length]) -> Table:
    """A ruled table as wide as the type area."""
    table: Table = document.add_table(rows=0, cols=len(widths))
    _widths(table, widths)
    sides_of = "".join(
        f'<w:{side} w:val="single" w:sz="{FORM_LINE}" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    borders = parse_xml(f"<w:tblBorders {nsdecls('w')}>{sides_of}</w:tblBorders>")
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )
    margins = "".join(
        f'<w:{side} w:w="{int(CELL_MARGIN.twips)}" w:type="dxa"/>' for side in ("left", "right")
    )
    cells = parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>")
    table._tbl.tblPr.insert_element_before(cells, "w:tblLook")
    return table


def _widths(table: Table, widths: Sequence[Length]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    total = OxmlElement("w:tblW")
    total.set(qn("w:w"), str(sum(int(width.twips) for width in widths)))
    total.set(qn("w:type"), "dxa")
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblW")):
        properties.replace(old, total)


def keep_row(row: _Row) -> None:
    """A row that never breaks across pages."""
    properties = row._tr.get_or_add_trPr()
    if properties.find(qn("w:cantSplit")) is None:
        properties.insert(0, OxmlElement("w:cantSplit"))


def repeat_row(row: _Row) -> None:
    """A row of headings that every page repeats."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def fill(cell: _Cell, text: str, style: str = "表文") -> _Cell:
    """The text of a cell, centred in its height."""
    paragraph = cell.paragraphs[0]
    paragraph.style, paragraph.text = style, text
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return cell


def list_table(
    document: DocumentType,
    headings: Sequence[tuple[str, Length, str]],
    *,
    each: str,
    of: str,
) -> Table:
    """Rows of a list: heading, width and placeholder of each column; headings on every page."""
    table = form_table(document, [width for _heading, width, _text in headings])
    head = new_row(table)
    for cell, (heading, _width, _text) in zip(head.cells, headings, strict=True):
        fill(cell, heading, "小表头")
    keep_row(head)
    repeat_row(head)
    tag_row(table, f"{{%tr for {each} in {of} %}}")
    row = new_row(table)
    for number, (cell, (_heading, _width, text)) in enumerate(
        zip(row.cells, headings, strict=True)
    ):
        fill(cell, text, "小表文居中" if number != 1 else "小表文")
    keep_row(row)
    tag_row(table, "{%tr endfor %}")
    return table


def row_height(row: _Row, height: Length) -> None:
    """At least so high: a box to write in."""
    row.height = height


def hanging(paragraph: Paragraph, label: str) -> Any:
    """Lines after the first begin under the text behind the label."""
    width = SIZE_3.pt + layout.TIGHTER / 20
    spacing = paragraph.paragraph_format
    spacing.left_indent = Pt(width * (len(label) + 2))
    spacing.first_line_indent = Pt(-width * len(label))
    return paragraph


def blank_lines(document: DocumentType, count: int) -> None:
    for _line in range(count):
        gap(document, LINE)
