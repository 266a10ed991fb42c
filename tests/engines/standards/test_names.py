"""One firm, written differently in every register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianshang.engines.standards.text import (
    CompanyName,
    half_width,
    normalise_company_name,
    read_company_name,
)


@pytest.mark.parametrize(
    "written",
    [
        "示例科技（西安）有限公司",
        "示例科技(西安) 有限责任公司",
        "“示例科技〔西安〕有限公司”",
        "示例科技【西安】有限公司（存续）",
        "\u3000示例科技（西安）有限公司。\u200b",
    ],
)
def test_one_name_in_one_spelling(written: str) -> None:
    assert normalise_company_name(written) == "示例科技(西安)有限公司"


@pytest.mark.parametrize(
    ("written", "core", "form"),
    [
        ("示例科技（西安）有限责任公司", "示例科技西安", "有限公司"),
        ("示例科技股份有限公司", "示例科技", "股份有限公司"),
        ("示例投资合伙企业（有限合伙）", "示例投资", "有限合伙"),
        ("示例会计师事务所（特殊普通合伙）", "示例会计师事务所", "特殊普通合伙"),
        ("Ｅｘａｍｐｌｅ Tech Co., Ltd.", "EXAMPLETECH", "有限公司"),
        ("示例实验室", "示例实验室", ""),
        ("有限公司", "有限公司", ""),
    ],
)
def test_the_core_leaves_out_form_and_brackets(written: str, core: str, form: str) -> None:
    name = read_company_name(written)
    assert (name.core, name.form) == (core, form)


def test_companies_of_two_forms_are_not_the_same_name() -> None:
    limited, by_shares = (
        read_company_name(f"示例科技{form}") for form in ("有限公司", "股份有限公司")
    )
    assert limited.normalised != by_shares.normalised
    assert limited.core == by_shares.core


def test_a_branch_is_told_from_its_company() -> None:
    assert read_company_name("示例科技有限公司西安分公司") == CompanyName(
        text="示例科技有限公司西安分公司",
        normalised="示例科技有限公司西安分公司",
        core="示例科技",
        form="有限公司",
        branch="西安分公司",
    )


def test_a_note_of_a_former_name_is_left_out() -> None:
    assert (
        normalise_company_name("示例科技有限公司（曾用名：示例软件有限公司）") == "示例科技有限公司"
    )


def test_half_width_keeps_the_words() -> None:
    assert half_width(" ＡＢＣ１２３，中文\ufeff ") == "ABC123,中文"


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_more_than_once(text: str) -> None:
    read_company_name(text)
    once = normalise_company_name(f"示例{text}有限公司")
    assert normalise_company_name(once) == once
