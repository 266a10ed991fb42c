"""Amounts are only compared and added with amounts of their kind."""

import pytest
from tests.engines.rules.examples import compiled, parameter, state_of

from lianshang.engines.rules import PolicyError
from lianshang.engines.rules.language.units import PURE, parse_unit
from lianshang.engines.rules.problems import ExpressionError

PARAMETERS = {"floor": parameter(100, "万元"), "per_head": parameter(1000, "元/人")}


def refused(test: str) -> str:
    with pytest.raises(PolicyError) as error:
        compiled(test, parameters=PARAMETERS)
    return error.value.problems[0].what


def test_ten_thousand_yuan_is_yuan() -> None:
    facts: dict[str, object] = {"rd_exp_y0": 1_000_000}
    assert state_of("rd_exp_y0 >= floor", facts, parameters=PARAMETERS) == "met"
    facts = {"rd_exp_y0": 999_999.99}
    assert state_of("rd_exp_y0 >= floor", facts, parameters=PARAMETERS) == "not_met"


def test_units_multiply_and_cancel() -> None:
    facts = {"rd_exp_y0": 50_000, "staff": 50}
    assert state_of("rd_exp_y0 >= per_head * staff", facts, parameters=PARAMETERS) == "met"
    yuan, head = parse_unit("元", multiples=False).dimension, parse_unit("人", multiples=False)
    assert str(yuan * yuan / head.dimension) == "元²/人"
    assert yuan / yuan == PURE


def test_money_is_not_compared_with_a_bare_number_or_with_people() -> None:
    assert refused("rd_exp_y0 >= 1000000") == "The units differ: 元 and 1."
    assert refused("rd_exp_y0 >= staff") == "The units differ: 元 and 人."
    assert refused("rd_exp_y0 + staff > 0") == "The units differ: 元 and 人."


def test_zero_fits_every_unit_and_counts_take_bare_numbers() -> None:
    facts = {"rd_exp_y0": 0.01, "ip1_count": 1}
    assert state_of("rd_exp_y0 > 0 AND ip1_count >= 1", facts) == "met"
    assert refused("staff >= 10") == "The units differ: 人 and 1."


def test_an_unknown_unit_is_refused_with_what_is_known() -> None:
    with pytest.raises(ExpressionError) as error:
        parse_unit("公里", multiples=True)
    assert error.value.problem.hint == "Known units: 元 人 项 天 月 年 分 ㎡ 次 1."
    with pytest.raises(ExpressionError) as error:
        parse_unit("万元", multiples=False)
    assert error.value.problem.hint.startswith("Quantities are kept in 元")
