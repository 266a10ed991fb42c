"""How the firms of the zone stand on a day: organised, reached by work, uncovered, not counted.

Organisation coverage = firms with an organisation of their own, or jointly, or of their area or
trade ÷ firms that really operate; single-formation rate = those with their own ÷ the same; work
coverage adds firms with an instructor, a liaison or mass organisations (official explainer of
中办发〔2012〕11号). A joint branch counts each firm it covers; a functional organisation none.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from lianshang.apps.enterprises.choices import ActorKind
from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.party.choices import ORGANIZED, WORKED, CoverForm, Nature, State
from lianshang.apps.party.models import Coverage, LeftOut
from lianshang.apps.party.models.organizations import in_force
from lianshang.apps.party.queries.rules import rules
from lianshang.core.accounts.models import User

# New economic and new social organisations; sole traders and institutes have other bodies above.
COUNTED = (ActorKind.FIRM, ActorKind.SOCIAL_ORGANIZATION)


def coverages_on(on: date) -> QuerySet[Coverage]:
    """What holds on the day by organisations that exist then."""
    existing = Q(organization__founded_on__lte=on) & (
        Q(organization__ended_on__isnull=True) | Q(organization__ended_on__gt=on)
    )
    return Coverage.objects.filter(in_force(on), existing)


def organized_forms() -> tuple[str, ...]:
    """The forms that count as organised here: attachment by the zone's own rule."""
    return (*ORGANIZED, CoverForm.ATTACHED) if rules()["attached_counts"] else ORGANIZED


def firms_on(on: date, user: User) -> QuerySet[Any]:
    """The firms that operated on the day, with `state` and whether they have a `single` one."""

    def covered(*forms: str, entity: bool = True) -> Exists:
        rows = coverages_on(on).filter(enterprise=OuterRef("pk"), form__in=forms)
        return Exists(rows.filter(organization__nature=Nature.ENTITY) if entity else rows)

    left_out = Exists(LeftOut.objects.filter(in_force(on), enterprise=OuterRef("pk")))
    working = (*WORKED, CoverForm.ATTACHED)
    state = Case(
        When(left_out, then=Value(State.LEFT_OUT)),
        When(covered(*organized_forms()), then=Value(State.ORGANIZED)),
        When(covered(*working, entity=False), then=Value(State.WORKED)),
        default=Value(State.UNCOVERED),
        output_field=CharField(),
    )
    return operating_on(on, user).annotate(state=state, single=covered(CoverForm.SINGLE))


def operating_on(on: date, user: User) -> QuerySet[Enterprise]:
    """New economic and new social organisations in operation on the day."""
    return Enterprise.objects.visible_to(user).operating_on(on).filter(kind__in=COUNTED)


@dataclass(frozen=True)
class Rates:
    """Numbers of a day; a rate of nobody is unknown."""

    on: date
    counted: int
    organized: int
    single: int
    worked: int
    left_out: int

    @property
    def uncovered(self) -> int:
        return self.counted - self.organized - self.worked

    @property
    def organization_rate(self) -> Fraction | None:
        return self._rate(self.organized)

    @property
    def single_rate(self) -> Fraction | None:
        return self._rate(self.single)

    @property
    def work_rate(self) -> Fraction | None:
        return self._rate(self.organized + self.worked)

    def _rate(self, part: int) -> Fraction | None:
        return Fraction(part, self.counted) if self.counted else None


def rates(on: date, user: User) -> Rates:
    """The numbers of a day, over what this user may see."""
    rows = firms_on(on, user).values("state", "single").annotate(number=Count("pk")).order_by()
    counts: dict[str, int] = dict.fromkeys(State, 0)
    single = 0
    for row in rows:
        counts[row["state"]] += row["number"]
        if row["single"] and row["state"] == State.ORGANIZED:
            single += row["number"]
    counted = counts[State.ORGANIZED] + counts[State.WORKED] + counts[State.UNCOVERED]
    return Rates(
        on=on,
        counted=counted,
        organized=counts[State.ORGANIZED],
        single=single,
        worked=counts[State.WORKED],
        left_out=counts[State.LEFT_OUT],
    )


def month_ends(on: date, months: int) -> list[date]:
    """The day itself and the last days of the months before it, the oldest first."""
    found, day = [on], on
    for _ in range(months):
        day = day.replace(day=1) - timedelta(days=1)
        found.append(day)
    return found[::-1]
