"""Which papers prove a value, as the policies say it, and how long such a proof holds."""

from __future__ import annotations

from datetime import date, timedelta

from lianshang.apps.enterprises.choices import Verdict
from lianshang.apps.enterprises.models import Fact, FactCheck
from lianshang.apps.policies.models import Policy


def papers_proving(quantity: str) -> list[str]:
    """The papers of policies in the library that prove the quantity, each once."""
    asked = Policy.objects.current().filter(
        definition__materials__contains=[{"proves": [quantity]}]
    )
    papers = (
        paper["zh"]
        for policy in asked.order_by("code")
        for paper in policy.definition["materials"]
        if quantity in paper.get("proves", ())
    )
    return list(dict.fromkeys(papers))


def is_confirmed(fact: Fact) -> bool:
    return FactCheck.objects.filter(fact=fact, verdict=Verdict.CONFIRMED).exists()


def proof_until(fact: Fact) -> date:
    """As long as the value itself; what proves a year is asked for in the year that follows, and
    what proves something without an end is asked for again after a year.
    """
    if fact.valid_until is not None:
        return fact.valid_until
    if fact.year is not None:
        return date(fact.year + 1, 12, 31)
    return fact.observed_on + timedelta(days=365)
