"""Which answers rest on what a firm supplied itself and nobody has checked yet."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.enterprises.queries.checks import self_declared
from lianshang.apps.policies.queries.library import edition, results_by_family, stages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from lianshang.apps.enterprises.queries.ledger import Entry
    from lianshang.apps.policies.queries.answers import Answer

Key = tuple[str, int | None]  # quantity and year


def declared_keys(entries: Mapping[Key, Entry]) -> set[Key]:
    """The values in use that wait to be checked."""
    return {key for key, one in entries.items() if one.winner and one.winner.is_self_declared}


def resting_on(found: Iterable[Answer], declared: set[Key]) -> set[str]:
    """Codes of the policies that ask for one of them, or for the result of one that does.

    `found` is in the order in which policies feed each other.
    """
    fed, tainted, resting = results_by_family(), set[str](), set[str]()
    variables = catalogue().variables
    for answer in found:
        for name in answer.compiled.variables:
            variable = variables[name]
            back = variable.years_back
            year = None if back is None else answer.compiled.day.year - 1 - back
            if (variable.quantity.name, year) in declared or variable.quantity.name in tainted:
                resting.add(answer.code)
                tainted.update(fed.get(answer.compiled.policy.family, ()))
                break
    return resting


def with_declared(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Stored answers, each with the quantities that wait to be checked about its firm."""
    waiting = self_declared().filter(enterprise=OuterRef("enterprise")).order_by()
    codes = ArraySubquery(waiting.values("quantity__code").distinct())
    marked: QuerySet[Any] = rows.annotate(declared=codes)
    return marked


def rests_on_declared(row: Any, on: date) -> bool:
    """Whether a stored answer of `with_declared` asks for one of them."""
    waiting: list[str] = getattr(row, "declared", [])
    return bool(waiting) and not asked_by(on).get(row.policy.code, frozenset()).isdisjoint(waiting)


def asked_by(on: date) -> dict[str, frozenset[str]]:
    """Policy in force → the quantities that it asks for, also by way of another policy."""
    return _asked_by(settings.POLICY_FOLDER, edition(), on)


@functools.lru_cache(maxsize=8)
def _asked_by(folder: Path, _edition: int, on: date) -> dict[str, frozenset[str]]:
    fed, variables = results_by_family(), catalogue().variables
    asked: dict[str, frozenset[str]] = {}
    behind: dict[str, frozenset[str]] = {}  # result quantity → what its policy asks for
    for stage in stages(on):
        for compiled in stage:
            names = {variables[name].quantity.name for name in compiled.variables}
            further = (behind.get(name, frozenset()) for name in names)
            asked[compiled.policy.id] = frozenset(names).union(*further)
            for result in fed.get(compiled.policy.family, ()):
                behind[result] = behind.get(result, frozenset()) | asked[compiled.policy.id]
    return asked
