"""Taking rows of a pack away, and leaving to the zone what is the zone's."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext as _

from lianshang.apps.practices.actions.sections import WRITERS
from lianshang.apps.practices.choices import Fate
from lianshang.apps.practices.models import PackRow
from lianshang.apps.practices.queries.installed import uses
from lianshang.apps.practices.queries.outcomes import Outcome
from lianshang.apps.practices.queries.sections import SECTIONS, Section
from lianshang.apps.practices.queries.sections.base import digest
from lianshang.core.accounts.models import User


class Withdrawal:
    """Rows of one pack on their way out."""

    def __init__(self, actor: User | None, outcome: Outcome, reason: str) -> None:
        self.actor, self.outcome, self.reason = actor, outcome, reason

    def take(self, row: PackRow) -> None:
        """Forget a row; its object goes too if the pack made it and nobody changed or uses it."""
        fate, reason = self._erased(row)
        self.outcome.add(row.section, row.key, row.label, fate, reason)
        row.delete()

    def _erased(self, row: PackRow) -> tuple[Fate, str]:
        section = SECTIONS[row.section]
        found = section.get(row.object_pk)
        if found is None:
            return Fate.REMOVED, ""
        if reason := _why_kept(row, section, found):
            return Fate.KEPT, reason
        try:
            with transaction.atomic():
                WRITERS[row.section].erase(actor=self.actor, found=found, reason=self.reason)
        except (ProtectedError, RestrictedError) as error:
            return Fate.KEPT, _("仍被使用：%s") % error.args[0]
        except ValidationError as error:
            return Fate.KEPT, "；".join(error.messages)
        return Fate.REMOVED, ""


def _why_kept(row: PackRow, section: Section, found: Any) -> str:
    if not row.was_made_here:
        return _("安装前本区已有")
    if digest(section.content(found)) != row.digest:
        return _("本区已修改，转归本区")
    others = PackRow.objects.filter(section=row.section, object_pk=row.object_pk)
    if heir := others.exclude(pk=row.pk).select_related("pack").first():
        heir.was_made_here = True
        heir.save(update_fields=["was_made_here"])
        return _("实践包“%s”还在使用，转归该包") % heir.pack.code
    if used := uses(found, section):
        return _("本区正在使用（%s），转归本区") % used
    return ""
