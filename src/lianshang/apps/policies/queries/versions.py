"""The versions of one policy side by side: what each asks and gives, row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.wording import label_language
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.readings import asked, policy_read_out
from lianshang.apps.policies.queries.wording import label, policy_name

if TYPE_CHECKING:
    from datetime import date

    from lianshang.engines.rules.explain import ClauseExplanation, Explanation
    from lianshang.engines.rules.policy import Parameter


@dataclass(frozen=True)
class Row:
    """One aspect: a text per version, empty where that version has nothing of the kind."""

    label: str
    texts: Sequence[str]

    @property
    def differs(self) -> bool:
        return len(set(self.texts)) > 1


@dataclass(frozen=True)
class Section:
    """Rows of one kind."""

    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class SideBySide:
    """Versions as columns, oldest first."""

    versions: Sequence[Policy]
    sections: Sequence[Section]

    def cells(self, row: Row) -> list[tuple[Policy, str]]:
        """Each version with what the row says of it."""
        return list(zip(self.versions, row.texts, strict=True))


def side_by_side(family: str) -> SideBySide | None:
    """The versions of a family that can be read; None where there are fewer than two."""
    rows = Policy.objects.current().filter(family=family).order_by("valid_from", "code")
    read = [(row, told) for row in rows if (told := policy_read_out(row.code)) is not None]
    if len(read) < 2:
        return None
    tellings = [told for _row, told in read]
    sections = [
        Section(_("概要"), _summary(read)),
        Section(_("参数"), _parameters(tellings)),
        Section(_("条款"), _clauses(tellings)),
    ]
    return SideBySide([row for row, _told in read], [one for one in sections if one.rows])


def _summary(read: Sequence[tuple[Policy, Explanation]]) -> list[Row]:
    policies = [row for row, _told in read]
    definitions = [told.compiled.policy for _row, told in read]
    return [
        Row(_("名称"), [policy_name(row) for row in policies]),
        Row(_("有效期"), [_period(row) for row in policies]),
        Row(_("文件"), [row.documents for row in policies]),
        Row(_("渠道"), [str(row.get_channel_display()) for row in policies]),
        Row(_("可得"), [told.amount.label if told.amount else "" for _row, told in read]),
        Row(_("算式"), [_formula(told) for _row, told in read]),
        Row(_("受理单位"), [label(one.office) for one in definitions]),
        Row(_("期限"), [label(one.deadline) for one in definitions]),
    ]


def _period(row: Policy) -> str:
    return f"{row.valid_from} — {row.valid_until or _('长期')}"


def _formula(told: Explanation) -> str:
    return asked(told.amount.formula) if told.amount and told.amount.formula else ""


def _parameters(tellings: Sequence[Explanation]) -> list[Row]:
    held = [told.compiled.policy.parameters for told in tellings]
    names = dict.fromkeys(name for one in held for name in one)
    days = [told.compiled.day for told in tellings]
    return [
        Row(
            label(next(one[name] for one in reversed(held) if name in one).label),
            [
                _value(one[name], day) if name in one else ""
                for one, day in zip(held, days, strict=True)
            ],
        )
        for name in names
    ]


def _value(parameter: Parameter, day: date) -> str:
    """As the file writes it: the number and its unit."""
    from lianshang.engines.rules.formatting import format_number
    from lianshang.engines.rules.language.units import PURE

    value = parameter.at(day)
    if value is None:
        return ""
    share = parameter.unit.dimension == PURE and 0 < value < 1
    return format_number(value, parameter.unit.dimension, label_language(), percent=share)


def _clauses(tellings: Sequence[Explanation]) -> list[Row]:
    """Clauses that ask for the same facts stand in one row, whatever their numbers."""
    by_facts: list[dict[tuple[str, ...], list[tuple[str, str]]]] = []
    for told in tellings:
        found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for one in told.clauses:
            text = _clause(one, told.compiled.day.year)
            found.setdefault(_facts(told, one.id), []).append((one.id, text))
        by_facts.append(found)
    rows = []
    for key in dict.fromkeys(key for found in by_facts for key in found):
        cells = [found.get(key, []) for found in by_facts]
        numbers = dict.fromkeys(number for cell in cells for number, _said in cell)
        texts = ["；".join(said for _number, said in cell) for cell in cells]
        rows.append(Row("、".join(numbers), texts))
    return rows


def _clause(told: ClauseExplanation, year: int) -> str:
    """A clause read out, its years counted back from that of the version: "last year" of two
    versions is no change.
    """
    back = {year - 1: _("上年"), year - 2: _("前年"), year - 3: _("三年前")}

    def name(found: re.Match[str]) -> str:
        return found[1] + back.get(int(found[2]), found[0][1:-1]) + found[3]

    text = re.sub(r"([（(])(\d{4})\s?年?([）)])", name, asked(told.reading.text))
    return f"{told.label}：{text}"


def _facts(told: Explanation, clause: str) -> tuple[str, ...]:
    """The quantities a clause asks for, without their years."""
    from lianshang.engines.rules import nodes

    variables = nodes.variables(told.compiled.program.clauses[clause].value)
    known = told.compiled.catalogue.variables
    return tuple(sorted({known[name].quantity.name for name in variables})) or (clause,)
