"""The reason of an answer in one line: what is met, what is short, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.queries.wording import label

if TYPE_CHECKING:
    from datetime import date

    from lianshang.apps.policies.queries.answers import Answer

SHOWN = 3  # names in one line; more are counted


def reason(answer: Answer) -> str:
    """One line, for lists."""
    from lianshang.engines.rules.program import State

    standing = answer.standing
    if standing is Standing.ENTITLED:
        return _("%(n)s 条均满足") % {"n": len(answer.outcome.clauses)}
    if standing is Standing.NOT_KNOWN:
        names = [variable_label(name, answer.compiled.day) for name in answer.outcome.missing]
        return _("缺：%(names)s") % {"names": listed(names)}
    wanted = State.NEEDS_PERSON if standing is Standing.NEEDS_PERSON else State.NOT_MET
    names = [
        label(clause.label)
        for clause in answer.compiled.policy.clauses
        if answer.outcome.clauses[clause.id] is wanted
    ]
    text = _("待判断：%(names)s") if wanted is State.NEEDS_PERSON else _("不满足：%(names)s")
    return text % {"names": listed(names)}


def variable_label(name: str, day: date) -> str:
    """The label of a fact, with its year: 营业收入（2025年）."""
    variable = catalogue().variables[name]
    text = label(variable.quantity.label)
    if variable.years_back is None:
        return text
    return _("%(label)s（%(year)s 年）") % {
        "label": text,
        "year": day.year - 1 - variable.years_back,
    }


def listed(names: list[str]) -> str:
    """The first few names, and how many more."""
    text = "、".join(names[:SHOWN])
    return (
        text
        if len(names) <= SHOWN
        else _("%(names)s 等 %(n)s 项") % {"names": text, "n": len(names)}
    )
