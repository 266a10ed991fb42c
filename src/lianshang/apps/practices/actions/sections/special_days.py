"""Writing special days."""

from django.db.models import Model

from lianshang.apps.practices.actions.sections.base import Writer
from lianshang.apps.practices.queries.sections.base import Known
from lianshang.apps.practices.queries.sections.special_days import SpecialDayRow
from lianshang.core.accounts.models import User
from lianshang.core.calendars.actions import put_special_day, remove_special_day
from lianshang.core.calendars.choices import Scope
from lianshang.core.calendars.models import SpecialDay


class SpecialDayWriter(Writer):
    """Special days, through the verbs of calendars."""

    section = "special_days"

    def write(
        self,
        *,
        actor: User | None,
        row: SpecialDayRow,
        found: SpecialDay | None,
        known: Known,
        reason: str,
    ) -> Model:
        return put_special_day(actor=actor, scope=Scope.ZONE, reason=reason, **row.model_dump())

    def erase(self, *, actor: User | None, found: SpecialDay, reason: str) -> None:
        remove_special_day(actor=actor, day=found, reason=reason)
