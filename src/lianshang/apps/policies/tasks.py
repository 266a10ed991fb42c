"""Evaluation in the background."""

from procrastinate.contrib.django import app

from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.actions.pushing import KINDS, push_news
from lianshang.apps.policies.queries.summary import out_of_date
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import EVERYDAY, register_kind

for _name, _label in KINDS.items():
    register_kind(_name, _label, [*EVERYDAY, Channel.EMAIL, Channel.WEBHOOK])


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


@app.task(name="policies.push", queueing_lock="policies.push")
def push() -> None:
    """Tell firms and their officers what the last evaluations changed."""
    push_news(actor=None)


@app.periodic(cron="30 5 * * *")
@app.task(name="policies.look_ahead", queueing_lock="policies.look_ahead")
def look_ahead(timestamp: int) -> None:
    """After the nightly run: what is about to end, and which windows are about to close."""
    push_news(actor=None, look_ahead=True)
