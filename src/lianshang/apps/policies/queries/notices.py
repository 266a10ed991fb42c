"""Public notices: what they show, and when they end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lianshang.apps.policies.models import DeliveryCase, PublicNotice
from lianshang.apps.policies.queries.delivery_words import public_code, public_name
from lianshang.core import clock
from lianshang.core.calendars import equations
from lianshang.core.calendars.queries import calendar
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


def over() -> QuerySet[PublicNotice]:
    """Those whose time has run out and that nobody ended yet."""
    return PublicNotice.objects.filter(ended_at=None, ends_at__lte=clock.now())
