"""Writing kinds of duties."""

from django.db.models import Model

from lianshang.apps.practices.actions.sections.base import Writer
from lianshang.apps.practices.queries.sections.base import Known
from lianshang.apps.practices.queries.sections.duty_kinds import DutyKindRow
from lianshang.core.accounts.models import User
from lianshang.core.workflow.actions.kinds import put_duty_kind
from lianshang.core.workflow.models import DutyKind


class DutyKindWriter(Writer):
    """Kinds of duties, through the verb of workflow."""

    section = "duty_kinds"

    def write(
        self,
        *,
        actor: User | None,
        row: DutyKindRow,
        found: DutyKind | None,
        known: Known,
        reason: str,
    ) -> Model:
        return put_duty_kind(actor=actor, definition=row.definition(), reason=reason)
