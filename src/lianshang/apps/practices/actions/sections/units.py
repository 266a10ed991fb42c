"""Writing bodies."""

from django.db.models import Model

from lianshang.apps.practices.actions.sections.base import Writer
from lianshang.apps.practices.queries.sections.base import Known
from lianshang.apps.practices.queries.sections.units import UnitRow, Units
from lianshang.core.accounts.actions import change_unit, create_unit
from lianshang.core.accounts.models import Unit, User


class UnitWriter(Writer):
    """Bodies, through the verbs of accounts."""

    section = "units"

    def write(
        self, *, actor: User | None, row: UnitRow, found: Unit | None, known: Known, reason: str
    ) -> Model:
        parent = Units().parent(row, known)
        if found is None:
            return create_unit(
                actor=actor, kind=row.kind, name=row.name, parent=parent, reason=reason
            )
        change_unit(
            actor=actor, unit=found, name=row.name, parent=parent, is_active=True, reason=reason
        )
        return found
