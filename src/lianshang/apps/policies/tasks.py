"""Evaluation, publication, news and the clocks of delivery, in the background."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from lianshang.apps.enterprises.models import Fact
from lianshang.apps.policies.actions.drafts import publish_draft, stop_draft
from lianshang.apps.policies.actions.evaluation import evaluate_policy, evaluate_register
from lianshang.apps.policies.actions.guides import open_due_guides
from lianshang.apps.policies.actions.instalments import open_due_instalments
from lianshang.apps.policies.actions.proofs import keep_proof
from lianshang.apps.policies.actions.publicity import end_notice
from lianshang.apps.policies.actions.pushing import KINDS, push_news
from lianshang.apps.policies.queries.drafts import due_for_publication
from lianshang.apps.policies.queries.notices import over
from lianshang.apps.policies.queries.summary import out_of_date, retired
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import EVERYDAY, register_kind

register_kind("policies.draft", _("政策草稿有进展"))
for _name, _label in KINDS.items():
    register_kind(_name, _label, [*EVERYDAY, Channel.EMAIL, Channel.WEBHOOK])


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


@app.periodic(cron="*/10 * * * *")
@app.task(name="policies.end_notices", queueing_lock="policies.end_notices")
def end_notices(timestamp: int = 0) -> None:
    """Public notices end by the clock, each in its own transaction."""
    for notice in over():
        end_notice(actor=None, notice=notice)


@app.periodic(cron="20 6 * * *")
@app.task(name="policies.instalments", queueing_lock="policies.instalments")
def instalments(timestamp: int = 0) -> None:
    """A part of a benefit came due: its office owes it from today."""
    open_due_instalments(actor=None)


@app.periodic(cron="40 6 * * *")
@app.task(name="policies.guides", queueing_lock="policies.guides")
def guides(timestamp: int = 0) -> None:
    """A policy that was published for delivery owes its guide."""
    open_due_guides(actor=None)


@app.periodic(cron="5 0 * * *")
@app.task(name="policies.publish_due", queueing_lock="policies.publish_due")
def publish_due(timestamp: int) -> None:
    """Publish what was approved for today; one that cannot be stops nobody else."""
    for draft in due_for_publication():
        try:
            publish_draft(actor=None, draft=draft)
        except ValidationError as error:
            stop_draft(actor=None, draft=draft, why="\n".join(error.messages))


@app.task(name="policies.keep_proof")
def keep_proof_of(fact: int) -> None:
    """The proof of a confirmed value is held, so that no application asks for it again."""
    keep_proof(actor=None, fact=Fact.objects.get(pk=fact))


@app.task(name="policies.push", queueing_lock="policies.push")
def push() -> None:
    """Tell firms and their officers what the last evaluations changed."""
    push_news(actor=None)


@app.periodic(cron="30 5 * * *")
@app.task(name="policies.look_ahead", queueing_lock="policies.look_ahead")
def look_ahead(timestamp: int) -> None:
    """After the nightly run: what is about to end, and which windows are about to close."""
    push_news(actor=None, look_ahead=True)
