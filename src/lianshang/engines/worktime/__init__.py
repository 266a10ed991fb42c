"""Working time: days, office hours, clocks with pauses, and when they run out.

Pure: a calendar and moments in, moments and reasons out. docs/worktime.md states the rule.
"""

from lianshang.engines.worktime.clocks import Clock, Pause, Start, Unit
from lianshang.engines.worktime.counting import (
    Due,
    due,
    is_working,
    next_working_moment,
    used,
    worked,
)
from lianshang.engines.worktime.days import Calendar, Day, DayKind, OfficeHours, SpecialDay
from lianshang.engines.worktime.steps import Step

__all__ = [
    "Calendar",
    "Clock",
    "Day",
    "DayKind",
    "Due",
    "OfficeHours",
    "Pause",
    "SpecialDay",
    "Start",
    "Step",
    "Unit",
    "due",
    "is_working",
    "next_working_moment",
    "used",
    "worked",
]
