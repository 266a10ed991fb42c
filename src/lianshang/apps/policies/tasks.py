"""Evaluation in the background."""

from procrastinate.contrib.django import app

from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.queries.summary import out_of_date


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
