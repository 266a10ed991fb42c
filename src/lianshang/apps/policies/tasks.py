"""Evaluation in the background."""

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.guides import open_due_guides
from lianshang.apps.policies.actions.publicity import end_notice
from lianshang.apps.policies.queries.notices import over
from lianshang.apps.policies.queries.summary import out_of_date
from lianshang.core.notices.kinds import register_kind

register_kind("policies.one_step", _("离政策只差一步"))


@app.task(name="policies.reassess")
def reassess() -> None:
    """Evaluate the firms whose facts are newer than their stored answers."""
    stale = list(out_of_date().values_list("pk", flat=True))
    if stale:
        evaluate_register(actor=None, enterprises=stale, reason="facts changed")


@app.periodic(cron="30 2 * * *")
@app.task(name="policies.nightly", queueing_lock="policies.nightly")
def nightly(timestamp: int) -> None:
    """Evaluate the whole register: the day itself changes answers (validity, age, deadlines)."""
    evaluate_register(actor=None, reason="nightly")


@app.periodic(cron="*/10 * * * *")
@app.task(name="policies.end_notices", queueing_lock="policies.end_notices")
def end_notices(timestamp: int = 0) -> None:
    """Public notices end by the clock, each in its own transaction."""
    for notice in over():
        end_notice(actor=None, notice=notice)


@app.periodic(cron="40 6 * * *")
@app.task(name="policies.guides", queueing_lock="policies.guides")
def guides(timestamp: int = 0) -> None:
    """A policy that was published for delivery owes its guide."""
    open_due_guides(actor=None)
