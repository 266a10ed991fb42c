"""Numbers of entitlement, as of the last evaluation."""

from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models import Assessment
from lianshang.core.accounts.models import User
from lianshang.core.measures import Measure, register


def _one_step(user: User, day: date) -> QuerySet[Assessment]:
    return Assessment.objects.visible_to(user).standing(Standing.ONE_STEP)


register(
    Measure(
        name="policies.one_step",
        label=_("差一步"),
        unit=_("项"),
        rows=_one_step,
        aggregate=Count("pk"),
        source=_("最近一次评估"),
        url_name="policies:one-step",
    )
)
