"""督办函: in the form of a letter (10.1), with double red lines and room for the seal."""

from docx.document import Document as DocumentType

from lianshang.core.papers.furniture import begin_letter, imprint, signature
from lianshang.core.papers.layout import write


def build(office: str) -> DocumentType:
    document = begin_letter(office)
    write(
        document,
        "{{ received }}交由你单位办理的“{{ matter }}”，办理时限为{{ due }}。截至{{ as_of }}，"
        "该事项尚未办结，已逾期{{ overdue }}{% if equation %}（{{ equation }}）{% endif %}。",
    )
    write(document, "{{ situation }}现将有关要求函告如下：", keep=True)
    write(document, "{%p for demand in demands %}")
    write(document, "{{ loop.index }}. {{ demand }}")
    write(document, "{%p endfor %}")
    write(document, "请于{{ reply_by }}前书面反馈办理结果或未办结原因。")
    write(document, "特此督办。", keep=True)
    signature(document, "{{ office }}", "{{ day }}")
    # 10.1: a letter's foot bears no rules, no issuer and no day of issue.
    imprint(document, (("抄送：{{ copies|join('、') }}。", "copies"),), ruled=False)
    return document
