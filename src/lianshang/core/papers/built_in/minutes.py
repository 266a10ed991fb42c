"""会议纪要 (10.3): red masthead, decisions as a numbered table, those present after the text."""

from docx.document import Document as DocumentType
from docx.shared import Mm

from lianshang.core.papers.furniture import (
    blank_lines,
    hanging,
    imprint,
    list_table,
    masthead,
    red_line,
    sides,
)
from lianshang.core.papers.layout import BLACK, SIZE_3, gap, new_paper, set_font, write

DECISIONS = (
    ("序号", Mm(12), "{{ loop.index }}"),
    ("议定事项", Mm(54), "{{ decision.matter }}"),
    ("牵头单位", Mm(25), "{{ decision.owner }}"),
    ("配合单位", Mm(25), "{{ decision.co_owner or '—' }}"),
    ("完成时限", Mm(40), "{{ decision.due or '—' }}"),
)


def build(office: str) -> DocumentType:
    document = new_paper()
    masthead(document, "{{ office }}会议纪要", f"{office}会议纪要")
    blank_lines(document, 1)
    write(document, "{{ number }}", "发文字号", keep=True)
    sides(document, "{{ office }}", "{{ day }}")
    red_line(document)
    blank_lines(document, 2)
    write(document, "{{ title }}", "公文标题", keep=True)
    blank_lines(document, 1)
    for label, text in (
        ("时间", "{{ held }}"),
        ("地点", "{{ place }}"),
        ("主持", "{{ chair }}"),
    ):
        _labelled(document, label, text)
    write(document, "{%p if summary %}")
    write(document, "{{ summary }}")
    write(document, "{%p endif %}")
    write(document, "{%p for item in items %}")
    write(document, "{{ loop.index|cn }}、{{ item.heading }}", "一级标题", keep=True)
    write(document, "{{ item.text }}")
    write(document, "{%p endfor %}")
    write(document, "{%p if decisions %}")
    write(document, "会议议定以下事项：", keep=True)
    gap(document, Mm(1.5))
    list_table(document, DECISIONS, each="decision", of="decisions")
    write(document, "{%p endif %}")
    gap(document, keep=False)
    for label, name in (("出席", "present"), ("列席", "attending"), ("请假", "absent")):
        write(document, f"{{%p if {name} %}}")
        _labelled(document, label, f"{{{{ {name}|join('、') }}}}")
        write(document, "{%p endif %}")
    imprint(
        document,
        (
            ("报：{{ report_to|join('、') }}。", "report_to"),
            ("发送：{{ send_to|join('、') }}。", "send_to"),
            ("{{ office }}\t{{ day }}印发", ""),
        ),
    )
    return document


def _labelled(document: DocumentType, label: str, text: str) -> None:
    """A label in 黑体, two characters in; lines after the first stand under the text."""
    paragraph = hanging(write(document, ""), f"{label}：")
    set_font(paragraph.add_run(f"{label}：")._r.get_or_add_rPr(), BLACK, SIZE_3)
    paragraph.add_run(text)
