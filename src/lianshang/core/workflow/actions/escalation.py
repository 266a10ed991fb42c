"""The ladder: told before a clock runs out, and again when it has."""

from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.workflow.actions.duties import act_on
from lianshang.core.workflow.choices import Act
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.ladder import behind, key_of
from lianshang.core.workflow.telling import audience, tell_people
from lianshang.core.workflow.writing import Details


@action("workflow.escalate", gettext_lazy("按阶梯升级提醒"))
def escalate(*, actor: User | None, duty: Duty) -> int:
    """Log every rung that a duty has reached and not yet logged, and tell those concerned.

    A rung is one per due moment: the log's request key makes a second run do nothing.
    """
    locked = Duty.objects.select_for_update(of=("self",)).select_related("kind").get(pk=duty.pk)
    news = behind([locked], clock.now()).get(locked.pk, [])
    for rung, run in news:
        entry = act_on(
            actor=actor,
            duty=locked,
            act=Act.ESCALATE,
            reason=rung.text,
            details=Details(
                rung=rung.code, clock=run.name, due=run.due.at.isoformat() if run.due.at else ""
            ),
            request_key=key_of(rung, run),
        )
        people = audience(locked, [rung.audience], named=rung.named_id)
        tell_people(entry, locked, people, rung.text)
    return len(news)
