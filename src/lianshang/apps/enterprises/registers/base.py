"""What the registers share: the columns that say which firm a row is about, and finding that
firm.
"""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.queries.matching import Identities, Known, identities
from lianshang.apps.enterprises.registers import fields
from lianshang.core.imports.registry import Column, Row

CODE_ALIASES = (
    *("信用代码", "社会信用代码", "统一代码", "统一信用代码", "代码", "单位代码", "企业代码"),
    *("纳税人识别号", "税号", "机构代码", "统一社会信用代码/注册号", "信用代码/税号"),
)
NAME_ALIASES = (
    *("企业", "名称", "单位", "单位名称", "企业全称", "单位全称", "单位详细名称", "公司名称"),
    *("纳税人名称", "权利人", "主体名称", "市场主体名称", "申报单位", "机构名称"),
)
CODE = Column(
    "credit_code",
    _("统一社会信用代码"),
    fields.credit_code,
    CODE_ALIASES,
    help=_("18 位，营业执照上的代码；请把该列设为“文本”格式"),
    example="91990001PDY00001XX",
)
NAME = Column(
    "name",
    _("企业名称"),
    fields.firm_name,
    NAME_ALIASES,
    help=_("营业执照上的全称；没有代码时按名称或曾用名对应"),
    example="示例光电科技有限公司",
)


def look_up(rows: Sequence[Row], *, with_retired: bool = False) -> Identities:
    """Everything the register knows by the codes and names of these rows."""
    return identities(
        {row.values["credit_code"] for row in rows if "credit_code" in row.values},
        {row.values["name"] for row in rows if "name" in row.values},
        with_retired=with_retired,
    )


def match_known_firms(rows: Sequence[Row]) -> None:
    """Set the subject of rows that must be about a firm of the register; refuse the others."""
    known = look_up(rows)
    for row in rows:
        firm = _find(row, known)
        if firm is not None:
            row.subject = firm.pk


def _find(row: Row, known: Identities) -> Known | None:
    code, name = row.values.get("credit_code"), row.values.get("name")
    if code and code in known.by_code:
        firm = known.by_code[code]
        if name and not known.has_name(firm.pk, name):
            row.warn("name_differs", "name", known=firm.name)
        return firm
    if not name:
        row.refuse("firm_unknown" if code else "firm_unnamed", "credit_code")
        return None
    candidates = known.named(name)
    if len(candidates) > 1:
        told = "；".join(str(one) for one in candidates[:5])
        row.refuse("name_ambiguous", "name", candidates=told)
        return None
    if not candidates:
        row.refuse("firm_unknown", "credit_code" if code else "name")
        return None
    firm = candidates[0]
    if code and firm.credit_code:
        row.refuse("other_code", "credit_code", known=firm.credit_code)
        return None
    if not firm.is_named(name):
        row.warn("matched_by_former_name", "name", known=firm.name)
    return firm
