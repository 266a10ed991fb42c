"""Numbers of entitlement, as of the last evaluation."""

from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum, Value
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models import Assessment, Tally
from lianshang.apps.policies.models.assessments import sees_all
from lianshang.core.accounts.models import User
from lianshang.core.measures import Measure, register


def one_step(user: User, day: date) -> QuerySet[Any]:
    """Rows whose `one_step` add up to how many answers are one step short."""
    if sees_all(user):
        return Tally.objects.filter(one_step__gt=0)
    rows = Assessment.objects.visible_to(user).standing(Standing.ONE_STEP)
    return rows.annotate(one_step=Value(1))


register(
    Measure(
        name="policies.one_step",
        label=_("差一步"),
        unit=_("项"),
        rows=one_step,
        aggregate=Sum("one_step", default=0),
        source=_("最近一次评估"),
        url_name="policies:one-step",
    )
)
