"""Public notices: what they show, and when they end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lianshang.apps.policies.choices import StepKind
from lianshang.apps.policies.models import DeliveryCase, Objection, PublicNotice
from lianshang.apps.policies.queries.delivery_words import public_code, public_name
from lianshang.core import clock
from lianshang.core.calendars import equations
from lianshang.core.calendars.queries import calendar
from lianshang.core.files.models import Attachment
from lianshang.core.files.queries import attachments_of
from lianshang.engines.worktime import Clock, Start, Unit, due


def rows_of(cases: Iterable[DeliveryCase]) -> list[dict[str, Any]]:
    """What anybody may read of each case: no account, no person, amounts declared and approved."""
    return [
        {
            "case": case.pk,
            "name": public_name(case.enterprise),
            "code": public_code(case.enterprise),
            "declared": None if case.declared is None else str(case.declared),
            "approved": None if case.approved is None else str(case.approved),
        }
        for case in cases
    ]


def notice_end(now: datetime, days: int) -> tuple[datetime, str]:
    """The working days are counted from the day after it was published."""
    limit = Clock(days, Unit.WORKING_DAYS, Start.NEXT)
    found = due(now, limit, calendar())
    assert found.at is not None
    return found.at, equations.equation(found, limit, now)


@dataclass(frozen=True)
class ObjectionLine:
    """An objection as whoever filed it, or the office, reads it; nobody else does."""

    objection: Objection
    firm: str  # the one it is about, as the notice names it
    files: list[Attachment]
    is_own: bool


def objections_shown(notice: PublicNotice, user: Any) -> list[ObjectionLine]:
    """Those of the reader's own firm; for the office all, without who filed them."""
    if not user.is_authenticated:
        return []
    names = {row["case"]: row["name"] for row in notice.rows}
    rows = Objection.objects.visible_to(user).filter(notice=notice).select_related("case", "duty")
    own = user.unit_ids()
    return [
        ObjectionLine(
            objection=one,
            firm=names.get(one.case_id, ""),
            files=list(attachments_of(one, "objection")),
            is_own=one.unit_id in own,
        )
        for one in rows
    ]


def check_running(notice: PublicNotice) -> None:
    """Refuses what comes after the time of the notice."""
    if notice.ended_at is not None or clock.now() >= notice.ends_at:
        raise ValidationError(_("公示已结束。异议请由主办单位按信访、复议等途径受理。"))


def approving(case: DeliveryCase) -> str:
    """Where it is looked at again: the last check of the office before the notice."""
    kinds = case.round.kinds
    before = kinds[: kinds.index(StepKind.NOTICE)]
    checks = (StepKind.REVIEW, StepKind.DATA_CHECK, StepKind.ACCEPTANCE, StepKind.DECISION)
    return next((str(one) for one in checks if one in before), str(before[-1]))


def over() -> QuerySet[PublicNotice]:
    """Those whose time has run out and that nobody ended yet."""
    return PublicNotice.objects.filter(ended_at=None, ends_at__lte=clock.now())
