"""答复单: the questions of one unit as a table, blanks for the seal and for the unit's word."""

from docx.document import Document as DocumentType
from docx.shared import Mm

from lianshang.core.papers.furniture import blank_lines, list_table, sides, signature
from lianshang.core.papers.layout import gap, new_paper, write

COLUMNS = (
    ("序号", Mm(12), "{{ loop.index }}"),
    ("问题", Mm(42), "{{ answer.question }}"),
    ("答复", Mm(44), "{{ answer.answer }}"),
    ("主办单位", Mm(24), "{{ answer.owner }}"),
    (
        "提出、答复",
        Mm(34),
        "{{ answer.asked }}{% if answer.answered %} {{ answer.answered }}{% endif %}",
    ),
)


def build() -> DocumentType:
    document = new_paper()
    write(document, "{{ title }}", "公文标题", keep=True)
    gap(document, Mm(2))
    sides(document, "编号：{{ number }}", "{{ day }}")
    blank_lines(document, 1)
    write(document, "{{ asker }}：", "顶格", keep=True)
    write(document, "{{ about }}，现将办理情况答复如下：", keep=True)
    gap(document, Mm(1.5))
    list_table(document, COLUMNS, each="answer", of="answers")
    write(document, "{%p if closing %}")
    write(document, "{{ closing }}")
    write(document, "{%p endif %}")
    signature(document, "{{ office }}", "{{ day }}")
    blank_lines(document, 1)
    write(document, "送达单位意见：□ 认可　　□ 部分认可　　□ 退回重办", keep=True)
    write(document, "签字：　　　　　　　　　　　　　年　　月　　日")
    return document
