"""What there is to tell firms about their policies: what changed, and what is about to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.choices import Kind, NewsKind, Standing, State
from lianshang.apps.policies.models import STANDING, Assessment, StandingChange, ToldAhead
from lianshang.apps.policies.queries.batch import evaluate
from lianshang.apps.policies.queries.library import library, stages
from lianshang.apps.policies.queries.windows import opening

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from decimal import Decimal

    from lianshang.apps.policies.queries.explanations import Entries
    from lianshang.engines.rules.evaluation import CompiledPolicy

WINDOW_DAYS = ((5, NewsKind.WINDOW_5), (15, NewsKind.WINDOW_15))
NOT_MET, MET, NOT_KNOWN, NEEDS_PERSON = range(4)  # the engine's codes of a state
HOPE = (NOT_MET, NEEDS_PERSON, NOT_KNOWN, MET)  # the better state last
CHUNK = 20_000  # firms evaluated in one pass


@dataclass(frozen=True)
class News:
    """One thing to tell one firm; `day` is when it ends or closes, where that is known."""

    enterprise: int
    policy: int
    code: str
    kind: NewsKind
    amount: Decimal | None = None
    day: date | None = None
    change: int | None = None  # the key of the last change behind it


def changed(changes: Iterable[StandingChange]) -> list[News]:
    """Of changes in order: what they come to for each firm and policy."""
    first: dict[tuple[int, int], str] = {}
    last: dict[tuple[int, int], StandingChange] = {}
    for one in changes:
        key = (one.enterprise_id, one.policy_id)
        first.setdefault(key, one.before)
        last[key] = one
    news = []
    for key, one in last.items():
        kind = _kind(first[key], one.after)
        if kind and one.policy.kind != Kind.CLASSIFICATION:
            news.append(News(*key, one.policy.code, kind, one.amount, change=one.pk))
    return news


def _kind(before: str, after: str) -> NewsKind | None:
    if before == after:
        return None
    if after == Standing.ENTITLED:
        return NewsKind.ENTITLED
    if before == Standing.ENTITLED:
        return NewsKind.LOST
    return NewsKind.ONE_STEP if after == Standing.ONE_STEP else None


def closing(on: date) -> list[News]:
    """Windows of policies that close within fifteen days, and within five, told once each."""
    ends: dict[str, tuple[date, NewsKind]] = {}
    for stage in stages(on):
        for compiled in stage:
            found = opening(compiled.policy, on)
            if found is None or found.end is None or found.days_left is None:
                continue
            for days, kind in WINDOW_DAYS:
                if found.is_open and found.days_left <= days:
                    ends[compiled.policy.id] = (found.end, kind)
                    break
    near = STANDING[Standing.ENTITLED] | STANDING[Standing.ONE_STEP]
    rows = Assessment.objects.filter(near, policy__code__in=ends, enterprise__is_retired=False)
    return [
        News(row.enterprise_id, row.policy_id, row.policy.code, ends[row.policy.code][1],
             row.amount, ends[row.policy.code][0])
        for row in rows.select_related("policy")
    ]  # fmt: skip


def ending(on: date, days: int) -> list[News]:
    """Entitlements of today that today's facts no longer give that many days on.

    What will merely be unknown (a new year without its figures yet) is not foretold as lost.
    """
    until = on + timedelta(days=days)
    rows = (
        Assessment.objects.filter(state=State.MET, enterprise__is_retired=False)
        .exclude(policy__kind=Kind.CLASSIFICATION)
        .select_related("policy")
    )
    entitled: dict[int, list[Assessment]] = defaultdict(list)
    for row in rows:
        entitled[row.enterprise_id].append(row)
    keys, news = sorted(entitled), list[News]()
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        later = _states(chunk, until)
        for key in chunk:
            for row in entitled[key]:
                state = later.get((key, row.policy.family), NOT_MET)
                if state == NOT_MET:
                    news.append(
                        News(key, row.policy_id, row.policy.code, NewsKind.LOST_SOON, row.amount)
                    )
    return news


def _states(keys: Collection[int], on: date) -> dict[tuple[int, str], int]:
    """(firm, family) → the state on a day; of several versions in force the best counts."""
    families = {code: policy.family for code, policy in library().policies.items()}
    found: dict[tuple[int, str], int] = {}
    for row in evaluate(keys, on=on):
        key = (row.enterprise, families[row.policy])
        if key not in found or HOPE.index(row.state) > HOPE.index(found[key]):
            found[key] = row.state
    return found


def last_day(compiled: CompiledPolicy, entries: Entries, on: date, days: int) -> date | None:
    """The last day of an entitlement, where one date says it: the policy's own, or that of a
    value that it rests on, whichever comes first.
    """
    until = on + timedelta(days=days)
    variables = catalogue().variables
    quantities = {variables[name].quantity.name for name in compiled.variables}
    ends = [
        entry.winner.valid_until
        for (code, _year), entry in entries.items()
        if code in quantities and entry.winner and entry.winner.valid_until
    ]
    if compiled.policy.valid.end:
        ends.append(compiled.policy.valid.end)
    return min((day for day in ends if on <= day < until), default=None)


def untold(news: Iterable[News]) -> Iterator[News]:
    """Those that were not told before."""
    listed = list(news)
    rows = ToldAhead.objects.filter(
        enterprise__in={one.enterprise for one in listed}, policy__in={one.policy for one in listed}
    )
    known = set(rows.values_list("enterprise", "policy", "kind", "day"))
    for one in listed:
        if (one.enterprise, one.policy, one.kind.value, one.day) not in known:
            yield one
