"""Jobs of duties."""

from procrastinate.contrib.django import app

from lianshang.core import clock
from lianshang.core.workflow.actions.escalation import escalate
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.ladder import behind


@app.periodic(cron="*/5 * * * *")
@app.task(name="workflow.escalate", queueing_lock="workflow.escalate")
def escalate_all(timestamp: int = 0) -> None:
    """Climb the ladder of every open duty, each in its own transaction.

    A run that is killed has lost nothing: the next one logs what this one had not. One duty that
    fails does not keep the others waiting; the job then ends as failed.
    """
    duties = Duty.objects.still_open().filter(kind__ladder__isnull=False).distinct()
    duties = duties.select_related("kind").prefetch_related("kind__ladder").order_by("pk")
    late = behind(duties, clock.now())
    errors = []
    for duty in duties.filter(pk__in=late):
        try:
            escalate(actor=None, duty=duty)
        except Exception as error:  # told at the end
            errors.append(error)
    if errors:
        raise ExceptionGroup("escalation failed for some duties", errors)
