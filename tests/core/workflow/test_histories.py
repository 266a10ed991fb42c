"""Ten thousand random histories: what is read off the logs equals a slow second reading."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.core.workflow import oracle, stored
from tests.core.workflow.histories import CHINA
from tests.core.workflow.random_histories import NOW, UNITS, History, histories
from tests.core.workflow.slow_time import DAY_ONE, minute, moment

from lianshang.core import clock
from lianshang.core.workflow.clock_runs import ClockStanding
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.queries.statistics import Line, statistics
from lianshang.core.workflow.queries.workbench import overdue, workbench
from lianshang.core.workflow.replay import standing

SEED = 20261123
HALF_PAST = timedelta(seconds=30)  # no log has a row here, no clock runs out here
SHORT, FULL = 1_000, pytest.param(10_000, marks=pytest.mark.walk)


def said(history: History) -> tuple[object, ...]:
    """What the program reads."""
    found = standing(history.rows, CHINA)
    clocks = sorted(outcome(one) for one in found.clocks)
    return found.state, found.owner, set(found.co_owners), set(found.former), clocks


def outcome(one: ClockStanding) -> tuple[object, ...]:
    begun = (one.name, minute(one.started_at), one.is_dropped)
    if one.is_dropped:
        return begun
    due = minute(one.due.at) if one.due.at else -1
    return (*begun, due, minute(one.stopped_at) if one.stopped_at else -1)


def expected(history: History) -> tuple[object, ...]:
    told = oracle.told(history.rows)
    clocks = sorted(
        (one.name, one.since, True)
        if one.is_dropped
        else (one.name, one.since, False, -1 if one.due is None else one.due, one.stop or -1)
        for one in told.clocks
    )
    return told.state, told.owner, told.helpers, told.former, clocks


def test_standings_of_ten_thousand_histories_equal_a_second_reading() -> None:
    for number, history in enumerate(histories(SEED, 10_000)):
        assert said(history) == expected(history), number


def test_reading_in_one_go_or_between_others_gives_the_same() -> None:
    """And what is read of the first rows does not depend on those that follow."""
    chance, found = Random(SEED), histories(SEED + 1, 300)
    whole = [standing(one.rows, CHINA) for one in found]
    for place in chance.sample(range(300), 300):
        assert standing(iter(found[place].rows), CHINA) == whole[place]
    for one in found:
        cut = chance.randrange(1, len(one.rows) + 1)
        before = standing(one.rows[:cut], CHINA)
        standing(one.rows, CHINA)
        assert standing(one.rows[:cut], CHINA) == before


def test_words_added_later_move_no_due_moment() -> None:
    for one in histories(SEED + 2, 1_000):
        before = standing(one.rows, CHINA)
        last = one.rows[-1]
        words = [
            type(last)(last.number + n, act, NOW, last.to_state, last.to_state, "话")
            for n, act in enumerate(("note", "urge", "join", "escalate"), start=1)
        ]
        words[2].data = {"unit": 99}
        after = standing([*one.rows, *words], CHINA)
        assert [run.due for run in after.clocks] == [run.due for run in before.clocks]
        assert after.due_at == before.due_at


@pytest.fixture
def kept(db: None, amount: int) -> Iterator[tuple[stored.Rows, Any]]:
    with clock.moved_to(moment(0)):
        people = stored.staff_of_each_unit()
        rows = stored.store(histories(SEED, amount), stored.kinds())
    with clock.standing_at(NOW + HALF_PAST):
        yield rows, people


@pytest.mark.parametrize("amount", [SHORT, FULL])
def test_everybodys_lists_equal_a_second_reading(kept: tuple[stored.Rows, Any]) -> None:
    rows, people = kept
    now = minute(NOW) + 0.5
    for unit in range(UNITS + 1):
        expects, bench = stored.lists(rows, unit, now), workbench(people[unit])
        for name in ("mine", "waiting_for_me", "waiting_for_others"):
            assert [row.duty.pk for row in getattr(bench, name)] == getattr(expects, name), unit
        assert [row.duty.pk for row in overdue(people[unit])] == expects.overdue
        own = set(expects.mine)
        assert [row.duty.pk for row in bench.overdue] == [pk for pk in expects.overdue if pk in own]


@pytest.mark.parametrize("amount", [SHORT, FULL])
def test_statistics_equal_a_second_reading(kept: tuple[stored.Rows, Any]) -> None:
    rows, people = kept
    flows = {kind.pk: kind.flow for kind in DutyKind.objects.all()}
    for first, last in (
        (date(2025, 1, 1), date(2027, 12, 31)),
        (date(2026, 2, 1), date(2026, 2, 28)),
        (date(2027, 2, 1), date(2027, 2, 10)),
    ):
        table = statistics(people[0], first, last)
        since, until = ((day - DAY_ONE).days * 1440 for day in (first, last))
        expects = stored.sums(rows, since, until + 1440, minute(NOW) + 0.5)
        lines = table.by_kind_and_owner()
        assert {(flows[kind], owner) for kind, owner in lines} == set(expects)
        for (kind, owner), line in lines.items():
            same(line, expects[flows[kind], owner])


def same(line: Line, expects: stored.Sums) -> None:
    counted = ("opened", "ended", "cancelled", "returned", "reopened", "escalated")
    for what in (*counted, "open", "overdue"):
        assert sorted(line.count(what).duties) == sorted(expects.counts[what]), what
    for name in ("contact", "stage", "close"):
        rate = line.rate(name)
        assert sorted(rate.met) == sorted(expects.met[name])
        assert sorted(rate.missed) == sorted(expects.missed[name])
    for what in ("to_contact", "to_close", "paused"):
        minutes = [took // timedelta(minutes=1) for took, _duty in line.times(what).rows]
        assert minutes == sorted(expects.times[what]), what
