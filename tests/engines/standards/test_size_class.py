"""Which size an enterprise has, and what must be asked where it is not certain."""

from decimal import Decimal

import pytest

from lianshang.engines.standards.industry import Industry, IndustryProblem, industry
from lianshang.engines.standards.size_class import (
    SIZE_INDUSTRIES,
    Indicator,
    SizeClass,
    SizeResult,
    size_class,
    size_in_row,
    size_industries,
)

TEN_THOUSAND = 10_000
MICRO, SMALL, MEDIUM, LARGE = SizeClass
X, Y, Z = Indicator


def size_of(
    code: str, staff: int | None, revenue: int | None, assets: int | None = None
) -> SizeResult:
    """Revenue and assets in 10,000 yuan, as the standard prints them."""
    money = [None if value is None else value * TEN_THOUSAND for value in (revenue, assets)]
    answer = size_class(code, staff, *money)
    assert isinstance(answer, SizeResult)
    return answer


@pytest.mark.parametrize(
    ("code", "staff", "revenue", "size"),
    [
        ("C3911", 1000, 40_000, LARGE),
        ("C3911", 999, 40_000, MEDIUM),  # one indicator short drops one class
        ("C3911", 1000, 39_999, MEDIUM),
        ("C3911", 300, 2_000, MEDIUM),
        ("C3911", 19, 50_000, MICRO),
        ("I6513", 99, 5_000, SMALL),
        ("I6513", 300, 10_000, LARGE),
        ("M7320", 10, None, SMALL),
        ("M7320", 9, None, MICRO),
        ("M7320", 300, None, LARGE),
    ],
)
def test_published_examples_and_boundaries(
    code: str, staff: int, revenue: int | None, size: SizeClass
) -> None:
    assert size_of(code, staff, revenue).size is size


@pytest.mark.parametrize("number", range(1, 17))
def test_every_row_changes_class_exactly_at_its_bounds(number: int) -> None:
    row = SIZE_INDUSTRIES[number]
    for step, size in enumerate((SMALL, MEDIUM, LARGE)):
        at_bound = {indicator: Decimal(cuts[step]) for indicator, cuts in row.bounds}
        assert size_in_row(row, dict(at_bound)).size is size
        for indicator, bound in at_bound.items():
            below = {**at_bound, indicator: bound - Decimal("0.01")}
            assert size_in_row(row, dict(below)).size is SizeClass(size - 1)


def test_the_table_is_in_persons_and_yuan() -> None:
    assert SIZE_INDUSTRIES[13].bounds == (
        (Y, (1_000_000, 10_000_000, 2_000_000_000)),
        (Z, (20_000_000, 50_000_000, 100_000_000)),
    )
    assert SIZE_INDUSTRIES[11].bounds[0] == (X, (10, 100, 2_000))


def test_a_missing_indicator_leaves_a_range() -> None:
    assert size_of("I6513", 120, None) == SizeResult(
        (MICRO, SMALL, MEDIUM), (Y,), (SIZE_INDUSTRIES[12],)
    )
    assert size_of("I6513", None, None).possible == (MICRO, SMALL, MEDIUM, LARGE)
    assert size_of("I6513", 120, None).size is None


def test_a_missing_indicator_that_cannot_matter_is_not_asked_for() -> None:
    micro = size_of("I6513", 9, None)
    assert (micro.size, micro.missing) == (MICRO, ())
    no_assets_needed = size_of("I6513", 300, 10_000, None)
    assert (no_assets_needed.size, no_assets_needed.missing) == (LARGE, ())


def test_being_an_sme_can_be_certain_while_the_class_is_not() -> None:
    assert size_of("I6513", 120, None).is_sme is True
    assert size_of("I6513", 300, None).is_sme is None
    assert size_of("I6513", 300, 10_000).is_sme is False


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("A0111", 1), ("B0610", 2), ("D4411", 2), ("E4710", 3), ("F5111", 4), ("F5211", 5),
        ("G5411", 6), ("G5910", 6), ("G5920", 7), ("G6010", 8), ("H6110", 9), ("H6210", 10),
        ("I6311", 11), ("I6410", 11), ("I6513", 12), ("K7010", 13), ("K7020", 14), ("L7211", 15),
        ("K7030", 16), ("K7090", 16), ("M7310", 16), ("N7810", 16), ("O8010", 16), ("Q8511", 16),
        ("R8610", 16),
    ],
)  # fmt: skip
def test_codes_fall_in_their_row(code: str, row: int) -> None:
    entry = industry(code)
    assert isinstance(entry, Industry)
    assert size_industries(entry) == (SIZE_INDUSTRIES[row],)


@pytest.mark.parametrize("code", ["J6621", "P8310", "S9210", "T9700", "G5311", "Q8411", "K7040"])
def test_industries_outside_the_standard_have_no_size(code: str) -> None:
    answer = size_of(code, 500, 50_000, 50_000)
    assert (answer.possible, answer.size, answer.is_sme) == ((), None, None)


def test_a_coarse_code_gives_all_sizes_its_parts_allow() -> None:
    trade = size_of("F", 100, 10_000)
    assert trade.possible == (MEDIUM,)  # wholesale and retail agree
    assert size_of("F", 30, 1_500).possible == (SMALL,)
    assert size_of("F", 250, 45_000).possible == (MEDIUM, LARGE)
    social = size_of("Q", 50, None)
    assert (social.possible, social.may_be_uncovered, social.size) == ((SMALL,), True, None)


def test_bad_input_is_named() -> None:
    assert isinstance(size_class("Z99", 1), IndustryProblem)
    with pytest.raises(ValueError, match="staff below zero"):
        size_class("I6513", -1)
