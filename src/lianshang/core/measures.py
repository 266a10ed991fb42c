"""Measures: a number of the zone with its name, unit and day; its sum and its rows come from one
queryset.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, QuerySet
from django.utils.functional import Promise

from lianshang.core.accounts.models import User

Rows = Callable[[User, date], "QuerySet[Any]"]


@dataclass(frozen=True)
class Measure:
    """One declared number. `rows(user, day)` are the rows it counts; `aggregate` folds them;
    `url_name` with `query` opens the list of the same rows.
    """

    name: str
    label: str | Promise
    unit: str | Promise
    rows: Rows
    aggregate: Aggregate
    source: str | Promise
    url_name: str = ""  # the list of the rows it counts
    query: str = ""

    def value(self, user: User, day: date) -> Decimal | int:
        """The number for what this user may see, as of the day."""
        folded = self.rows(user, day).aggregate(value=self.aggregate)["value"]
        return folded if folded is not None else 0


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    _measures[measure.name] = measure
    return measure


def get(name: str) -> Measure:
    return _measures[name]


def all_measures() -> list[Measure]:
    return sorted(_measures.values(), key=lambda measure: measure.name)
