"""Whom a row of a register means: by credit code, else by name or former name, for many rows at
once.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from lianshang.apps.enterprises.models import Enterprise, FormerName
from lianshang.engines.standards.text import normalise_company_name


@functools.lru_cache(maxsize=50_000)
def match_key(name: str) -> str:
    """What two spellings of one name have in common."""
    return normalise_company_name(name)[:200]


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the register, as far as matching needs it."""

    pk: int
    name: str
    match_key: str
    credit_code: str | None
    is_retired: bool

    def is_named(self, name: str) -> bool:
        """Whether this is its present name."""
        return self.match_key == match_key(name)

    def __str__(self) -> str:
        return f"{self.name}（{self.credit_code or '—'}）"


@dataclass
class Identities:
    """The actors that have one of the asked codes or names."""

    by_code: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def named(self, name: str) -> list[Known]:
        """Actors that have or had the name; those that have it now first."""
        key = match_key(name)
        current = [one for one in self.by_name.get(key, []) if one.match_key == key]
        return current or self.by_name.get(key, [])

    def has_name(self, pk: int, name: str) -> bool:
        return any(one.pk == pk for one in self.by_name.get(match_key(name), []))


def identities(
    codes: Iterable[str], names: Iterable[str], *, with_retired: bool = False
) -> Identities:
    """Look all of them up with three questions; retired actors only if asked for."""
    found = Identities()
    rows: QuerySet[Enterprise] = Enterprise.objects.all()
    if not with_retired:
        rows = rows.present()  # type: ignore[attr-defined]  # the manager's own queryset
    keys = {match_key(name) for name in names}
    for known in _known(rows.filter(credit_code__in=set(codes))):
        found.by_code[known.credit_code or ""] = known
    current = list(_known(rows.filter(match_key__in=keys)))
    for known in current:
        found.by_name[known.match_key].append(known)
    _add_former(found, rows, keys)
    return found


def _known(rows: QuerySet[Enterprise]) -> Iterable[Known]:
    columns = ("pk", "name", "match_key", "credit_code", "is_retired")
    return (Known(*row) for row in rows.order_by("pk").values_list(*columns))


def _add_former(found: Identities, rows: QuerySet[Enterprise], keys: Collection[str]) -> None:
    former = FormerName.objects.filter(match_key__in=keys).values_list("match_key", "enterprise")
    pairs = list(former)
    owners = {one.pk: one for one in _known(rows.filter(pk__in={pk for _key, pk in pairs}))}
    for key, pk in pairs:
        if pk in owners and owners[pk] not in found.by_name[key]:
            found.by_name[key].append(owners[pk])
