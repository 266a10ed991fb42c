"""The bench of the rules: all who are measured answer the same questions, and alike."""

import json
import re
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest
from bench.rules import peers
from bench.rules.field import Field
from bench.rules.library import MISSING
from bench.rules.synthetic import bounds_by_column, columns, policies

REPOSITORY = Path(__file__).resolve().parents[2]
ALL_EQUAL = "answers equal"


@cache
def field() -> Field:
    return Field.drawn(40, 500)


def test_a_hundred_policies_have_504_clauses_over_sixty_columns() -> None:
    assert sum(len(policy.clauses) for policy in policies(100)) == 504
    assert len(columns()) == 60


def test_between_a_twentieth_and_a_fifth_of_each_column_is_missing() -> None:
    missing = field().partial.null_count().row(0)
    assert field().complete.null_count().row(0) == (0,) * 60
    assert min(missing) >= 25
    assert max(missing) <= 100


def test_every_answer_occurs() -> None:
    answers = field().answers(field().partial).select(pl.col(pl.Boolean))
    seen = set(answers.unpivot()["value"].unique().to_list())
    assert seen == {True, False, None}


def test_some_firms_stand_exactly_on_a_bound() -> None:
    drawn = Field.drawn(100, 5000)
    column, bounds = max(bounds_by_column(drawn.library).items(), key=lambda one: len(one[1]))
    assert set(bounds) & set(drawn.complete[column].to_list())


def test_duckdb_gives_every_state_and_amount_as_we_do(tmp_path: Path) -> None:
    assert peers.makers(field(), tmp_path)["DuckDB, one query"]().note == ALL_EQUAL


def test_rule_engine_agrees_on_every_clause(tmp_path: Path) -> None:
    pytest.importorskip("rule_engine")
    name = f"rule-engine, {peers.SAMPLE} rows scaled up"
    assert peers.makers(field(), tmp_path)[name]().note == ALL_EQUAL


@pytest.mark.parametrize("style", ["handbook", "for speed"])
@pytest.mark.parametrize("logic", ["two-valued", "three-valued"])
def test_openfisca_differs_only_where_float32_cannot_tell(
    logic: str, style: str, tmp_path: Path
) -> None:
    pytest.importorskip("openfisca_core")
    note = peers.makers(field(), tmp_path)[f"OpenFisca, {logic}, {style}"]().note
    differing = re.search(r"([\d,]+) of 20,000 states differ", note)
    assert differing is None or int(differing[1]) <= 5


def test_the_command_prints_one_json_object_and_says_who_is_not_installed() -> None:
    size = ["--firms", "200", "--policies", "3", "--rounds", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.rules", *size, "--json", "--parts", "library", "policy"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    said = json.loads(done.stdout)
    assert (said["bench"], said["firms"], said["policies"]) == ("rules", 200, 3)
    notes = {line["name"]: line["note"] for line in said["parts"]["library"]["lines"]}
    assert notes["DuckDB, one query"] == ALL_EQUAL
    for name, module in (("OpenFisca, two-valued", "openfisca_core"), ("rule-eng", "rule_engine")):
        said_missing = {note == MISSING for key, note in notes.items() if key.startswith(name)}
        assert said_missing == {find_spec(module) is None}


@pytest.mark.walk
def test_the_zone_is_measured_where_page_and_batch_agree() -> None:
    small = ["--parts", "zone", "--zone", "S", "--rounds", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "bench.rules", *small, "--json"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    page, _page_facts, batch, _batch_facts = json.loads(done.stdout)["parts"]["zone"]["lines"]
    assert page["figure"]["median"] > 0
    assert batch["note"] == "as the page says"
