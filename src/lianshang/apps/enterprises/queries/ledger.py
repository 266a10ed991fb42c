"""The fact ledger as people read it: the value that wins, the others, and those that may not be
used.

The rule is the one of `winners.py`; a test holds the two against each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianshang.apps.enterprises.choices import Verdict
from lianshang.apps.enterprises.models import Enterprise, Fact, Quantity
from lianshang.core.consent.choices import Use
from lianshang.core.consent.models import Consent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date


@dataclass
class Entry:
    """One quantity (of one year) about one firm: the value that wins, the others, the unusable
    ones.
    """

    quantity: Quantity
    year: int | None
    winner: Fact | None = None
    others: list[Fact] = field(default_factory=list)
    refused: list[Fact] = field(default_factory=list)
    rejected: list[Fact] = field(default_factory=list)  # checked by an office, and not taken

    @property
    def conflicts(self) -> list[Fact]:
        """Usable values of other sources that differ from the winner."""
        return [one for one in self.others if self.winner and one.value != self.winner.value]


def present_facts() -> QuerySet[Fact]:
    """Facts whose import has not been undone, with what a page needs to show them."""
    return Fact.objects.filter(
        Q(batch__isnull=True) | Q(batch__retired_at__isnull=True)
    ).select_related("quantity", "source", "source__owner", "batch", "recorded_by", "checked")


def counting_facts() -> QuerySet[Fact]:
    """Present facts but those that an office checked and does not take."""
    return present_facts().exclude(checked__verdict=Verdict.REFUSED)


def ledger(enterprise: Enterprise, *, purpose: Use, on: date) -> list[Entry]:
    """Everything held about one firm, by quantity and year, sorted as the catalogue reads."""
    consented = _consented_sources(enterprise, purpose)
    entries: dict[tuple[str, int | None], Entry] = {}
    facts = present_facts().filter(enterprise=enterprise, observed_on__lte=on)
    for fact in facts.order_by("quantity__code", "-year", *_PRECEDENCE):
        key = (fact.quantity.code, fact.year)
        entry = entries.setdefault(key, Entry(fact.quantity, fact.year))
        if fact.is_refused:
            entry.rejected.append(fact)
        elif not may_use(fact, purpose, consented):
            entry.refused.append(fact)
        elif entry.winner is None and _in_validity(fact, on):
            entry.winner = fact
        else:
            entry.others.append(fact)
    return list(entries.values())


_PRECEDENCE = ("source__rank", "-observed_on", "-pk")


def may_use(fact: Fact, purpose: Use, consented_sources: Collection[str] = ()) -> bool:
    """Whether a fact may be used for a purpose: by its own uses, its source's, or the firm's
    consent.
    """
    uses = set(fact.uses if fact.uses is not None else fact.source.uses)
    consented = "" in consented_sources or fact.source.code in consented_sources
    return bool(uses & {purpose.value, Use.PUBLIC.value}) or consented


def _consented_sources(enterprise: Enterprise, purpose: Use) -> set[str]:
    given = Consent.objects.in_force().filter(
        owner=enterprise.unit_id, grantee__isnull=True, purpose=purpose
    )
    return set(given.values_list("subject", flat=True))


def _in_validity(fact: Fact, on: date) -> bool:
    return (fact.valid_from is None or fact.valid_from <= on) and (
        fact.valid_until is None or fact.valid_until >= on
    )


def refusals(enterprise: Enterprise, *, purpose: Use, on: date) -> dict[str, list[Fact]]:
    """Quantity code → values that are held but may not be used for the purpose."""
    refused: dict[str, list[Fact]] = defaultdict(list)
    for entry in ledger(enterprise, purpose=purpose, on=on):
        if entry.refused and entry.winner is None:
            refused[entry.quantity.code] += entry.refused
    return refused


def conflicting(enterprises: QuerySet[Enterprise]) -> QuerySet[Fact]:
    """Facts for which another source gives another value for the same quantity and year."""
    rival = counting_facts().filter(
        enterprise=OuterRef("enterprise"), quantity=OuterRef("quantity")
    )
    same_year = Q(year=OuterRef("year")) | Q(year__isnull=True)
    differs = ~Q(source=OuterRef("source")) & (
        (Q(number__isnull=False) & ~Q(number=OuterRef("number")))
        | (Q(flag__isnull=False) & ~Q(flag=OuterRef("flag")))
        | (Q(code__isnull=False) & ~Q(code=OuterRef("code")))
    )
    return (
        counting_facts()
        .filter(enterprise__in=enterprises)
        .filter(Exists(rival.filter(same_year & differs)))
        .order_by("enterprise__name_key", "quantity__code", "-year", *_PRECEDENCE)
    )


def count_fields(entries: Iterable[Entry]) -> tuple[int, int, int]:
    """(usable, conflicting, refused) counts of a ledger, for its heading."""
    listed = list(entries)
    return (
        sum(1 for one in listed if one.winner),
        sum(1 for one in listed if one.conflicts),
        sum(1 for one in listed if one.refused and not one.winner),
    )
