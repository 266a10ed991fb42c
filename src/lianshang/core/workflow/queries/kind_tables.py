"""Kinds of duties as tables for people: clocks per urgency, the ladder, the flow's transitions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lianshang.core.calendars import dates, equations
from lianshang.core.workflow.choices import ClockName, Need, Urgency, Who
from lianshang.core.workflow.flows import Flow
from lianshang.core.workflow.models import ClockRule, DutyKind, Rung
from lianshang.engines.worktime import Clock, Start, Unit


@dataclass(frozen=True)
class KindTable:
    """A kind as the list shows it."""

    kind: DutyKind
    clocks: list[tuple[str, list[str]]]  # clock → its words per urgency
    ladder: list[str]


def all_kinds() -> list[KindTable]:
    """Those in use before the others."""
    kinds = DutyKind.objects.prefetch_related("clocks", "ladder__named")
    return [_table(kind) for kind in kinds.order_by("-is_active", "name", "pk")]


def _table(kind: DutyKind) -> KindTable:
    rules = {(rule.clock, rule.urgency): rule for rule in kind.clocks.all()}
    clocks = [
        (str(name.label), [_clock_words(rules.get((name.value, one.value))) for one in Urgency])
        for name in ClockName
        if any(clock == name for clock, _urgency in rules)
    ]
    return KindTable(kind, clocks, [rung_words(rung) for rung in kind.ladder.all()])


def _clock_words(rule: ClockRule | None) -> str:
    if rule is None:
        return ""
    words = equations.clock_text(Clock(rule.amount, Unit(rule.unit), Start(rule.start)))
    if rule.start == Start.NEXT:
        words = dates.clauses([words, str(rule.get_start_display())])
    return words


def rung_words(rung: Rung) -> str:
    """办结 到期后 1 个工作日 → 主办单位的上级：超期一个工作日，报上级单位."""
    amount = equations.clock_text(Clock(rung.amount, Unit(rung.unit))) if rung.amount else ""
    when = f"{rung.get_clock_display()} {rung.get_side_display()} {amount}".strip()
    who = rung.named.name if rung.named else rung.get_audience_display()
    return dates.explained(f"{when} → {who}", rung.text)


@dataclass(frozen=True)
class TransitionRow:
    """One row of a flow in words."""

    act: str
    states: str
    to: str
    who: str
    needs: str


def transitions(flow: Flow) -> list[TransitionRow]:
    """The flow's table: act, from where, where to, who, what must be told."""
    return [
        TransitionRow(
            act=str(row.name),
            states=dates.listed(str(flow.label_of(state)) for state in row.states),
            to=str(flow.label_of(row.to)) if row.to else "",
            who=_labels(Who, row.who),
            needs=_labels(Need, row.needs),
        )
        for row in flow.rows
    ]


def _labels(choices: Any, values: Any) -> str:
    return dates.listed(str(choices(one).label) for one in values)
