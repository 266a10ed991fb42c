"""Recording values in the fact ledger."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.choices import VALUE_COLUMN, Period, ValueType
from lianshang.apps.enterprises.events import FactsChanged
from lianshang.apps.enterprises.models import Enterprise, Fact, Quantity, Source
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.action import action
from lianshang.core.events import publish

Value = Decimal | bool | date | str


@action("facts.record", gettext_lazy("记录事实"))
def record_fact(
    *,
    actor: User | None,
    enterprise: Enterprise,
    quantity: Quantity,
    value: Value,
    source: Source,
    year: int | None = None,
    observed_on: date | None = None,
    valid_until: date | None = None,
    note: str = "",
    reason: str = "",
) -> Fact:
    """Add one value. Raises ValidationError naming what the catalogue does not allow."""
    _check(quantity, value, year)
    fact = Fact.objects.create(
        enterprise=enterprise,
        quantity=quantity,
        year=year,
        source=source,
        observed_on=observed_on or clock.today(),
        valid_until=valid_until,
        recorded_by=actor,
        note=note,
        **{VALUE_COLUMN[ValueType(quantity.value_type)]: value},
    )
    announce_facts(actor=actor, enterprises={enterprise.pk}, quantity_codes={quantity.code})
    return fact


@action("facts.announce", gettext_lazy("标记事实变化"))
def announce_facts(
    *, actor: User | None, enterprises: Collection[int], quantity_codes: Collection[str]
) -> None:
    """Mark stored answers about these firms as out of date, and tell whoever listens."""
    changed = Enterprise.objects.filter(pk__in=enterprises)
    changed.update(facts_version=F("facts_version") + 1)
    publish(FactsChanged(tuple(sorted(enterprises)), tuple(sorted(quantity_codes))))


def _check(quantity: Quantity, value: Any, year: int | None) -> None:
    """The catalogue's own limits: type, bounds, codes, and a year for annual quantities only."""
    if quantity.period == Period.DERIVED:
        raise ValidationError(_("“%s”由系统推算，不能录入。") % quantity.label)
    if (quantity.period == Period.ANNUAL) != (year is not None):
        needed = _("须注明年度") if year is None else _("是时点数，不能带年度")
        raise ValidationError(
            _("“%(label)s”%(needed)s。") % {"label": quantity.label, "needed": needed}
        )
    definition = quantity.definition
    if quantity.value_type == ValueType.NUMBER:
        low, high = Decimal(str(definition["min"])), Decimal(str(definition["max"]))
        if not isinstance(value, Decimal) or not low <= value <= high:
            raise ValidationError(
                _("“%(label)s”应为 %(low)s 至 %(high)s %(unit)s 之间的数，读到“%(value)s”。")
                % {
                    "label": quantity.label,
                    "low": low,
                    "high": high,
                    "unit": quantity.unit,
                    "value": value,
                }
            )
    if quantity.value_type == ValueType.CODE and value not in definition["codes"]:
        allowed = "、".join(definition["codes"])
        raise ValidationError(
            _("“%(label)s”只能是：%(allowed)s。") % {"label": quantity.label, "allowed": allowed}
        )
