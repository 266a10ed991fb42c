"""拨付函: a letter (10.1) with the payments as a table and room for the seal."""

from docx.document import Document as DocumentType
from docx.shared import Mm

from lianshang.core.papers.furniture import begin_letter, list_table, signature
from lianshang.core.papers.layout import gap, write

COLUMNS = (
    ("序号", Mm(12), "{{ loop.index }}"),
    ("企业", Mm(42), "{{ payment.firm }}{% if payment.part %}（{{ payment.part }}）{% endif %}"),
    ("金额（元）", Mm(26), "{{ payment.amount }}"),
    ("大写", Mm(34), "{{ payment.capital }}"),
    ("户名、开户行、账号", Mm(42), "{{ payment.account }}"),
)


def build(office: str) -> DocumentType:
    document = begin_letter(office)
    write(
        document,
        "根据{{ policy }}，{% if decision %}经{{ decision }}，{% endif %}"
        "{% if notice %}{{ notice }}，{% endif %}现请拨付{{ matter }}资金，共{{ count }}家企业，"
        "合计{{ total }}元（大写：{{ total_capital }}）。明细如下：",
        keep=True,
    )
    gap(document, Mm(1.5))
    list_table(document, COLUMNS, each="payment", of="payments")
    write(document, "拨付后请将回单反馈我单位登记。", keep=True)
    signature(document, "{{ office }}", "{{ day }}")
    return document
