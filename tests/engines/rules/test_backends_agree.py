"""Closures, Polars and SQL give the answers of an independent, slow reading of the format."""

from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, event, given, settings
from tests.engines.rules.generated import DAY, World, worlds
from tests.engines.rules.kleene import clauses_of
from tests.engines.rules.oracle import Oracle

from lianshang.engines.rules import Catalogue, CompiledPolicy, PolicyError, policy_from_mapping
from lianshang.engines.rules.batch import BatchPlan
from lianshang.engines.rules.sql import SqlPlan

JUDGED = {"b2", "e0"}
POLICY = "x.example"


def compiled_or_refused(world: World) -> tuple[Catalogue, CompiledPolicy] | None:
    """The policy ready for evaluation, or None if its numbers could pass 38 digits."""
    catalogue = Catalogue.from_mapping(world.catalogue)
    policy = policy_from_mapping(world.policy)
    try:
        return catalogue, CompiledPolicy(policy, catalogue, DAY)
    except PolicyError as error:
        if {problem.code for problem in error.problems} != {"overflow"}:
            raise
        event("refused: overflow")
        return None


def encoded(catalogue: Catalogue, firm: dict[str, Any]) -> dict[str, Any]:
    return {name: catalogue.encode(name, value) for name, value in firm.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_one_enterprise_is_answered_as_the_format_says(world: World) -> None:
    ready = compiled_or_refused(world)
    if ready is None:
        return
    catalogue, compiled = ready
    for firm in world.firms:
        oracle = Oracle(world.policy, firm, JUDGED)
        outcome = compiled.evaluate(encoded(catalogue, firm))
        event(f"state {outcome.state.key}")
        assert {key: state.key for key, state in outcome.clauses.items()} == {
            clause["id"]: oracle.clause_state(clause)
            for clause in clauses_of(world.policy["require"])
        }
        assert outcome.state.key == oracle.state()
        assert outcome.steps == oracle.steps()
        assert outcome.amount == oracle.amount()
        assert outcome.class_code == oracle.class_code()
        assert outcome.scores == {name: oracle.score(name) for name in ("total", "part")}
        assert outcome.lets["l0"] == oracle.named("l0")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_a_clause_is_not_known_exactly_when_a_missing_fact_is_named(world: World) -> None:
    ready = compiled_or_refused(world)
    if ready is None:
        return
    catalogue, compiled = ready
    for firm in world.firms:
        outcome = compiled.evaluate(encoded(catalogue, firm))
        not_known = "not_known" in {state.key for state in outcome.clauses.values()}
        waits = not_known or outcome.class_code is None
        assert not outcome.missing or waits
        assert outcome.missing or not not_known
        assert all(firm.get(name) is None for name in outcome.missing)
        assert not JUDGED & set(outcome.missing)


@pytest.fixture(scope="module")
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_batch_and_sql_answer_as_the_closures_do(
    connection: duckdb.DuckDBPyConnection, world: World
) -> None:
    ready = compiled_or_refused(world)
    if ready is None:
        return
    catalogue, compiled = ready
    facts = [encoded(catalogue, firm) for firm in world.firms]
    expected = []
    for firm in facts:
        outcome = compiled.evaluate(firm)
        codes = [rule.code for rule in compiled.policy.classes]
        chosen = None if outcome.class_code is None else codes.index(outcome.class_code)
        states = [int(state) for state in outcome.clauses.values()]
        expected.append((int(outcome.state), outcome.steps, outcome.amount, chosen, *states))

    frame = pl.DataFrame(facts, schema={name: storage(catalogue, name) for name in facts[0]})
    assert BatchPlan([compiled.program], clauses=True).run(frame).rows() == expected

    query = SqlPlan([compiled.program], clauses=True).query(f"({values(catalogue, facts)})")
    assert connection.execute(query).fetchall() == expected


def storage(catalogue: Catalogue, name: str) -> pl.DataType:
    return pl.Boolean() if catalogue.variable(name).quantity.truth else pl.Int64()


def values(catalogue: Catalogue, facts: list[dict[str, Any]]) -> str:
    """A table of facts written out in SQL, in their order."""
    rows = []
    for firm in facts:
        cells = [
            f"CAST({'NULL' if value is None else value} AS "
            f"{'BOOLEAN' if catalogue.variable(name).quantity.truth else 'BIGINT'}) AS {name}"
            for name, value in firm.items()
        ]
        rows.append(f"SELECT {', '.join(cells)}")
    return " UNION ALL ".join(rows)
