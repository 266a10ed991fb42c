"""What an expression may say, and how a fault in it is reported."""

from fractions import Fraction

import pytest
import sqlglot

from lianshang.engines.rules.language import syntax
from lianshang.engines.rules.language.parsing import parse
from lianshang.engines.rules.problems import ExpressionError

ACCEPTED = [
    "rd_exp_y0 >= rd_floor AND rd_exp_y0 / NULLIF(revenue_y0, 0) >= 0.03",
    "industry IN ('farming', 'software') OR NOT (title_hnte AND staff < 5)",
    "registered_on <= DATE '2025-12-31'",
    "CASE WHEN staff > 10 THEN 0.05 WHEN staff > 5 THEN 0.04 ELSE 0.03 END * revenue_y0 > floor",
    "larger(net_assets_y1, 0) - smaller(a, b) <> -3",
    "staff BETWEEN 3 AND 5 AND ip1_count IS NOT NULL AND score.total > limits.pass_mark",
    "industry NOT IN ('it''s')",
]


@pytest.mark.parametrize("text", ACCEPTED)
def test_what_is_accepted_is_sql(text: str) -> None:
    parse(text)
    assert sqlglot.parse_one(text, read="duckdb") is not None


def test_multiplication_binds_before_addition_and_comparison_before_and() -> None:
    assert parse("a + b * c >= 1 AND d OR e") == parse("(((a + (b * c)) >= 1) AND d) OR e")
    assert parse("a - b - c") == parse("(a - b) - c")
    assert parse("NOT a = b") == parse("NOT (a = b)")


def test_numbers_are_read_exactly() -> None:
    assert parse("0.03") == syntax.Number(Fraction(3, 100))
    assert parse("-12.5") == syntax.Number(Fraction(-25, 2))


@pytest.mark.parametrize(
    ("text", "position", "hint"),
    [
        ("staff != 3", 6, "Write <> for 'not equal'."),
        ("a >= ROUND(b)", 5, "Amounts are rounded once, at the end; nothing else is rounded."),
        (
            "COALESCE(a, 0) > 1",
            0,
            "A missing fact gets a value only under `assume`, with its source.",
        ),
        (
            "LEAST(a, b) > 1",
            0,
            "Write smaller(a, b): it is unknown when a side is unknown.",
        ),
        ("staff > 5%", 9, "Write a percentage as a decimal number or a parameter, e.g. 0.03."),
        ("listed = TRUE", 9, "Write the name alone, or NOT name."),
        (
            "CASE staff WHEN 1 THEN 2 ELSE 3 END",
            5,
            "Only CASE WHEN test THEN value … ELSE value END.",
        ),
        (
            "CASE WHEN a THEN 1 END",
            19,
            "Every CASE says what holds when no test does.",
        ),
    ],
)
def test_a_fault_is_placed_and_says_what_to_write_instead(
    text: str, position: int, hint: str
) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.problem.position == position
    assert refused.value.problem.hint == hint


@pytest.mark.parametrize(
    "text",
    ["", "a >", "(a", "a b", "a LIKE 'x'", "a > 1; DROP", "CAST(a AS INT)", "a || b", "12ab", "中"],
)
def test_nothing_else_is_read(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)
