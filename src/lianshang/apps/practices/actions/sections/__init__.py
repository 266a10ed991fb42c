"""What writes the rows of a pack: one writer per section, under the section's name."""

from lianshang.apps.practices.actions.sections.base import Writer
from lianshang.apps.practices.actions.sections.duty_kinds import DutyKindWriter
from lianshang.apps.practices.actions.sections.policies import PolicyWriter
from lianshang.apps.practices.actions.sections.special_days import SpecialDayWriter
from lianshang.apps.practices.actions.sections.units import UnitWriter

WRITERS: dict[str, Writer] = {
    one.section: one for one in (UnitWriter(), SpecialDayWriter(), DutyKindWriter(), PolicyWriter())
}

__all__ = ["WRITERS", "Writer"]
