"""Evaluation in the background."""

from procrastinate.contrib.django import app

from lianshang.apps.policies.actions.evaluation import evaluate_policy, evaluate_register
from lianshang.apps.policies.queries.summary import out_of_date, retired


@app.task(name="policies.reassess")
def reassess() -> None:
    """Evaluate the firms whose facts are newer than their stored answers."""
    stale = list(out_of_date().values_list("pk", flat=True))
    if stale or retired():
        evaluate_register(actor=None, enterprises=stale, reason="facts changed")


@app.task(name="policies.evaluate_one")
def evaluate_one(code: str) -> None:
    """Evaluate one policy over the whole register: it was published, changed or ended."""
    evaluate_policy(actor=None, policy=code, reason="policy changed")


@app.periodic(cron="30 2 * * *")
@app.task(name="policies.nightly", queueing_lock="policies.nightly")
def nightly(timestamp: int) -> None:
    """Evaluate the whole register: the day itself changes answers (validity, age, deadlines)."""
    evaluate_register(actor=None, reason="nightly")
