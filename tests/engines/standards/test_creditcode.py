"""An officer types or imports organisations' numbers; bad ones are explained, never put right."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lianshang.engines.standards.creditcode import (
    ALPHABET,
    CodeKind,
    CodeProblem,
    CodeRefusal,
    CreditCode,
    check_credit_code,
    complete_credit_code,
    new_credit_code,
    organisation_code_check,
)
from lianshang.engines.standards.organisation_kind import CATEGORIES, OrganisationKind, TwoNewKind
from lianshang.engines.standards.registration import registration_check_digit

PUBLISHED = [
    "91350100M000100Y43",  # worked example of GB 32100-2015
    "9144030071526726XG",
    "91330100799655058B",
    "914403001922038216",
    "91330000733796106P",
    "91440300708461136T",
    "91610131MA6U6DMDXT",
]
SYNTHETIC = ["91610131MA6TG1J056", "52610131MJY00001XB", "51610000500000007J", "N2610131MF0000005E"]
# The specimen printed in GB 11643-1999.
IDENTITY_NUMBER = "11010519491231002X"


def problems_of(text: str) -> list[tuple[str, int | None, str, str]]:
    answer = check_credit_code(text)
    assert isinstance(answer, CodeRefusal)
    return [(each.code, each.position, each.read, each.expected) for each in answer.problems]


@pytest.mark.parametrize("code", PUBLISHED + SYNTHETIC)
def test_real_and_synthetic_codes_pass(code: str) -> None:
    assert check_credit_code(code) == CreditCode(code)
    assert complete_credit_code(code[:17]) == code


def test_the_inner_digit_counts_letters_with_the_table_of_36() -> None:
    assert organisation_code_check("MA6U6DMD") == "X"
    assert organisation_code_check("71526726") == "X"
    assert organisation_code_check("M000100Y") == "4"


def test_look_alike_codes_are_refused_with_what_was_expected() -> None:
    assert problems_of("91610131MA6U2F8G8K") == [
        ("inner_check_digit", 17, "8", "9"),
        ("outer_check_digit", 18, "K", "J"),
    ]
    assert problems_of("91350100M000100Y4Z") == [
        ("character", 18, "Z", "2"),
        ("outer_check_digit", 18, "Z", "3"),
    ]
    assert problems_of("91440101MA59J1K15C") == [
        ("inner_check_digit", 17, "5", "6"),
        ("outer_check_digit", 18, "C", "T"),
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "９１６１０１３１ＭＡ６Ｕ６ＤＭＤＸＴ",
        " 91610131 MA6U6DMDX T\u3000",
        "9161-0131-ma6u6dmdx-t",
        "'91610131MA6U6DMDXT",
        "\ufeff91610131MA6U6DMDXT\u200b",
    ],
)
def test_width_case_spaces_and_hyphens_do_not_matter(typed: str) -> None:
    assert check_credit_code(typed) == CreditCode("91610131MA6U6DMDXT")


def test_a_letter_outside_the_alphabet_brings_a_suggestion_and_no_silent_change() -> None:
    answer = check_credit_code("9161O13IMA6U6DMDXT")
    assert answer == CodeRefusal(
        "9161O13IMA6U6DMDXT",
        (CodeProblem("character", 5, "O", "0"), CodeProblem("character", 8, "I", "1")),
        ("91610131MA6U6DMDXT",),
    )


def test_a_confused_but_possible_character_brings_a_suggestion_too() -> None:
    answer = check_credit_code("91610131MA6U6D" + "M0XT")  # 0 typed for D
    assert isinstance(answer, CodeRefusal)
    assert answer.suggestions == ("91610131MA6U6DMDXT",)


def test_wholly_wrong_text_is_answered_quickly_and_without_guesses() -> None:
    answer = check_credit_code("V" * 18)
    assert isinstance(answer, CodeRefusal)
    assert len(answer.problems) == 18
    assert answer.suggestions == ()


def test_length_prefix_and_division_are_checked() -> None:
    assert problems_of("") == [("empty", None, "", "")]
    assert problems_of("91610131MA6U6DMDX") == [("length", None, "17", "18")]
    assert problems_of("94610131MA6U6DMDXT")[0] == ("category_unknown", 1, "94", "")
    assert problems_of("916A0131MA6U6DMDXT")[0] == ("division_not_digits", 4, "A", "")


def test_numbers_that_a_spreadsheet_rounded_are_named() -> None:
    assert problems_of("9.1440300192204E+17")[0][0] == "spreadsheet_number"
    assert problems_of("914403001922038000")[0][0] == "spreadsheet_number"


def test_identity_numbers_are_refused_and_not_repeated() -> None:
    for typed in (IDENTITY_NUMBER, "110105 19491231 002x", "110105491231001", "110105194912310021"):
        answer = check_credit_code(typed)
        assert answer == CodeRefusal("", (CodeProblem("identity_card_number"),))
        assert "4912" not in repr(answer)


def test_old_registration_and_organisation_numbers_are_known_for_what_they_are() -> None:
    old = "61013110000001" + registration_check_digit("61013110000001")
    assert check_credit_code(old) == CreditCode(old, CodeKind.OLD_REGISTRATION_NUMBER)
    assert check_credit_code("110108000000016") == CreditCode(
        "110108000000016", CodeKind.OLD_REGISTRATION_NUMBER
    )
    assert problems_of("110108000000017")[0][0] == "registration_check_digit"
    organisation = check_credit_code("71526726-x")
    assert organisation == CreditCode("71526726X", CodeKind.ORGANISATION_CODE)
    assert organisation.organisation_code == "71526726X"
    assert organisation.category is None


def test_parts_of_a_code_prefill_the_register() -> None:
    code = check_credit_code("52610131MJY00001XB")
    assert isinstance(code, CreditCode)
    assert code.category is not None
    assert (code.category.registrar, code.category.name) == ("民政", "民办非企业单位")
    assert code.category.two_new is TwoNewKind.SOCIAL
    assert code.registrar_division == "610131"
    assert code.organisation_code == "MJY00001X"
    assert not code.is_private_use


def test_the_prefix_suggests_the_half_of_the_two_new() -> None:
    economic = {prefix for prefix, row in CATEGORIES.items() if row.two_new is TwoNewKind.ECONOMIC}
    social = {prefix for prefix, row in CATEGORIES.items() if row.two_new is TwoNewKind.SOCIAL}
    assert economic == {"91", "92", "93"}
    assert social == {"31", "51", "52", "53"}
    assert CATEGORIES["12"].kind is OrganisationKind.INSTITUTION
    assert CATEGORIES["N2"].name == "村级集体经济组织"
    assert len(CATEGORIES) == 36


def test_demo_codes_are_valid_and_belong_to_nobody() -> None:
    assert new_credit_code("91610131", 1) == "91610131PDY00001XN"
    code = check_credit_code(new_credit_code("91610131", 99_999))
    assert isinstance(code, CreditCode)
    assert code.is_private_use
    assert new_credit_code("91610131", "MA6TG1J0") == "91610131MA6TG1J056"


@pytest.mark.parametrize(
    ("prefix", "serial"), [("91610131", 0), ("91610131", 100_000), ("94610131", 1)]
)
def test_demo_codes_outside_the_rules_are_refused(prefix: str, serial: int) -> None:
    with pytest.raises(ValueError, match=r"serials|category"):
        new_credit_code(prefix, serial)


def test_bodies_that_cannot_be_completed_are_refused() -> None:
    with pytest.raises(ValueError, match="17 characters"):
        complete_credit_code("91610131MA6U6DMDO")
    with pytest.raises(ValueError, match="eight"):
        organisation_code_check("ma6u6dmd")


@given(
    st.sampled_from(sorted(CATEGORIES)),
    st.integers(0, 999_999),
    st.text(ALPHABET, min_size=8, max_size=8),
)
def test_every_completed_code_passes(prefix: str, division: int, body: str) -> None:
    code = new_credit_code(f"{prefix}{division:06d}", body)
    assert check_credit_code(code) == CreditCode(code)


@given(st.integers(1, 99_999), st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_found(serial: int, place: int, char: str) -> None:
    code = new_credit_code("91610131", serial)
    assume(code[place] != char)
    wrong = code[:place] + char + code[place + 1 :]
    assert isinstance(check_credit_code(wrong), CodeRefusal)


@given(st.integers(1, 99_999), st.integers(0, 16))
def test_any_two_neighbours_exchanged_are_found(serial: int, place: int) -> None:
    code = new_credit_code("91610131", serial)
    assume(code[place] != code[place + 1])
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert isinstance(check_credit_code(wrong), CodeRefusal)


@given(st.text(max_size=20))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(check_credit_code(text), CreditCode | CodeRefusal)
