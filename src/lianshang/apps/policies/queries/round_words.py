"""What a form about a whole round is about, before it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, F, Sum
from django.db.models.functions import Coalesce
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianshang.apps.policies.choices import CaseState, StepKind
from lianshang.core.ui import formats

if TYPE_CHECKING:
    from lianshang.apps.policies.models import DeliveryRound


def at_step_in_words(delivery: DeliveryRound, step: StepKind) -> str:
    """How many firms stand at a step, and for how much; of the notice those that are in none."""
    open_ = CaseState.LISTED if step is StepKind.LIST else CaseState.RUNNING
    cases = delivery.cases.filter(step=step, state=open_)
    if step is StepKind.NOTICE:
        running = delivery.notices.filter(ended_at=None)
        cases = cases.exclude(pk__in=[row["case"] for one in running for row in one.rows])
    found = cases.aggregate(
        n=Count("pk"), amount=Sum(Coalesce(F("approved"), F("declared")), default=0)
    )
    if not found["n"] and step in (StepKind.OPINIONS, StepKind.DECISION):
        return ""  # asked and decided ahead of the cases, too
    if not found["n"]:
        return _("现在没有企业等候“%(step)s”。") % {"step": step.label}
    text = ngettext(
        "现有 %(n)s 家企业等候“%(step)s”，金额合计 %(amount)s。",
        "现有 %(n)s 家企业等候“%(step)s”，金额合计 %(amount)s。",
        found["n"],
    )
    return text % {
        "n": found["n"],
        "step": step.label,
        "amount": strip_tags(formats.money(found["amount"])),
    }
