"""The same answers as a query."""

import gc

import duckdb
from tests.engines.rules.examples import compiled
from tests.engines.rules.test_batch import RELIEF, TITLE

from lianshang.engines.rules.sql import SqlPlan

FIRMS = "(VALUES ('a', 30000, 3000, 100000), ('b', 30100, 2999, 100000), ('c', 30000, NULL, 0))"
TABLE = f"(SELECT * FROM {FIRMS} AS t(code, staff, rd_exp_y0, revenue_y0))"


def test_a_query_hands_keys_through_and_treats_absent_columns_as_unknown() -> None:
    plan = SqlPlan([compiled(**RELIEF).program, compiled(**TITLE).program])
    columns = ["staff", "rd_exp_y0", "revenue_y0"]
    query = plan.query(TABLE, keys=["code"], present=columns)
    found = duckdb.connect().execute(query).fetchall()
    assert sorted(found) == [
        ("a", 1, 0, 90, 2, 1),
        ("b", 0, 2, 90, 2, 1),
        ("c", 2, 1, None, 2, 1),
    ]
    assert plan.inputs.keys() == {"staff", "rd_exp_y0", "revenue_y0", "title_hnte"}


def test_a_policy_is_always_written_alike() -> None:
    def written() -> str:
        return SqlPlan([compiled(**RELIEF).program], clauses=True).query(TABLE)

    first = written()
    gc.collect()  # nodes are shared only while somebody holds them
    assert written() == first


def test_spark_is_written_its_own_way() -> None:
    huge = "rd_exp_y0 * rd_exp_y1 > revenue_y0 * revenue_y1"
    query = SqlPlan([compiled(huge).program], dialect="spark").query("firms", keys=["code"])
    assert "CAST(rd_exp_y0 AS DECIMAL(38, 0)) * CAST(rd_exp_y1 AS DECIMAL(38, 0))" in query
    assert "SELECT `code`, CAST(`rd_exp_y0` AS BIGINT) AS rd_exp_y0" in query
    assert "`x.example#steps`" in query
