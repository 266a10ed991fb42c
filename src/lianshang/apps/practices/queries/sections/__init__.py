"""The sections a pack may have: what a row is, what it is called here, what it holds today.

A section is one module: a schema for its rows and a class that reads. What writes it stands in
`actions/sections/` under the same name.
"""

from lianshang.apps.practices.queries.sections.base import Section
from lianshang.apps.practices.queries.sections.duty_kinds import DutyKinds
from lianshang.apps.practices.queries.sections.policies import Policies
from lianshang.apps.practices.queries.sections.special_days import SpecialDays
from lianshang.apps.practices.queries.sections.units import Units

# In the order of installing: what is named by others comes first.
SECTIONS: dict[str, Section] = {
    one.name: one for one in (Units(), SpecialDays(), DutyKinds(), Policies())
}

__all__ = ["SECTIONS", "Section"]
