"""Who may read which value: the one point used by page, export and API.

A firm reads everything held about it. Staff read what may be used to serve the firm, and the
members of a source's own department what is theirs. A bank reads what may be used for credit, and
only with the firm's consent (which is what makes the firm visible to it). Everybody else reads
what is public.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from lianshang.core.accounts.choices import Role
from lianshang.core.consent.choices import Use

if TYPE_CHECKING:
    from collections.abc import Collection

    from lianshang.apps.enterprises.models import Enterprise, Fact, Source
    from lianshang.core.accounts.models import User

STAFF = (Role.OFFICE_STAFF, Role.SERVICE_OFFICER)


@dataclass(frozen=True)
class Reader:
    """A user, as somebody who reads facts."""

    user: User

    @cached_property
    def _uses(self) -> frozenset[Use]:
        uses = {Use.PUBLIC}
        if self.user.has_role(*STAFF):
            uses.add(Use.SERVICE)
        if self.user.has_role(Role.BANK):
            uses.add(Use.CREDIT)
        return frozenset(uses)

    @cached_property
    def _units(self) -> Collection[int]:
        return self.user.unit_ids()

    def owns(self, enterprise: Enterprise) -> bool:
        return enterprise.unit_id in self.user.unit_ids(Role.ENTERPRISE)

    def may_read(self, fact: Fact) -> bool:
        """Whether the value itself may be shown; that it exists, and from whom, is always shown."""
        uses = fact.uses if fact.uses is not None else fact.source.uses
        if self._uses & {Use(use) for use in uses} or self.owns(fact.enterprise):
            return True
        return fact.source.owner_id in self._units and Use.DEPARTMENT in uses

    def refusal(self, fact: Fact) -> str:
        """Why a value is not shown, naming its source and the reason."""
        return refusal(fact.source, fact.uses)


def refusal(source: Source, uses: Collection[str] | None = None) -> str:
    """In words: the source, what it may be used for, and on what ground."""
    allowed = "、".join(str(Use(use).label) for use in (uses if uses is not None else source.uses))
    return _("来源“%(source)s”只可用于：%(uses)s（%(basis)s）") % {
        "source": source.name,
        "uses": allowed or _("无"),
        "basis": source.legal_basis or _("来源规定"),
    }
