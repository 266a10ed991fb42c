"""The blocks of an origin's page, and the papers on the pages of origins and duties."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.core.papers.queries import papers_of
from lianshang.core.ui.access import may
from lianshang.core.ui.panels import Built, panel
from lianshang.core.workflow.badges import due_reason, due_text, state_badge
from lianshang.core.workflow.choices import OriginKind
from lianshang.core.workflow.forms.origins import SHEETS
from lianshang.core.workflow.models import Duty, Origin
from lianshang.core.workflow.queries import deeds, papers
from lianshang.core.workflow.queries import origins as queries
from lianshang.core.workflow.queries.workbench import Row

PLACE = "workflow.origin"
HEAD = frozenset({"title", "number", "held_on", "lead"})  # stand in the page's head


@panel(PLACE, title=_("事项"), order=10, permission="duties.view")
def origin_duties(request: HttpRequest, subject: Origin) -> Built:
    """How far it is, and its duties: all for those who lead it, their own for the others."""
    user: Any = request.user
    rows = queries.rows_from(subject)
    seen = Duty.objects.visible_to(user).filter(origin=subject)
    visible = set(seen.values_list("pk", flat=True))
    is_theirs = queries.is_in_charge(user, subject) or subject.lead_id in user.unit_ids()
    shown = [
        {**_as_seen(row), "may_open": row.duty.pk in visible}
        for row in rows
        if is_theirs or row.duty.pk in visible
    ]
    return "workflow/panels/origin_duties.html", {
        "progress": queries.progress_of(rows),
        "rows": shown,
        "hidden": len(rows) - len(shown),
        "title": SHEETS[subject.kind].rows,
        "shows_asker": subject.kind == OriginKind.RESEARCH,
    }


def _as_seen(row: Row) -> dict[str, Any]:
    helpers = [one.unit.name for one in row.duty.parties.all() if one.part == "co_owner"]
    return {
        "duty": row.duty,
        "helpers": helpers,
        "due": due_text(row),
        "reason": due_reason(row.clock),
        "is_pressing": row.is_overdue or row.is_due_today,
        "state": state_badge(row),
    }


@panel(PLACE, title=_("内容"), order=20, permission="duties.view")
def origin_content(request: HttpRequest, subject: Origin) -> Built:
    """What was written down, in the words of its kind."""
    labels = SHEETS[subject.kind].labels
    said = [(label, getattr(subject, name)) for name, label in labels.items() if name not in HEAD]
    return "workflow/panels/origin_content.html", {"said": [one for one in said if one[1]]}


@panel(PLACE, title=_("回复与销号"), order=15, permission="duties.view")
def origin_reply(request: HttpRequest, subject: Origin) -> Built | None:
    """What went back to whom it came from."""
    if not subject.reply:
        return None
    return "workflow/panels/origin_reply.html", {"origin": subject}


@panel(PLACE, title=_("文书"), order=30, permission="papers.view", side=True)
def origin_papers(request: HttpRequest, subject: Origin) -> Built:
    """Issued papers with their scans, and what can be issued."""
    found = papers.papers_of_origin(request.user, subject)  # type: ignore[arg-type]  # signed in
    possible = papers.for_origin(subject) if may(request.user, "papers.issue") else []
    return "workflow/panels/papers.html", {"papers": found, "possible": possible}


@panel("workflow.duty", title=_("文书"), order=40, permission="papers.view", side=True)
def duty_papers(request: HttpRequest, subject: Duty) -> Built:
    """The same for a duty."""
    possible = papers.for_duty(subject) if may(request.user, "papers.issue") else []
    found = papers_of(subject)
    return "workflow/panels/papers.html", {"papers": found, "possible": possible}


@panel("home.public", title=_("办实事"), order=20)
def public_deeds(request: HttpRequest, subject: object) -> Built | None:
    """What was done for people, for anybody; nothing while there is nothing."""
    found = deeds.published()[:3]
    return ("workflow/panels/deeds.html", {"deeds": found}) if found else None
