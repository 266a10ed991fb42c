"""When a firm can apply: the window of a policy that is open on a day, or the next one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from lianshang.engines.rules.policy import Policy


@dataclass(frozen=True)
class Opening:
    """A window for applications as it looks from a day."""

    start: date | None
    end: date | None
    is_open: bool
    days_left: int | None  # until the last day, which is included


def opening(policy: Policy, on: date) -> Opening | None:
    """Of the windows open on the day the one that closes first, else the next to open."""
    open_now = [one.period for one in policy.windows if one.period.covers(on)]
    if open_now:
        first = min(open_now, key=lambda period: (period.end is None, period.end or on))
        left = None if first.end is None else (first.end - on).days
        return Opening(first.start, first.end, True, left)
    coming = [one.period for one in policy.windows if one.period.start and one.period.start > on]
    if not coming:
        return None
    following = min(coming, key=lambda period: period.start or on)
    return Opening(following.start, following.end, False, None)
