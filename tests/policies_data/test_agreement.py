"""A firm's page, the nightly batch and SQL say the same about 1,000 firms on the bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path

import duckdb
import polars as pl
import pytest
from tests.policies_data.boundary_firms import BoundaryFirms, Facts

from lianshang.apps.policies.queries.answers import Answer, answers_from
from lianshang.apps.policies.queries.batch import rows_from
from lianshang.apps.policies.queries.library import all_variables, stages
from lianshang.engines.rules import CompiledPolicy, State
from lianshang.engines.rules.batch import BatchPlan
from lianshang.engines.rules.sql import SqlPlan

DAYS = (date(2024, 6, 1), date(2026, 3, 31), date(2026, 11, 23))
FIRMS = 1000
Cells = tuple[int | None, ...]

pytestmark = pytest.mark.django_db  # packs and zones publish policies beside the files
on_each_day = pytest.mark.parametrize("day", DAYS, ids=str)


@dataclass(frozen=True)
class World:
    """What the pages of 1,000 firms say on a day."""

    policies: list[CompiledPolicy]
    firms: list[Facts]
    pages: list[list[Answer]]

    @property
    def settled(self) -> pl.DataFrame:
        """The firms' values, with the answers that one policy takes from another among them."""
        known = self.policies[0].catalogue.variables
        asked = sorted({name for one in self.policies for name in one.variables})
        values = [page[0].values for page in self.pages]
        return pl.DataFrame(
            {name: [each.get(name) for each in values] for name in asked},
            schema={n: pl.Boolean if known[n].quantity.truth else pl.Int64 for n in asked},
        )


@cache
def world(day: date) -> World:
    policies = [one for stage in stages(day) for one in stage]
    programs = [one.program for one in policies]
    drawn = BoundaryFirms(programs, policies[0].catalogue, all_variables(day))
    firms = drawn.draw(FIRMS, seed=str(day))
    return World(policies, firms, [answers_from(facts, on=day) for facts in firms])


def cells(answer: Answer) -> Iterator[tuple[str, int | None]]:
    """An answer as the columns of the batch: state, steps, amount, class, clauses."""
    code, outcome, program = answer.code, answer.outcome, answer.compiled.program
    yield code, outcome.state
    yield f"{code}#steps", outcome.steps
    if program.amount is not None:
        yield f"{code}#amount", outcome.amount
    if program.class_index is not None:
        codes = [rule.code for rule in answer.compiled.policy.classes]
        chosen = outcome.class_code
        yield f"{code}#class", None if chosen is None else codes.index(chosen)
    yield from ((f"{code}#{clause}", state) for clause, state in outcome.clauses.items())


def differences(columns: Sequence[str], found: Sequence[Cells], day: date) -> list[str]:
    """Where columns of answers, a row per firm, differ from what the pages say."""
    wrong = []
    for firm, (row, page) in enumerate(zip(found, world(day).pages, strict=True)):
        got, expected = dict(zip(columns, row, strict=True)), dict(chain(*map(cells, page)))
        assert got.keys() == expected.keys()
        wrong += [
            f"firm {firm}, {name}: {got[name]}, on the page {value}"
            for name, value in expected.items()
            if got[name] != value
        ]
    return wrong


@on_each_day
def test_the_nightly_batch_says_what_each_page_says(day: date) -> None:
    keys = range(FIRMS)
    batch = {
        (row.enterprise, row.policy): (row.state, row.steps, row.amount, row.class_code)
        for row in rows_from(dict(enumerate(world(day).firms)), keys, on=day)
    }
    page = {
        (firm, one.code): (
            int(one.outcome.state),
            one.outcome.steps,
            one.outcome.amount,
            one.outcome.class_code or "",
        )
        for firm, answers in enumerate(world(day).pages)
        for one in answers
    }
    assert batch.keys() == page.keys()
    assert [(key, batch[key], page[key]) for key in page if batch[key] != page[key]] == []


@on_each_day
def test_polars_agrees_on_every_clause(day: date) -> None:
    plan = BatchPlan([one.program for one in world(day).policies], clauses=True)
    answered = plan.run(world(day).settled)
    assert differences(answered.columns, answered.rows(), day) == []


@on_each_day
def test_duckdb_agrees_on_every_clause(day: date, tmp_path: Path) -> None:
    table = tmp_path / "firms.parquet"
    world(day).settled.write_parquet(table)
    plan = SqlPlan([one.program for one in world(day).policies], clauses=True)
    with duckdb.connect() as connection:
        answered = connection.execute(plan.query(f"read_parquet('{table}')"))
        columns = [name for name, *_ in answered.description or ()]
        assert differences(columns, answered.fetchall(), day) == []


@on_each_day
def test_the_quick_answer_is_the_full_one(day: date) -> None:
    wrong = [
        (firm, one.code)
        for firm, answers in enumerate(world(day).pages)
        for one in answers
        if one.compiled.quick(one.values)
        != (one.outcome.state, one.outcome.steps, one.outcome.amount)
    ]
    assert wrong == []


@on_each_day
def test_these_firms_put_every_clause_to_the_test(day: date) -> None:
    """Without this the agreement above would say little."""
    seen: dict[str, set[State]] = {}
    for answer in chain(*world(day).pages):
        for clause, state in answer.outcome.clauses.items():
            seen.setdefault(f"{answer.code} {clause}", set()).add(state)
    both = {State.MET, State.NOT_MET}
    assert [name for name, states in seen.items() if not both <= states] == []
    open_ = [name for name, states in seen.items() if states == both]
    assert open_ == ["cn.cit.hnte15 H2"]  # the one that no missing fact can leave open
