"""Numbers of the Party chain."""

from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from lianshang.apps.party.choices import State
from lianshang.apps.party.queries.coverage import firms_on
from lianshang.core.accounts.models import User
from lianshang.core.measures import Measure, register


def _in_state(*states: State) -> object:
    def rows(user: User, day: date) -> QuerySet[Any]:
        return firms_on(day, user).filter(state__in=states)

    return rows


COUNTED = (State.ORGANIZED, State.WORKED, State.UNCOVERED)
for _name, _label, _states, _query in (
    ("counted", _("计入覆盖统计的单位"), COUNTED, ""),
    ("organized", _("组织覆盖的单位"), (State.ORGANIZED,), "state=organized"),
    ("uncovered", _("未覆盖的单位"), (State.UNCOVERED,), "state=uncovered"),
):
    register(
        Measure(
            name=f"party.{_name}",
            label=_label,
            unit=_("家"),
            rows=_in_state(*_states),  # type: ignore[arg-type]  # a function of user and day
            aggregate=Count("pk"),
            source=_("企业登记簿、党组织登记"),
            url_name="party:coverage",
            query=_query,
        )
    )
