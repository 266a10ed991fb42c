"""The duties of a person, on the workbench."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.apps.home.queries import bench_of
from lianshang.core.ui.panels import panel
from lianshang.core.workflow.badges import due_reason, due_text, state_badge
from lianshang.core.workflow.queries.workbench import Row, handed_over

SHOWN = 8
TABS = (
    ("mine", _("我办的"), _("没有要您办的事")),
    ("confirm", _("等我确认"), _("没有等您确认的事")),
    ("asked", _("等别人"), _("没有在等别人的事")),
    ("former", _("已交接"), _("没有交接出去的事")),
)


@panel("home.workbench", title=_("我的事项"), order=1, permission="duties.view")
def duties(request: HttpRequest, subject: None) -> tuple[str, Mapping[str, Any]]:
    """By what they ask of the person, those due first before the others."""
    bench, user = bench_of(request), request.user
    rows = {
        "mine": bench.mine,
        "confirm": bench.waiting_for_me,
        "asked": bench.waiting_for_others,
        "former": handed_over(user),  # type: ignore[arg-type]  # signed in
    }
    shown = request.GET.get("show", "mine")
    shown = shown if shown in rows else "mine"
    return "home/duties.html", {
        "tabs": [(name, label, len(rows[name])) for name, label, _empty in TABS],
        "shown": shown,
        "empty": next(empty for name, _label, empty in TABS if name == shown),
        "rows": [as_seen(row) for row in rows[shown][:SHOWN]],
        "left": max(len(rows[shown]) - SHOWN, 0),
    }


def as_seen(row: Row) -> dict[str, Any]:
    """What the table shows of a row."""
    helpers = [one.unit.name for one in row.duty.parties.all() if one.part == "co_owner"]
    return {
        "duty": row.duty,
        "helpers": helpers,
        "due": due_text(row),
        "is_pressing": row.is_overdue or row.is_due_today,
        "reason": due_reason(row.clock),
        "state": state_badge(row),
    }
