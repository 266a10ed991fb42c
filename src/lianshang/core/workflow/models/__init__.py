"""Kinds of duties, duties with their log, and where duties come from."""

from lianshang.core.workflow.models.duties import Duty, DutyParty, Entry
from lianshang.core.workflow.models.kinds import ClockRule, DutyKind, Rung
from lianshang.core.workflow.models.origins import Origin

__all__ = ["ClockRule", "Duty", "DutyKind", "DutyParty", "Entry", "Origin", "Rung"]
