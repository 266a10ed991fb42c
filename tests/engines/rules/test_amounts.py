"""What a benefit is worth: exact, rounded once, half up, whatever the state."""

import pytest
from tests.engines.rules.examples import LABEL, ask, compiled, parameter

from lianshang.engines.rules import PolicyError

PARAMETERS = {
    "cap": parameter(50, "万元"),
    "free": parameter(500, "万元"),
    "gap": parameter(0.05),
}


def amount(expression: str, given: dict[str, object]) -> int | None:
    benefit = {"label": LABEL, "amount": expression, "per": "year"}
    return ask("title_hnte", given=given, benefit=benefit, parameters=PARAMETERS).amount


@pytest.mark.parametrize(
    ("expression", "given", "fen"),
    [
        ("smaller(rd_exp_y0 * 0.1, cap)", {"rd_exp_y0": 4_999_999}, 49_999_990),
        ("smaller(rd_exp_y0 * 0.1, cap)", {"rd_exp_y0": 5_000_000}, 50_000_000),
        ("smaller(rd_exp_y0 * 0.1, cap)", {"rd_exp_y0": 50_000_000}, 50_000_000),
        ("larger(revenue_y0 - free, 0) * 0.5 * 0.25", {"revenue_y0": 6_000_000}, 12_500_000),
        ("larger(revenue_y0 - free, 0) * 0.5 * 0.25", {"revenue_y0": 1}, 0),
        ("rd_exp_y0 * gap", {"rd_exp_y0": "0.10"}, 1),  # 0.005 元 is rounded up
        ("rd_exp_y0 * gap", {"rd_exp_y0": "0.09"}, 0),
        ("rd_exp_y0 / 3", {"rd_exp_y0": "0.05"}, 2),
        ("rd_exp_y0 * 2 / 3", {"rd_exp_y0": "0.02"}, 1),
        ("cap", {}, 50_000_000),
        ("cap / 3", {}, 16_666_667),
        (
            "rd_exp_y0 * rd_exp_y1 / NULLIF(revenue_y0, 0)",
            {"rd_exp_y0": 3, "rd_exp_y1": 5, "revenue_y0": 7},
            214,
        ),
        ("rd_exp_y0 * gap", {}, None),
        ("cap * ip1_count / NULLIF(ip2_count, 0)", {"ip1_count": 1, "ip2_count": 0}, None),
    ],
)  # fmt: skip
def test_amounts_in_fen(expression: str, given: dict[str, object], fen: int | None) -> None:
    assert amount(expression, given) == fen


@pytest.mark.parametrize(
    ("expression", "what"),
    [
        ("rd_exp_y0 - revenue_y0", "This amount could be negative."),
        ("net_assets_y0 * 0.1", "This amount could be negative."),
        ("staff * 2", "This is in 人, not 元."),
        ("title_hnte", "An amount is a number in 元."),
        ("50000", "This amount has no currency."),
    ],
)
def test_what_is_no_amount_is_refused(expression: str, what: str) -> None:
    benefit = {"label": LABEL, "amount": expression}
    with pytest.raises(PolicyError) as error:
        compiled("title_hnte", benefit=benefit, parameters=PARAMETERS)
    assert [(p.path, p.what) for p in error.value.problems] == [("benefit.amount", what)]
