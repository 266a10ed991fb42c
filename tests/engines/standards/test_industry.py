"""Industry codes as registers write them."""

import pytest

from lianshang.engines.standards.industry import (
    Industry,
    IndustryProblem,
    Level,
    all_industries,
    classes_under,
    divisions_of_section,
    industry,
    search,
    section_of_division,
    with_lost_zero,
)

APPLICATION_SOFTWARE = Industry("I6513", "应用软件开发")


def known(code: str) -> Industry:
    answer = industry(code)
    assert isinstance(answer, Industry)
    return answer


def test_the_table_is_the_complete_edition_of_2017() -> None:
    assert [len(all_industries(level)) for level in Level] == [20, 97, 473, 1381]
    assert all(step.code for entry in all_industries() for step in entry.path)


@pytest.mark.parametrize("typed", ["I6513", "6513", "i6513", "Ｉ６５１３", " I 6513 ", "I-6513"])
def test_one_class_has_many_spellings(typed: str) -> None:
    assert industry(typed) == APPLICATION_SOFTWARE


def test_a_class_knows_its_section_division_and_group() -> None:
    entry = known("6513")
    assert [step.code for step in entry.path] == ["I", "I65", "I651", "I6513"]
    assert entry.section.name == "信息传输、软件和信息技术服务业"
    assert entry.division == Industry("I65", "软件和信息技术服务业")
    assert entry.group == Industry("I651", "软件开发")
    assert entry.level is Level.CLASS
    assert entry.is_in("I65")
    assert not entry.is_in("I64")


def test_coarser_codes_are_good_codes() -> None:
    assert known("I").level is Level.SECTION
    assert known("I65").group is None
    assert known("C391").level is Level.GROUP
    assert len(classes_under(known("I651"))) == 4


def test_a_code_of_an_older_edition_brings_the_nearest_ones() -> None:
    answer = industry("I6510")  # software development before 2017
    assert isinstance(answer, IndustryProblem)
    assert answer.code == "unknown_code"
    assert [each.code for each in answer.suggestions] == [
        "I651",
        "I6511",
        "I6512",
        "I6513",
        "I6519",
    ]


def test_a_wrong_letter_is_named_with_the_right_code() -> None:
    assert industry("C6513") == IndustryProblem("wrong_section", "C6513", (APPLICATION_SOFTWARE,))


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("", "empty"), ("9999", "unknown_code"), ("65133", "not_a_code"), ("X", "unknown_code")],
)
def test_other_texts_are_no_codes(typed: str, problem: str) -> None:
    answer = industry(typed)
    assert isinstance(answer, IndustryProblem)
    assert answer.code == problem


def test_a_name_in_place_of_a_code_is_searched() -> None:
    answer = industry("软件开发")
    assert isinstance(answer, IndustryProblem)
    assert (answer.code, answer.suggestions[0].code) == ("not_a_code", "I651")


def test_a_number_may_have_lost_its_leading_zero() -> None:
    assert known("111").code == "B111"
    assert with_lost_zero(111) == Industry("A0111", "稻谷种植")
    assert with_lost_zero(6513) is None
    answer = industry("1")
    assert isinstance(answer, IndustryProblem)
    assert answer.suggestions[0].code == "A01"


def test_search_puts_the_closest_name_first() -> None:
    assert [each.code for each in search("集成电路设计", limit=2)] == ["I6520", "I652"]
    assert search("应用软件")[0] == APPLICATION_SOFTWARE
    assert search("6513")[0] == APPLICATION_SOFTWARE
    assert search("") == ()


def test_sections_and_divisions_map_both_ways() -> None:
    assert section_of_division(65) == "I"
    assert section_of_division(1) == "A"
    assert section_of_division(98) is None
    assert divisions_of_section("C") == range(13, 44)
    assert divisions_of_section("T") == range(97, 98)
    assert divisions_of_section("X") == range(0)
    numbers = [
        number for letter in "ABCDEFGHIJKLMNOPQRST" for number in divisions_of_section(letter)
    ]
    assert numbers == list(range(1, 98))
