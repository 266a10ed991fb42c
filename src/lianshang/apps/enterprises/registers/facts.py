"""指标数据: figures about firms, any number of catalogued quantities side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.choices import Period, ValueType
from lianshang.apps.enterprises.models import Source
from lianshang.apps.enterprises.registers.base import CODE, NAME
from lianshang.apps.enterprises.registers.facts_export import export_facts
from lianshang.apps.enterprises.registers.facts_session import FactSession
from lianshang.apps.enterprises.registers.quantities import (
    MONEY,
    Quantities,
    column_name,
    split_name,
    units_of,
)
from lianshang.core import clock
from lianshang.core.imports.parsers import Raw, Reading, day, error, text, text_of
from lianshang.core.imports.problems import Finding
from lianshang.core.imports.registry import (
    Choice,
    Column,
    Question,
    Register,
    Session,
    Table,
    Target,
)
from lianshang.engines.standards.text import half_width

if TYPE_CHECKING:
    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch

_IMPORTED = (ValueType.NUMBER, ValueType.BOOL, ValueType.DATE, ValueType.CODE)
_TEMPLATE_QUANTITIES = ("revenue", "rd_exp", "staff_end")


def year(raw: Raw) -> Reading:
    """2025, 2025年, 2025年度."""
    plain = half_width(text_of(raw)).removesuffix("度").removesuffix("年").strip()
    if not plain:
        return Reading(None)
    if plain.isdigit() and 1990 <= int(plain) <= clock.today().year + 1:
        return Reading(int(plain))
    return Reading(None, (error("not_a_year", latest=clock.today().year + 1),))


OBSERVED_ON = Column(
    "observed_on",
    _("数据日期"),
    day(),
    ("统计日期", "截止日期", "数据截止日期", "填报日期"),
    help=_("数据是哪一天的；不填按导入时选定的日期"),
    example="2026-03-31",
)
SOURCE = Column(
    "source",
    _("来源"),
    text(100),
    ("数据来源", "来源代码"),
    help=_("来源的代码或名称；不填按导入时选定的来源"),
    example="firm",
)


class FactRegister(Register):
    """One row for each firm (and year): code or name, then quantities by their heading."""

    name = "facts"
    label = _("指标数据")
    purpose = _("按列名识别数据项、年度和单位，如“2025年营业收入（万元）”；每个数值记明来源和日期")
    subject_column = "name"
    needed = (("credit_code", "name"),)
    needs_source = True
    has_dynamic_columns = True
    questions = (
        Question("observed_on", _("数据日期"), "day"),
        Question("year", _("年度（列名和行中都没有年度时）"), "year"),
    )
    columns = (
        CODE,
        NAME,
        Column(
            "year",
            _("年度"),
            year,
            ("年份", "所属年度", "数据年度", "统计年度"),
            help=_("列名没写年度的年度数据，按这一列"),
            example="2025",
        ),
        OBSERVED_ON,
        SOURCE,
    )

    def __init__(self, quantities: Quantities | None = None) -> None:
        self._quantities = quantities

    def opened(self) -> Register:
        return FactRegister(Quantities(*_IMPORTED))

    @property
    def quantities(self) -> Quantities:
        """The catalogue; only an opened register has it."""
        assert self._quantities is not None
        return self._quantities

    def column(self, target: Target) -> Column:
        if any(one.name == target.column for one in self.columns):
            return super().column(target)
        return self.quantities.column(target)

    def recognise(self, parts: Sequence[str], table_unit: str) -> Target | None:
        return self.quantities.target(parts, table_unit)

    def choices(self, headers: Sequence[str]) -> list[Choice]:
        """The fixed columns, then every quantity; annual ones for each year the headers speak
        of.
        """
        years = sorted({year for text in headers for year in _years(text)}, reverse=True)
        found = super().choices(headers)
        for quantity in self.quantities.by_code.values():
            units = units_of(quantity)
            found.append(Choice(quantity.code, quantity.label, units))
            if quantity.period == Period.ANNUAL:
                found += [
                    Choice(column_name(quantity.code, year), f"{year}年{quantity.label}", units)
                    for year in years
                ]
        return found

    def column_problems(
        self, target: Target, chosen: Sequence[str], options: Mapping[str, Any]
    ) -> list[Finding]:
        code, stated = split_name(target.column)
        quantity = self.quantities.by_code.get(code)
        if quantity is None:
            return []
        findings = []
        if quantity.unit == MONEY and not target.unit:
            findings.append(Finding("unit_missing", parameters={"label": quantity.label}))
        has_year = stated or "year" in chosen or options.get("year")
        if quantity.period == Period.ANNUAL and not has_year:
            findings.append(Finding("year_missing", parameters={"label": quantity.label}))
        return findings

    def table_problems(
        self, targets: Sequence[Target], source: str, options: Mapping[str, Any]
    ) -> list[Finding]:
        chosen = {target.column for target in targets}
        findings = []
        if not any(split_name(column)[0] in self.quantities.by_code for column in chosen):
            findings.append(Finding("no_values"))
        return findings + source_problems(chosen, source)

    def sources(self) -> list[tuple[str, str]]:
        return all_sources()

    def template_columns(self) -> list[Column]:
        """The fixed columns and three quantities as examples of a heading."""
        last = clock.today().year - 1
        examples = []
        for code in _TEMPLATE_QUANTITIES:
            quantity = self.quantities.by_code.get(code)
            if quantity:
                unit = "万元" if quantity.unit == MONEY else quantity.unit
                column = self.column(Target(column_name(code, last), unit))
                examples.append(
                    Column(column.name, f"{column.label}（{unit}）", column.parse, example="1234.5")
                )
        return [*self.columns, *examples]

    def session(self, batch: ImportBatch, actor: User | None) -> Session:
        return FactSession(batch, actor, self.quantities)

    def export(self, user: User | None, purpose: str) -> Table:
        return export_facts(user, purpose)


def all_sources() -> list[tuple[str, str]]:
    """Code and name, those of the greatest weight first."""
    return list(Source.objects.values_list("code", "name"))


def source_problems(chosen: set[str], source: str) -> list[Finding]:
    """Where the values come from must be known: for all rows, or by a column."""
    if source and not Source.objects.filter(code=source).exists():
        known = "、".join(Source.objects.values_list("code", flat=True))
        return [Finding("source_unknown", parameters={"known": known})]
    return [] if source or "source" in chosen else [Finding("source_missing")]


def _years(text: str) -> list[int]:
    plain = half_width(text)
    return [
        int(plain[start : start + 4])
        for start in range(len(plain) - 3)
        if plain[start : start + 4].isdigit() and plain[start : start + 2] in {"19", "20"}
    ]
