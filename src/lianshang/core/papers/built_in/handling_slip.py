"""承办单: a form of ruled boxes, black, with room for opinions, signatures and days."""

from docx.document import Document as DocumentType
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Length, Mm
from docx.table import Table, _Row

from lianshang.core.papers.furniture import (
    fill,
    form_table,
    keep_row,
    new_row,
    row_height,
    sides,
    tag_row,
)
from lianshang.core.papers.layout import gap, new_paper, write

# Label, text, label, and the last text in two, so that a day fits the third column of the steps.
WIDTHS = (Mm(27), Mm(42), Mm(27), Mm(20), Mm(40))
BOTTOM = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
SIGN = "签字：　　　　　　　　　年　　月　　日"
SEAL = "（盖章）　　　　　　　　年　　月　　日"
# label of the box, what is printed in it, the line to sign, height
BOXES = (
    ("拟办意见", "{{ proposal }}", SIGN, Mm(20)),
    ("领导批示", "", SIGN, Mm(18)),
    ("办理结果", "", SEAL, Mm(20)),
    ("提出方评价", "□ 已解决，满意　　□ 部分解决　　□ 未解决", SIGN, Mm(15)),
)


def build(office: str) -> DocumentType:
    document = new_paper()
    write(document, "{{ title }}", "公文标题", keep=True)
    gap(document, Mm(2))
    head = sides(document, "编号：{{ number }}", "{{ day }}")
    head.paragraph_format.left_indent = head.paragraph_format.right_indent = Length(0)
    table = form_table(document, WIDTHS)
    _wide(table, "来　　源", "{{ source }}")
    _wide(table, "事　　项", "{{ matter }}")
    row_height(_wide(table, "诉求内容", "{{ request }}"), Mm(24))
    _pair(table, ("主办单位", "{{ owner }}"), ("协办单位", "{{ co_owners|join('、') or '—' }}"))
    _pair(table, ("接收时间", "{{ received }}"), ("办理时限", "{{ due }}"))
    tag_row(table, "{%tr if equation %}")
    keep_row(_wide(table, "时限算式", "{{ equation }}", "小表文"))
    tag_row(table, "{%tr endif %}")
    _steps(table)
    for label, printed, sign, height in BOXES:
        _box(table, label, printed, sign, height)
    return document


def _pair(table: Table, left: tuple[str, str], right: tuple[str, str]) -> None:
    row = new_row(table)
    fill(row.cells[0], left[0], "表头")
    fill(row.cells[1], left[1])
    fill(row.cells[2], right[0], "表头")
    fill(row.cells[3].merge(row.cells[4]), right[1])
    keep_row(row)


def _wide(table: Table, label: str, text: str, style: str = "表文") -> _Row:
    row = new_row(table)
    fill(row.cells[0], label, "表头")
    fill(row.cells[1].merge(row.cells[4]), text, style)
    return row


def _steps(table: Table) -> None:
    tag_row(table, "{%tr if steps %}")
    _step(table, ("办理环节", "责任单位", "时　　限", "签字、日期"), "表头")
    tag_row(table, "{%tr endif %}")
    tag_row(table, "{%tr for step in steps %}")
    _step(table, ("{{ step.name }}", "{{ step.owner }}", "{{ step.due }}", ""), "表文居中")
    tag_row(table, "{%tr endfor %}")


def _step(table: Table, texts: tuple[str, str, str, str], style: str) -> None:
    row = new_row(table)
    cells = (row.cells[0], row.cells[1], row.cells[2].merge(row.cells[3]), row.cells[4])
    for cell, text in zip(cells, texts, strict=True):
        fill(cell, text, style)
    keep_row(row)
    row_height(row, Mm(8))


def _box(table: Table, label: str, printed: str, sign: str, height: Length) -> None:
    """Opinion and signature in one row, which never breaks; the signature ends at the bottom."""
    row = _wide(table, label, printed)
    keep_row(row)
    row_height(row, height)
    cell = row.cells[1]
    cell.vertical_alignment = BOTTOM
    line = cell.add_paragraph(sign, "表文")
    line.alignment = ALIGN.RIGHT
    line.paragraph_format.right_indent = Mm(4)
    line.paragraph_format.space_before = Mm(1)
