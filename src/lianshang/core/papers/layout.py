"""The page of GB/T 9704-2012: paper, type area, fonts, lines, page numbers.

Clauses are named beside the numbers; docs/papers.md says which of them await confirmation against
the printed standard. Everything a paper is made of is a paragraph or a cell in a named style, so
that an office can edit a template in Word or WPS.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

# 5.1, 5.2.1: A4; top margin 37 mm, binding margin 28 mm, type area 156 x 225 mm.
WIDTH, HEIGHT = Mm(210), Mm(297)
TOP, LEFT = Mm(37), Mm(28)
AREA_WIDTH, AREA_HEIGHT = Mm(156), Mm(225)
RIGHT, BOTTOM = Length(WIDTH - LEFT - AREA_WIDTH), Length(HEIGHT - TOP - AREA_HEIGHT)
# 5.2.2, 5.2.3: size 3 (16 pt), 22 lines of 28 characters. 28 x 16 pt would be 158 mm wide, so
# each character gives up a quarter point.
SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4 = Pt(22), Pt(16), Pt(14), Pt(12)
LINE = Pt(28.95)
TIGHTER = -5  # twentieths of a point

SONG_TITLE = "方正小标宋简体"
IMITATION_SONG = "仿宋_GB2312"
BLACK = "黑体"
REGULAR = "楷体_GB2312"
SONG = "宋体"
RED = RGBColor(0xFF, 0x00, 0x00)
# What Word takes where the font itself is not installed.
STAND_INS = {
    SONG_TITLE: "华文中宋,STZhongsong,宋体",
    IMITATION_SONG: "仿宋,FangSong",
    BLACK: "SimHei",
    REGULAR: "楷体,KaiTi",
}

# name, font, size, line, alignment, characters of first indent
STYLES = (
    ("公文标题", SONG_TITLE, SIZE_2, Pt(34), ALIGN.CENTER, 0),
    ("一级标题", BLACK, SIZE_3, LINE, ALIGN.JUSTIFY, 2),
    ("二级标题", REGULAR, SIZE_3, LINE, ALIGN.JUSTIFY, 2),
    ("公文正文", IMITATION_SONG, SIZE_3, LINE, ALIGN.JUSTIFY, 2),
    ("顶格", IMITATION_SONG, SIZE_3, LINE, ALIGN.LEFT, 0),
    ("发文字号", IMITATION_SONG, SIZE_3, LINE, ALIGN.CENTER, 0),
    ("落款", IMITATION_SONG, SIZE_3, LINE, ALIGN.CENTER, 0),
    ("版记", IMITATION_SONG, SIZE_4, Pt(24), ALIGN.LEFT, 0),
    ("表头", BLACK, SIZE_4, Pt(22), ALIGN.CENTER, 0),
    ("表文", IMITATION_SONG, SIZE_4, Pt(22), ALIGN.LEFT, 0),
    ("表文居中", IMITATION_SONG, SIZE_4, Pt(22), ALIGN.CENTER, 0),
    ("小表头", BLACK, SIZE_SMALL_4, Pt(20), ALIGN.CENTER, 0),
    ("小表文", IMITATION_SONG, SIZE_SMALL_4, Pt(20), ALIGN.LEFT, 0),
    ("小表文居中", IMITATION_SONG, SIZE_SMALL_4, Pt(20), ALIGN.CENTER, 0),
    ("版记线", IMITATION_SONG, Pt(5), Pt(6), ALIGN.LEFT, 0),
    ("页码", SONG, SIZE_4, Pt(14), ALIGN.RIGHT, 0),
)
LETTER_FOOT = Mm(20)  # 10.1: the lower double line of a letter stands 20 mm above the edge


def new_paper() -> DocumentType:
    """An empty document with the page, the styles and the page numbers of the standard."""
    document = Document()
    _set_page(document)
    _set_base(document)
    for name, font, size, line, alignment, indent in STYLES:
        _add_style(document, name, font, size, line, alignment, indent)
    _name_stand_ins(document)
    _number_pages(document)
    properties = document.core_properties
    properties.author, properties.comments, properties.title = "", "", ""
    return document


def as_bytes(document: DocumentType) -> bytes:
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def set_font(properties: Any, font: str, size: Length) -> None:
    """Font in all four slots, because Chinese and Latin text take theirs from different ones."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{slot}"), font)
    properties.sz_val = size


