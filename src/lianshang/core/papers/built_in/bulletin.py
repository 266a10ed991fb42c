"""简报: red masthead with the issue, items, figures with source and day, who gets it."""

from docx.document import Document as DocumentType
from docx.shared import Mm

from lianshang.core.papers.furniture import (
    blank_lines,
    imprint,
    list_table,
    masthead,
    red_line,
    sides,
)
from lianshang.core.papers.layout import gap, new_paper, write

FIGURES = (
    ("序号", Mm(12), "{{ loop.index }}"),
    ("指标", Mm(44), "{{ figure.name }}"),
    ("数值", Mm(32), "{{ figure.value }}{{ figure.unit }}"),
    ("来源", Mm(28), "{{ figure.source }}"),
    ("数据日期", Mm(40), "{{ figure.day }}"),
)


def build(office: str) -> DocumentType:
    document = new_paper()
    masthead(document, "{{ name }}", "简报名称" * 2)
    blank_lines(document, 1)
    write(document, "第{{ serial }}期", "发文字号", keep=True)
    sides(document, "{{ office }}", "{{ day }}")
    red_line(document)
    blank_lines(document, 2)
    write(document, "{{ title }}", "公文标题", keep=True)
    blank_lines(document, 1)
    write(document, "{%p if lead %}")
    write(document, "{{ lead }}")
    write(document, "{%p endif %}")
    write(document, "{%p for item in items %}")
    write(document, "{{ loop.index|cn }}、{{ item.heading }}", "一级标题", keep=True)
    write(document, "{{ item.text }}")
    write(document, "{%p endfor %}")
    write(document, "{%p if figures %}")
    write(document, "数据一览", "一级标题", keep=True)
    gap(document, Mm(1.5))
    list_table(document, FIGURES, each="figure", of="figures")
    write(document, "{%p endif %}")
    imprint(
        document,
        (
            ("报：{{ report_to|join('、') }}。", "report_to"),
            ("送：{{ send_to|join('、') }}。", "send_to"),
            ("发：{{ copy_to|join('、') }}。", "copy_to"),
            ("{{ office }}\t{{ day }}印发", ""),
        ),
    )
    return document
