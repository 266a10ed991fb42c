"""Numbers of entitlement, as of the last evaluation."""

from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.queries.summary import one_step_counted
from lianshang.core.accounts.models import User
from lianshang.core.measures import Measure, register


def _one_step(user: User, day: date) -> QuerySet[Any]:
    return one_step_counted(user)


register(
    Measure(
        name="policies.one_step",
        label=_("差一步"),
        unit=_("项"),
        rows=_one_step,
        aggregate=Sum("one_step", default=0),
        source=_("最近一次评估"),
        url_name="policies:one-step",
    )
)
