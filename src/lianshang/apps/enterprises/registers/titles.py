"""资格名单: who holds which title, from which day to which day; a complete list also says who does
not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.choices import ValueType
from lianshang.apps.enterprises.registers.base import CODE, NAME
from lianshang.apps.enterprises.registers.facts import (
    OBSERVED_ON,
    SOURCE,
    all_sources,
    source_problems,
)
from lianshang.apps.enterprises.registers.quantities import Quantities
from lianshang.apps.enterprises.registers.titles_export import export_titles
from lianshang.apps.enterprises.registers.titles_session import TitleSession
from lianshang.core.imports.parsers import day, text
from lianshang.core.imports.problems import Finding
from lianshang.core.imports.registry import Column, Question, Register, Session, Table, Target

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch


class TitleRegister(Register):
    """One row for each title that a firm holds."""

    name = "titles"
    label = _("资格名单")
    purpose = _("高新技术企业等资格的持有名单；名单完整时，名录中不在名单上的企业记为“未持有”")
    subject_column = "name"
    needed = (("credit_code", "name"),)
    needs_source = True
    questions = (
        Question("title", _("这份名单的资格（没有“资格”列时）"), "choice"),
        Question("complete", _("名单完整：名录中不在名单上的企业记为“未持有”"), "flag"),
        Question("observed_on", _("名单日期"), "day"),
    )
    columns = (
        CODE,
        NAME,
        Column(
            "title",
            _("资格"),
            text(120),
            ("资格名称", "认定类别", "称号", "名单类别"),
            help=_("目录中的资格名称或代码；整份名单同一资格时可在导入时选定"),
            example="高新技术企业",
        ),
        Column(
            "number",
            _("证书编号"),
            text(40),
            ("证书号", "编号", "入库登记编号", "证书编码"),
            example="GR202699000001",
        ),
        Column(
            "valid_from",
            _("发证日期"),
            day(),
            ("发证时间", "认定日期", "认定时间", "有效期起", "入库日期"),
            example="2024-11-01",
        ),
        Column(
            "valid_until",
            _("有效期至"),
            day(open_ended=True),
            ("有效期止", "到期日期", "有效期", "截止有效期"),
            help=_("长期有效的留空"),
            example="2027-10-31",
        ),
        OBSERVED_ON,
        SOURCE,
    )

    def __init__(self, titles: Quantities | None = None) -> None:
        self._titles = titles

    def opened(self) -> Register:
        return TitleRegister(Quantities(ValueType.TITLE))

    @property
    def titles(self) -> Quantities:
        """The catalogue's titles; only an opened register has them."""
        assert self._titles is not None
        return self._titles

    def table_problems(
        self, targets: Sequence[Target], source: str, options: Mapping[str, Any]
    ) -> list[Finding]:
        chosen = {target.column for target in targets}
        findings = source_problems(chosen, source)
        if "title" not in chosen and options.get("title") not in self.titles.by_code:
            findings.append(Finding("title_missing"))
        return findings

    def sources(self) -> list[tuple[str, str]]:
        return all_sources()

    def answers(self, question: str) -> list[tuple[str, str]]:
        return [(title.code, title.label) for title in self.titles.by_code.values()]

    def session(self, batch: ImportBatch, actor: User | None) -> Session:
        return TitleSession(batch, actor, self.titles)

    def export(self, user: User | None, purpose: str) -> Table:
        return export_titles(self, user, purpose)
