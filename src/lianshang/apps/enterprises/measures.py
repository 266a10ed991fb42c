"""Numbers of the register."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.choices import ActorStatus
from lianshang.apps.enterprises.models import Enterprise
from lianshang.core.accounts.models import User
from lianshang.core.measures import Measure, register


def _operating(user: User, day: date) -> QuerySet[Enterprise]:
    """In operation, and registered by the day (or on an unknown day)."""
    registered = Q(registered_on__lte=day) | Q(registered_on__isnull=True)
    return Enterprise.objects.visible_to(user).filter(registered, status=ActorStatus.OPERATING)


register(
    Measure(
        name="enterprises.operating",
        label=_("存续企业"),
        unit=_("家"),
        rows=_operating,
        aggregate=Count("pk"),
        source=_("企业登记簿"),
        url_name="enterprises:list",
        query="status=operating",
    )
)
