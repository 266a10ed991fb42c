"""The blocks of a duty's page, and a firm's duties on the firm's page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import User
from lianshang.core.files.panels import attachments_panel
from lianshang.core.files.queries import takes_attachments
from lianshang.core.references import reference
from lianshang.core.ui.panels import Built, panel
from lianshang.core.workflow import origin_panels  # noqa: F401 - declares its panels
from lianshang.core.workflow.badges import due_reason, due_text, state_badge
from lianshang.core.workflow.choices import OPEN, Act, ClockName, Part, State
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.flows import Transition
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.reading import duties_in_full, reading_of
from lianshang.core.workflow.queries.rights import capacities, possible
from lianshang.core.workflow.queries.subjects import reference_of, subjects_of
from lianshang.core.workflow.queries.workbench import rows_of
from lianshang.core.workflow.wording import run_in_words

PLACE = "workflow.duty"
SHOWN = 20  # duties on a firm's page

# What is expected next, the first of these that can be done: the page's one primary button.
EXPECTED = (
    *(Act.PROMISE, Act.ACCEPT, Act.CONTACT, Act.REPORT, Act.SUPPLY, Act.RESUME, Act.CLAIM),
    *(Act.CONFIRM, Act.UPHOLD, Act.PUBLISH),
)
STOPS = {Act.CONTACT: ClockName.CONTACT, Act.REPORT: ClockName.STAGE}
# Seldom needed: set apart behind the others.
SELDOM = {Act.EXTEND, Act.PRESS, Act.OBJECT, Act.JOIN, Act.LEAVE, Act.CANCEL, Act.REOPEN}


@panel(PLACE, title=_("下一步"), order=10)
def next_acts(request: HttpRequest, subject: Duty) -> Built:
    """What the reader can do now."""
    rows = possible(request.user, subject)  # type: ignore[arg-type]  # signed in
    known = {row.act: row for row in rows}
    first = reading_of(request, subject).standing.next_clock
    expected = next((act for act in EXPECTED if _is_next(act, known, subject, first)), None)
    ordered = sorted(known.values(), key=lambda row: (row.act != expected, row.act in SELDOM))
    buttons = [(row.act.value, row.name, _look(row, expected)) for row in ordered]
    return "workflow/panels/next_acts.html", {"buttons": buttons}


def _is_next(
    act: Act, known: Mapping[Act, Transition], duty: Duty, first: ClockStanding | None
) -> bool:
    """Whether it can be done and the duty waits for it: for what stops the clock due first."""
    if act not in known:
        return False
    if act in STOPS:
        return first is not None and first.name == STOPS[act] and duty.state == State.WORKING
    if act == Act.SUPPLY:
        return duty.state == State.PAUSED
    return act != Act.PUBLISH or duty.kind.is_public


def _look(row: Transition, expected: Act | None) -> str:
    if row.act == expected:
        return "button-primary"
    return "button-quiet" if row.act in SELDOM else ""


@panel(PLACE, title=_("时限"), order=20)
def clocks(request: HttpRequest, subject: Duty) -> Built | None:
    """Every clock that runs or ran, with its equation."""
    row = reading_of(request, subject).row
    runs = [run for run in row.standing.clocks if not run.is_dropped]
    runs.sort(key=lambda run: not run.is_running)
    if not runs:
        return None
    return "workflow/panels/clocks.html", {"runs": [run_in_words(run, row.now) for run in runs]}


@panel(PLACE, title=_("办理记录"), order=30)
def log(request: HttpRequest, subject: Duty) -> Built:
    """Who did what when and why, the last first."""
    return "workflow/panels/log.html", {"lines": reading_of(request, subject).lines}


@panel(PLACE, title=_("事项"), order=10, side=True)
def about(request: HttpRequest, subject: Duty) -> Built:
    """The parties, where it comes from, what it is about."""
    user: Any = request.user
    key = reference_of(subject)
    named = subjects_of(user, [key]) if key else {}
    parties = list(subject.parties.all())
    return "workflow/panels/about.html", {
        "helpers": [one.unit for one in parties if one.part == Part.CO_OWNER],
        "former": [one.unit for one in parties if one.part == Part.FORMER],
        "about": named.get(key) if key else None,
    }


@panel(PLACE, title=_("附件"), order=60, side=True)
def attachments(request: HttpRequest, subject: Duty) -> Built:
    return attachments_panel(request, subject)


def _may_attach(user: User, pk: int) -> bool:
    """Whoever acts on a duty may add files while it is open."""
    duty = Duty.objects.prefetch_related("parties").filter(pk=pk, state__in=OPEN).first()
    return duty is not None and bool(capacities(user, duty))


takes_attachments("workflow.duty", _may_attach)


@panel("enterprises.detail", title=_("事项"), tab="duties", order=60, permission="duties.view")
def of_enterprise(request: HttpRequest, subject: Any) -> Built:
    """The duties about a firm, those due first before the others."""
    user: Any = request.user
    label, pk = reference(subject)
    about_it = Duty.objects.visible_to(user).filter(subject_label=label, subject_pk=pk)
    rows = rows_of(duties_in_full(about_it.order_by("-opened_at", "-pk")[:SHOWN]))
    shown: Sequence[dict[str, Any]] = [
        {
            "duty": row.duty,
            "due": due_text(row),
            "reason": due_reason(row.clock),
            "is_pressing": row.is_overdue or row.is_due_today,
            "state": state_badge(row),
        }
        for row in rows
    ]
    new = f"{reverse('workflow:duty-new')}?subject={label}:{pk}"
    return "workflow/panels/of_enterprise.html", {
        "rows": shown,
        "new": new if user.may("duties.open") else "",
    }
