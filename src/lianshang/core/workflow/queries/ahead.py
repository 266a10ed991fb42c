"""What the clocks of a duty would be if it were opened now."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from lianshang.core import clock
from lianshang.core.calendars.queries import calendar
from lianshang.core.workflow.choices import Act, State
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.queries.kinds import clock_rules
from lianshang.core.workflow.replay import standing


@dataclass
class Opening:
    """The first row of a log that is not written yet."""

    at: datetime
    data: dict[str, Any] = field(default_factory=dict)
    number: int = 1
    act: str = Act.OPEN
    from_state: str = ""
    to_state: str = State.WAITING
    reason: str = ""


def clocks_ahead(
    kind: DutyKind, urgency: str, close_by: date | None = None
) -> tuple[ClockStanding, ...]:
    """The clocks, read off such a log as the duty would begin with."""
    data: dict[str, Any] = {"clocks": clock_rules(kind, urgency), "urgency": urgency}
    if close_by:
        data["day"] = close_by.isoformat()
    return standing([Opening(clock.now(), data)], calendar()).running
