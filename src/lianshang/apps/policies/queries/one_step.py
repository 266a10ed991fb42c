"""Firms that little separates from an entitlement: the list, and what it is each time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, DateField, Exists, OuterRef, Q, QuerySet, Value, When

from lianshang.apps.enterprises.queries.projection import values_of
from lianshang.apps.policies.choices import Nearness, Standing
from lianshang.apps.policies.models import Assessment, OneStepNotice, Policy
from lianshang.apps.policies.queries.answers import answers_from
from lianshang.apps.policies.queries.library import feeders, stages, variables_of
from lianshang.apps.policies.queries.remedies import Way, way
from lianshang.apps.policies.queries.summary import best_of
from lianshang.apps.policies.queries.wording import policy_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from lianshang.core.accounts.models import User

NEAR = ~Q(nearness=Nearness.NONE)


@dataclass(frozen=True)
class Near:
    """What separates one firm from one policy now; the stored answer may be older."""

    standing: Standing
    way: Way


def near_firms(user: User, on: date) -> QuerySet[Assessment]:
    """Stored answers that little separates from "entitled", with the day by which (`closes`) and
    whether the firm was told (`is_told`).
    """
    closing = [When(policy__code=code, then=Value(day)) for code, day in closings(on).items()]
    closes = Case(*closing, default=None, output_field=DateField())
    rows = best_of(user, Assessment.objects.visible_to(user).filter(NEAR))
    return rows.annotate(closes=closes, is_told=_told()).prefetch_related(
        "enterprise__park", "policy"
    )


def _told() -> Exists:
    return Exists(
        OneStepNotice.objects.filter(enterprise=OuterRef("enterprise"), policy=OuterRef("policy"))
    )


def near_policies(user: User) -> list[tuple[str, str]]:
    """The policies that may be in that list, for choosing one: those that somebody lacks something
    for, which their sums say without a look at the answers.
    """
    lacking = Q(tally__one_step__gt=0) | Q(tally__not_known__gt=0) | Q(tally__not_entitled__gt=0)
    policies = Policy.objects.filter(lacking).order_by("name")
    return [(one.code, policy_name(one)) for one in policies.only("code", "name", "name_en")]


def closings(on: date) -> dict[str, date]:
    """Policy → the close of its window that is open or next, else its last day; those open for
    good are left out.
    """
    found = {}
    for stage in stages(on):
        for compiled in stage:
            policy = compiled.policy
            ends = [one.period.end for one in policy.windows if one.period.end]
            coming = [end for end in ends if end >= on]
            day = min(coming) if coming else policy.valid.end if not ends else None
            if day is not None:
                found[policy.id] = day
    return found


def as_they_stand(rows: Iterable[Assessment], on: date) -> dict[int, Near]:
    """Assessment key → what separates the firm now; computed afresh, so for a page of rows only."""
    wanted: dict[int, dict[str, int]] = {}
    for row in rows:
        wanted.setdefault(row.enterprise_id, {})[row.policy.code] = row.pk
    asked = {code for codes in wanted.values() for code in codes}
    values = values_of(list(wanted), variables_of(feeders(asked, on), on), on=on)
    found = {}
    for firm, codes in wanted.items():
        for answer in answers_from(values.get(firm, {}), on=on, only=feeders(codes, on)):
            if answer.code in codes:
                found[codes[answer.code]] = Near(answer.standing, way(answer))
    return found


def not_yet_told(rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
    """Those whose firm was not told."""
    return rows.filter(~_told())


def named(user: User, keys: Collection[int], on: date) -> QuerySet[Assessment]:
    """Some of the list by key, as far as this user may see them."""
    return near_firms(user, on).filter(pk__in=keys)
