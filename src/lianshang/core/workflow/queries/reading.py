"""One duty as a person may read it: its standing, and the rows of its log that are for them."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.calendars.queries import calendar
from lianshang.core.workflow.choices import Act, Part
from lianshang.core.workflow.models import Duty, Entry
from lianshang.core.workflow.models.duties import DutyQuerySet
from lianshang.core.workflow.queries.workbench import Row
from lianshang.core.workflow.replay import standing
from lianshang.core.workflow.standing import Standing
from lianshang.core.workflow.wording import Line, Teller


def reads_notes(user: User, duty: Duty) -> bool:
    """Internal notes are for the owners' side and for supervisors."""
    if user.may("duties.supervise"):
        return True
    inside = {Part.OWNER, Part.CO_OWNER}
    units = set(user.unit_ids())
    return any(one.unit_id in units and one.part in inside for one in duty.parties.all())


@dataclass(frozen=True)
class Reading:
    """A duty read once."""

    user: User
    duty: Duty

    @cached_property
    def entries(self) -> list[Entry]:
        return list(self.duty.log.select_related("actor").order_by("number"))

    @cached_property
    def standing(self) -> Standing:
        return standing(self.entries, calendar())

    @cached_property
    def row(self) -> Row:
        """As a list shows it."""
        return Row(self.duty, self.standing, clock.now())

    @cached_property
    def lines(self) -> list[Line]:
        """The log in words, the last row first."""
        open_to = reads_notes(self.user, self.duty)
        shown = [one for one in self.entries if open_to or one.act != Act.NOTE]
        return Teller(self.duty, shown).lines()[::-1]


def reading_of(request: HttpRequest, duty: Duty) -> Reading:
    """Read once per request: the head, the buttons and the panels say the same."""
    kept: dict[int, Reading] = request.__dict__.setdefault("_duties_read", {})
    if duty.pk not in kept:
        kept[duty.pk] = Reading(request.user, duty)  # type: ignore[arg-type]  # signed in
    return kept[duty.pk]


def duties_in_full(duties: DutyQuerySet) -> DutyQuerySet:
    """With everything that a list or a page says of a duty."""
    related = duties.select_related("kind", "owner", "asker", "origin")
    return related.prefetch_related("parties__unit")
