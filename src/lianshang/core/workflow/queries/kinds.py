"""Questions about kinds of duties."""

from typing import Any

from lianshang.core.workflow.definitions import ClockDefinition, KindDefinition, RungDefinition
from lianshang.core.workflow.models import DutyKind


def clock_rules(kind: DutyKind, urgency: str) -> dict[str, dict[str, Any]]:
    """The clocks of a kind at a level of urgency, as a log row freezes them; levels that are not
    set fall back to "normal".
    """
    rules = {rule.clock: rule for rule in kind.clocks.all() if rule.urgency == "normal"}
    rules |= {rule.clock: rule for rule in kind.clocks.all() if rule.urgency == urgency}
    return {
        name: {
            "amount": rule.amount,
            "unit": rule.unit,
            "start": rule.start,
            "repeats": rule.repeats,
        }
        for name, rule in sorted(rules.items())
    }


def definition_of(kind: DutyKind) -> KindDefinition:
    """The kind as data."""
    clocks = tuple(
        ClockDefinition.model_validate(
            {name: getattr(rule, name) for name in ClockDefinition.model_fields}
        )
        for rule in kind.clocks.all()
    )
    ladder = tuple(
        RungDefinition.model_validate(
            {name: getattr(rung, name) for name in RungDefinition.model_fields}
            | {"named": rung.named.name if rung.named else None}
        )
        for rung in kind.ladder.select_related("named")
    )
    return KindDefinition(
        code=kind.code,
        name=kind.name,
        flow=kind.flow,  # type: ignore[arg-type]  # a choice of FlowName
        is_public=kind.is_public,
        clocks=clocks,
        ladder=ladder,
    )
