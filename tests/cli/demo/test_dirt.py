"""The dirt of the market register: as much as was planned, and of the planned kinds."""

import re
from collections import Counter, defaultdict
from datetime import date
from random import Random
from typing import Any

import pytest
from tests.cli.demo.conftest import TODAY, Reader

from lianshang.cli.demo.actors import actors
from lianshang.cli.demo.dirt import JUNK, REPEATS, Fault, plan_dirt, spoiled_code
from lianshang.cli.demo.registers import RegisterFile
from lianshang.cli.demo.sizes import SCALES, Size
from lianshang.engines.standards.creditcode import (
    CodeKind,
    CodeRefusal,
    CreditCode,
    check_credit_code,
)

GOOD = "91990001PDY0000363"


def test_one_to_two_percent_of_a_zone_have_junk_codes() -> None:
    counts = plan_dirt(1_167, seed=1).counts
    assert sum(counts[fault] for fault in JUNK) == 20
    assert counts == {
        Fault.WRONG_CHECK: 5,
        Fault.OLD_NUMBER: 5,
        Fault.PHONE: 5,
        Fault.LETTER_O: 5,
        Fault.NO_CODE: 4,
        Fault.FULL_WIDTH: 12,
        Fault.IDENTICAL: 5,
        Fault.COMPLEMENTARY: 5,
        Fault.CONTRADICTING: 4,
        Fault.UNKNOWN_INDUSTRY: 6,
        Fault.SWAPPED: 4,
    }


def test_the_demo_firm_is_never_spoiled() -> None:
    assert all(0 not in plan_dirt(166, seed).faults for seed in range(50))


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (Fault.WRONG_CHECK, "outer_check_digit"),
        (Fault.LETTER_O, "character"),
        (Fault.PHONE, "length"),
    ],
)
def test_junk_codes_are_refused(fault: Fault, problem: str) -> None:
    for seed in range(30):
        refusal = check_credit_code(spoiled_code(GOOD, fault, Random(seed)))
        assert isinstance(refusal, CodeRefusal)
        assert problem in {found.code for found in refusal.problems}


def test_old_numbers_are_good_old_numbers() -> None:
    code = check_credit_code(spoiled_code(GOOD, Fault.OLD_NUMBER, Random(1)))
    assert isinstance(code, CreditCode)
    assert code.kind is CodeKind.OLD_REGISTRATION_NUMBER


def test_full_width_digits_mean_the_same_code() -> None:
    assert check_credit_code(spoiled_code(GOOD, Fault.FULL_WIDTH, Random(1))) == CreditCode(GOOD)


def test_every_code_is_valid_except_the_planted_ones(
    small_zone: list[RegisterFile], read: Reader
) -> None:
    planted = small_zone[0].planted
    rows = read(small_zone[0])[:-1]
    verdicts = Counter(_verdict(str(row["统一社会信用代码"])) for row in rows)
    assert verdicts["empty"] == planted["no_code"]
    assert verdicts["old"] == planted["old_number"]
    assert verdicts["junk"] == planted["wrong_check"] + planted["letter_o"] + planted["phone"]
    assert verdicts["good"] == len(rows) - sum(verdicts[kind] for kind in ("empty", "old", "junk"))


def _verdict(code: str) -> str:
    found = check_credit_code(code)
    if isinstance(found, CodeRefusal):
        return "junk" if code else "empty"
    assert found.kind is not CodeKind.CREDIT_CODE or found.is_private_use
    return "good" if found.kind is CodeKind.CREDIT_CODE else "old"


def test_no_two_actors_share_a_name_or_a_code() -> None:
    for size in (Size.S, Size.M, Size.L):
        scale = SCALES[size]
        known = list(actors(scale, 1, TODAY))
        assert len(known) == scale.actors
        assert len({actor.credit_code for actor in known}) == scale.actors
        names = [name for actor in known for name in (actor.name, actor.former_name) if name]
        assert len(set(names)) == len(names)


def test_repeated_rows_are_identical_complementary_or_contradicting(
    small_zone: list[RegisterFile], read: Reader
) -> None:
    by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read(small_zone[0])[:-1]:
        by_name[row["企业名称"]].append(row)
    pairs = [rows for rows in by_name.values() if len(rows) > 1]
    assert len(pairs) == sum(small_zone[0].planted[fault.value] for fault in REPEATS)
    kinds = Counter(_kind(*pair) for pair in pairs)
    assert kinds == {"identical": 1, "complementary": 1, "contradicting": 1}


def _kind(first: dict[str, Any], second: dict[str, Any]) -> str:
    differing = {header for header in first if first[header] != second[header]}
    missing = {"", "-", "/", "—"}
    careless = {header for header in differing if {first[header], second[header]} & missing}
    if differing - careless:
        return "contradicting"
    return "complementary" if "坐标系" in differing else "identical"


def test_dates_are_numbers_or_text_or_dates(small_zone: list[RegisterFile], read: Reader) -> None:
    written = [row["成立日期"] for row in read(small_zone[0])[:-1]]
    kinds = Counter(type(one).__name__ for one in written if one)
    assert set(kinds) == {"float", "str", "date"}
    assert any(isinstance(one, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", one) for one in written)
    assert any(isinstance(one, date) for one in written)


def test_industries_are_written_with_and_without_their_letter(
    small_zone: list[RegisterFile], read: Reader
) -> None:
    codes = [str(row["行业代码"]) for row in read(small_zone[0])[:-1]]
    assert sum(bool(re.fullmatch(r"[A-T]\d{4}", code)) for code in codes) > 60
    assert sum(bool(re.fullmatch(r"\d{4}", code)) for code in codes) > 40
