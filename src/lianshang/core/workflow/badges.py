"""How a duty's standing looks in lists: a word with its tone, a due moment with its reason."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianshang.core import clock
from lianshang.core.calendars import equations
from lianshang.core.ui.formats import near_day
from lianshang.core.ui.states import badge
from lianshang.core.workflow.choices import ClockName, State
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.queries.workbench import Row

TONES = {
    State.WAITING: "unknown",
    State.WORKING: "not",
    State.PAUSED: "unknown",
    State.OBJECTED: "person",
    State.CLAIMED: "person",
    State.CLOSED: "met",
    State.PUBLISHED: "met",
    State.CANCELLED: "not",
}


def state_badge(row: Row) -> SafeString:
    """What matters most: late, due today, else where it stands."""
    if row.is_overdue:
        return badge(_("已超期"), "short")
    if row.is_due_today:
        return badge(_("今天到期"), "short")
    was_asked = bool(row.standing.of(ClockName.CONTACT))
    if was_asked and row.duty.state == State.WORKING and row.standing.contacted_at:
        return badge(_("已首联"), "met")
    return badge(row.duty.state_label, TONES[State(row.duty.state)])


def due_text(row: Row) -> str:
    """今天 16:40; — where nothing runs or the clock stands still."""
    if row.due_at and row.due_on and row.due_at.astimezone(clock.zone_time()).date() > row.due_on:
        return near_day(row.due_on)  # 24:00 belongs to the day that ends
    return near_day(row.due_at)


def due_reason(run: ClockStanding | None) -> str:
    """Which clock, and how it counts, in short."""
    if run is None:
        return ""
    names = {"clock": _name(run)}
    if run.is_paused:
        return _("%(clock)s：暂停计时") % names
    if run.by:
        return _("%(clock)s：定于 %(day)s") % {**names, "day": f"{run.by:%m-%d}"}
    names["how"] = equations.short(run.due, run.clock, run.started_at)
    return _("%(clock)s %(how)s") % names


def _name(run: ClockStanding) -> str:
    return str(ClockName(run.name).label)
