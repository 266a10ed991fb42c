"""办实事: proposed, promised, done, published — the days come from each deed's log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, NullIf

from lianshang.core.calendars import dates
from lianshang.core.workflow.choices import Act, FlowName, State
from lianshang.core.workflow.models import Duty, Entry
from lianshang.core.workflow.models.duties import DutyQuerySet

DONE = frozenset({State.CLOSED, State.PUBLISHED})


def deeds(duties: DutyQuerySet) -> QuerySet[Any]:
    """Those of the duties that are deeds, with `promised` (ISO), `done_at`, `what`, `published_at`.

    `what` is what was said when it was published, else when it was done.
    """
    found = duties.filter(kind__flow=FlowName.DEED).select_related("kind", "owner", "asker")
    return found.annotate(
        promised=_last(Act.PROMISE, KeyTextTransform("day", "data")),
        done_at=_last(Act.CLAIM, "at"),
        what=Coalesce(
            _last(Act.PUBLISH, NullIf("reason", Value(""), output_field=TextField())),
            _last(Act.CLAIM, "reason"),
            output_field=TextField(),
        ),
        published_at=_last(Act.PUBLISH, "at"),
    )


def _last(act: Act, value: Any) -> Subquery:
    """What the last row of that act says."""
    rows = Entry.objects.filter(duty=OuterRef("pk"), act=act).order_by("-number")
    return Subquery(rows.values_list(value)[:1])


def published_deeds() -> QuerySet[Any]:
    """What the public may read: published deeds of kinds that are meant for the public."""
    rows = deeds(Duty.objects.filter(state=State.PUBLISHED, kind__is_public=True))
    return rows.order_by("-published_at", "-pk")


@dataclass(frozen=True)
class Deed:
    """A published deed: nothing internal."""

    title: str
    owner: str
    promised_on: date | None
    done_on: date | None
    what: str


def published() -> list[Deed]:
    """For pages that show them, the last published first."""
    return [as_deed(row) for row in published_deeds()]


def as_deed(row: Any) -> Deed:
    return Deed(row.title, row.owner.name, promised_on(row), done_on(row), row.what or "")


def promised_on(row: Any) -> date | None:
    return date.fromisoformat(row.promised) if row.promised else None


def done_on(row: Any) -> date | None:
    """The day of the claim that was confirmed; a claim that was not is none."""
    if row.state not in DONE or row.done_at is None:
        return None
    return dates.local(row.done_at).date()


def published_on(row: Any) -> date | None:
    return dates.local(row.published_at).date() if row.published_at else None
