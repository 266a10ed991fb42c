"""Logs written by hand for tests: acts at moments, the states as the flow's table leads them."""

from dataclasses import dataclass, field
from typing import Any

from tests.engines.worktime.china import at, china

from lianshang.core.workflow.choices import State
from lianshang.core.workflow.flows import FLOWS
from lianshang.core.workflow.replay import standing
from lianshang.core.workflow.standing import Standing

CHINA = china()
OWNER, HELPER, OTHER = 1, 2, 3
Act = tuple[Any, ...]  # "2026-11-16 09:00", "accept", and what it was told


def rule(amount: int, unit: str = "working_days", **rest: Any) -> dict[str, Any]:
    """One clock rule as a log row freezes it."""
    return {"amount": amount, "unit": unit, "start": "same", "repeats": False, **rest}


CLOCKS = {"contact": rule(4, "working_hours"), "stage": rule(3), "close": rule(5)}


@dataclass
class Row:
    """A row of a log, as replay reads it."""

    number: int
    act: str
    at: Any
    from_state: str
    to_state: str
    reason: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def log(
    *acts: Act, flow: str = "task", clocks: dict[str, Any] | None = None, **told: Any
) -> list[Row]:
    """A log; its first act opens the duty for OWNER."""
    rows: list[Row] = []
    state = ""
    for number, (moment, act, *rest) in enumerate(acts, start=1):
        data = rest[0] if rest else {}
        if number == 1:
            data = {"unit": OWNER, "clocks": CLOCKS if clocks is None else clocks, **told, **data}
            to_state = str(State.WAITING)
        else:
            row = FLOWS[flow].row(act, state)
            assert row, f"{act} from {state}"
            to_state = str(row.to or state)
        rows.append(Row(number, act, at(moment), state, to_state, f"{act}的理由", data))
        state = to_state
    return rows


def read(*acts: Act, flow: str = "task", **rest: Any) -> Standing:
    """The standing of such a log."""
    return standing(log(*acts, flow=flow, **rest), CHINA)


def dues(found: Standing) -> dict[str, str]:
    """When each running clock is due: {"close": "11-23 09:00"}; a paused one has none."""
    return {one.name: f"{one.due.at:%m-%d %H:%M}" if one.due.at else "" for one in found.running}