def _set_page(document: DocumentType) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.top_margin, section.left_margin = TOP, LEFT
    section.right_margin, section.bottom_margin = RIGHT, BOTTOM
    section.header_distance, section.footer_distance = Mm(15), LETTER_FOOT
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)  # lines have a fixed height; a grid would move them


def _set_base(document: DocumentType) -> None:
    """Normal: body text; widows are not moved, so that a page always has its 22 lines."""
    normal: Any = document.styles["Normal"]
    set_font(normal.element.get_or_add_rPr(), IMITATION_SONG, SIZE_3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    for old in normal.element.rPr.findall(qn("w:lang")):
        normal.element.rPr.remove(old)
    normal.element.rPr.append(language)
    properties = normal.element.get_or_add_pPr()
    for name in ("w:autoSpaceDE", "w:autoSpaceDN"):  # no air between figures and Chinese
        off = OxmlElement(name)
        off.set(qn("w:val"), "0")
        properties.append(off)
    spacing = normal.paragraph_format
    spacing.space_before = spacing.space_after = Pt(0)
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    spacing.widow_control = False


def _add_style(  # noqa: PLR0917 - one row of STYLES
    document: DocumentType,
    name: str,
    font: str,
    size: Length,
    line: Length,
    alignment: ALIGN,
    indent: int,
) -> None:
    style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    properties = style.element.get_or_add_rPr()
    set_font(properties, font, size)
    if size == SIZE_3:
        tighter = OxmlElement("w:spacing")
        tighter.set(qn("w:val"), str(TIGHTER))
        properties.find(qn("w:sz")).addprevious(tighter)
    layout = style.paragraph_format
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, line
    layout.alignment = alignment
    if indent:
        set_indent(style.element.get_or_add_pPr(), first=indent, size=size)


def set_indent(properties: Any, *, first: int, size: Length) -> None:
    """First-line indent in characters, as Word and WPS count them, with its width for others."""
    ind = properties.get_or_add_ind()
    ind.set(qn("w:firstLineChars"), str(first * 100))
    ind.set(qn("w:firstLine"), str(int(first * (size.pt * 20 + TIGHTER))))


def _name_stand_ins(document: DocumentType) -> None:
    """The font table's alternatives for fonts that are not everywhere installed."""
    table = next(p for p in document.part.package.iter_parts() if "fontTable" in p.partname)
    root: Any = parse_xml(table.blob)
    for font, others in STAND_INS.items():
        entry = parse_xml(
            f'<w:font {nsdecls("w")} w:name="{font}"><w:altName w:val="{others}"/>'
            '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        )
        root.append(entry)
    from lxml import etree

    table._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _number_pages(document: DocumentType) -> None:
    """7.5: "— 1 —", size 4, outside: odd pages right, even pages left, one character in."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, alignment in (
        (section.footer, ALIGN.RIGHT),
        (section.even_page_footer, ALIGN.LEFT),
    ):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = "页码"
        paragraph.alignment = alignment
        indent = "right_indent" if alignment == ALIGN.RIGHT else "left_indent"
        setattr(paragraph.paragraph_format, indent, SIZE_4)
        # The dash stands 7 mm under the type area, the footer ends 20 mm above the edge.
        paragraph.paragraph_format.space_after = Mm(5.5)
        paragraph.add_run("— ")
        for part in _page_field():
            paragraph.add_run()._r.append(part)
        paragraph.add_run(" —")


def _page_field() -> Iterator[Any]:
    for kind in ("begin", "", "separate", "1", "end"):
        if kind in {"begin", "separate", "end"}:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            yield mark
        else:
            text: Any = OxmlElement("w:t" if kind else "w:instrText")
            text.text = kind or "PAGE"
            yield text


def write(
    document: DocumentType, text: str, style: str = "公文正文", *, keep: bool = False
) -> Paragraph:
    """One paragraph; `keep` holds it on the page of the next."""
    paragraph = document.add_paragraph(text, style)
    paragraph.paragraph_format.keep_with_next = True if keep else None
    return paragraph


def gap(document: DocumentType, height: Length = LINE, *, keep: bool = True) -> Paragraph:
    """Empty height; a paragraph, because space before the first line of a page is dropped."""
    paragraph = write(document, "", "顶格", keep=keep)
    paragraph.paragraph_format.line_spacing = height
    return paragraph
