"""Numbers of duties, as of now: overdue is read off the logs whenever it is asked."""

from datetime import date

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import User
from lianshang.core.measures import Measure, register
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries import workbench


def _open(user: User, day: date) -> QuerySet[Duty]:
    return Duty.objects.visible_to(user).still_open()


def _overdue(user: User, day: date) -> QuerySet[Duty]:
    late = [row.duty.pk for row in workbench.overdue(user)]
    return Duty.objects.filter(pk__in=late)


for name, label, rows in (
    ("duties.open", _("在办事项"), _open),
    ("duties.overdue", _("超期事项"), _overdue),
):
    register(
        Measure(
            name=name,
            label=label,
            unit=_("件"),
            rows=rows,
            aggregate=Count("pk"),
            source=_("事项的办理记录"),
        )
    )
