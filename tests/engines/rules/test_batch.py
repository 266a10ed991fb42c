"""Many enterprises at once, in one Polars query."""

import subprocess
import sys
from typing import Any

import polars as pl
import pytest
from tests.engines.rules.examples import (
    DAY,
    LABEL,
    catalogue,
    clause,
    compiled,
    facts,
    parameter,
    policy,
)

from lianshang.engines.rules import CompiledPolicy
from lianshang.engines.rules.batch import BatchPlan

RELIEF = {
    "id": "relief",
    "require": {
        "all": [
            clause("size", "staff <= most"),
            clause("rate", "rd_exp_y0 / NULLIF(revenue_y0, 0) >= share"),
        ]
    },
    "parameters": {"most": parameter(300, "人"), "share": parameter(0.03)},
    "benefit": {"label": LABEL, "amount": "rd_exp_y0 * share"},
}
TITLE = {"id": "title", "require": {"all": [clause("A", "title_hnte", change="fixed")]}}
FIRMS: list[dict[str, Any]] = [
    {"staff": 300, "rd_exp_y0": 30, "revenue_y0": 1000, "title_hnte": True},
    {"staff": 301, "rd_exp_y0": "29.99", "revenue_y0": 1000, "title_hnte": False},
    {"staff": 300, "rd_exp_y0": None, "revenue_y0": 0, "title_hnte": None},
    {"staff": 300, "rd_exp_y0": 1, "revenue_y0": 0, "title_hnte": None},
]


def frame() -> pl.DataFrame:
    return pl.DataFrame([facts(firm) for firm in FIRMS])


def test_states_steps_and_amounts_by_policy() -> None:
    plan = BatchPlan([compiled(**RELIEF).program, compiled(**TITLE).program])
    assert plan.run(frame()).to_dict(as_series=False) == {
        "relief": [1, 0, 2, 3],
        "relief#steps": [0, 2, 1, 1],
        "relief#amount": [90, 90, None, 3],
        "title": [1, 0, 2, 2],
        "title#steps": [0, None, 1, 1],
    }


def test_clauses_on_request_and_columns_of_fixed_types() -> None:
    answer = BatchPlan([compiled(**RELIEF).program], steps=False, clauses=True).run(frame())
    assert answer["relief#rate"].to_list() == [1, 0, 2, 3]
    assert answer.schema == pl.Schema({
        "relief": pl.Int8,
        "relief#amount": pl.Int64,
        "relief#size": pl.Int8,
        "relief#rate": pl.Int8,
    })  # fmt: skip


def test_a_fact_without_a_column_is_not_known() -> None:
    plan = BatchPlan([compiled(**RELIEF).program], amounts=False)
    answer = plan.run(frame().select("staff"))
    assert answer.rows() == [(2, 1), (0, 2), (2, 1), (2, 1)]


def test_columns_of_any_integer_type_are_taken() -> None:
    narrow = frame().with_columns(
        pl.col("staff").cast(pl.UInt16), pl.col("rd_exp_y0").cast(pl.Int32)
    )
    plan = BatchPlan([compiled(**RELIEF).program])
    assert plan.run(narrow).equals(plan.run(frame()))


def test_a_plan_serves_any_number_of_frames() -> None:
    plan = BatchPlan([compiled(**RELIEF).program])
    assert plan.run(frame()).equals(plan.run(frame()))
    assert plan.run(frame().head(0)).shape == (0, 3)


def test_a_policy_that_asks_nothing_still_answers_every_row() -> None:
    values = {"p": parameter(1)}
    program = CompiledPolicy(policy("p = 1", parameters=values), catalogue(), DAY).program
    plan = BatchPlan([program])
    assert plan.run(frame())["x.example"].to_list() == [1, 1, 1, 1]


def test_two_builds_of_one_policy_are_the_same_nodes() -> None:
    one, other = compiled(**RELIEF).program, compiled(**RELIEF).program
    assert one.state is other.state
    assert one.amount is other.amount


def test_a_classification_gives_the_index_of_its_class() -> None:
    classes = [
        {"code": "large", "label": LABEL, "when": "staff > most"},
        {"code": "small", "label": LABEL},
    ]
    fields = {**RELIEF, "kind": "classification", "classes": classes, "require": None}
    answer = BatchPlan([compiled(**fields).program]).run(frame())
    assert answer["relief#class"].to_list() == [1, 0, 1, 1]


@pytest.mark.parametrize("module", ["lianshang.engines.rules", "lianshang.engines.rules.batch"])
def test_polars_is_loaded_only_when_a_batch_is_asked_for(module: str) -> None:
    script = f"import sys, {module}; sys.exit('polars' in sys.modules or 'django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
