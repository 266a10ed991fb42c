"""Writing policies."""

from django.db.models import Model

from lianshang.apps.policies.actions.library import put_policy, retire_policy
from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy
from lianshang.apps.practices.actions.sections.base import Writer
from lianshang.apps.practices.queries.sections.base import Known
from lianshang.apps.practices.queries.sections.policies import PolicyRow
from lianshang.core.accounts.models import User


class PolicyWriter(Writer):
    """Policies, through the verbs of policies."""

    section = "policies"

    def write(
        self, *, actor: User | None, row: PolicyRow, found: Policy | None, known: Known, reason: str
    ) -> Model:
        return put_policy(actor=actor, mapping=row.text.mapping, origin=Origin.PACK, reason=reason)

    def erase(self, *, actor: User | None, found: Policy, reason: str) -> None:
        # Retired first: the library is read anew when a history row says that it changed.
        retire_policy(actor=actor, policy=found, reason=reason)
        found.delete()
