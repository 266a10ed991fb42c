"""Clauses of zones and cities in packs: sound, sourced, to be confirmed, right at the bounds."""

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from tests.policies_data.boundary_firms import BoundaryFirms
from tests.policies_data.test_library import catalogue
from tests.policies_data.test_library import policies as national

from lianshang.core.policy_files import REPOSITORY, PolicyFile, read_policies
from lianshang.engines.rules import (
    CaseResult,
    CompiledPolicy,
    Policy,
    check_library,
    payments,
    policy_from_mapping,
    run_cases,
)
from lianshang.engines.rules.batch import BatchPlan

PACKS = REPOSITORY / "packs"
WHERE = {
    "hefei-seven-chains": range(1, 11),
    "xian-photonics-chain": range(11, 15),
    "chengdu-ecosystem": range(15, 19),
    "suzhou-haitang": range(19, 21),
    "zhongguancun-8x8": range(21, 22),
    "jinan-twin": range(22, 25),
    "zhuhai-relics": range(26, 27),
    "zone-clauses": [25, *range(27, 37)],
}
# Clauses that tie money to staying, moving in, ranks, persons, the year of entry or listing.
TIED = {
    "zone.xinxiang_hitech.z27a": "五年内不迁出",
    "zone.xinxiang_hitech.z27b": "五年内不迁出",
    "zone.xinxiang_hitech.z27c": "五年内不迁出",
    "zone.chengdu_hitech.z17": "按名次给付",
    "zone.jinan_hitech.z23a": "奖给企业高管",
    "zone.tianjin_ecocity.z29a": "迁入",
    "city.shanghai_baoshan.z31a": "迁入",
    "zone.qianhai.z33.2023": "按入驻年份给付",
}


@cache
def files() -> dict[str, tuple[str, PolicyFile]]:
    """Policy → its pack and its file."""
    return {
        file.mapping["id"]: (folder.parent.name, file)
        for folder in sorted(PACKS.glob("*/policies"))
        for file in read_policies(folder)
    }


@cache
def policies() -> dict[str, Policy]:
    return {code: policy_from_mapping(file.mapping) for code, (_pack, file) in files().items()}


@cache
def results(code: str) -> tuple[CaseResult, ...]:
    tests = files()[code][1].tests
    assert tests is not None, code
    return run_cases(tests, policies()[code], catalogue())


def test_nothing_is_wrong_with_them_beside_the_national_ones() -> None:
    every = [*national().values(), *policies().values()]
    assert [str(problem) for problem in check_library(every, catalogue())] == []


def test_all_thirty_six_are_there_each_in_its_pack() -> None:
    found: dict[str, set[int]] = {}
    for code, (pack, file) in files().items():
        number = re.search(r"\.z(\d\d)", code)
        assert number, code
        assert file.path.stem == code
        found.setdefault(pack, set()).add(int(number[1]))
    assert found == {pack: set(numbers) for pack, numbers in WHERE.items()}


@pytest.mark.parametrize("pack", sorted(WHERE))
def test_every_case_holds_on_a_day_in_force(pack: str) -> None:
    codes = [code for code, (place, _file) in files().items() if place == pack]
    failed = [
        f"{code} {case.name}: {wrong.what} is {wrong.got}, expected {wrong.expected}"
        for code in codes
        for case in results(code)
        for wrong in case.mismatches
    ]
    assert failed == []
    assert all(policies()[code].in_force(case.day) for code in codes for case in results(code))


def test_the_examples_are_here_with_their_marks() -> None:
    cases = [case for code in policies() for case in results(code)]
    found = {(case.example, case.mark) for case in cases if case.example}
    assert found == {
        ("E94", "copied-from-secondary"),
        ("E95", "derived"),
        ("E97", "copied-from-secondary"),
        ("E98", "derived"),
        ("E101", "derived"),
    }
    assert len(cases) >= 500


@pytest.mark.parametrize("code", sorted(policies()))
def test_it_is_in_force_from_the_first_to_the_last_day_and_not_beyond(code: str) -> None:
    policy, days = policies()[code], {case.day for case in results(code)}
    first, last = policy.valid.start, policy.valid.end
    assert first in days
    assert not policy.in_force(first - timedelta(days=1))
    if last:
        assert last in days
        assert not policy.in_force(last + timedelta(days=1))
    else:
        assert policy.in_force(date(2099, 12, 31))


def test_each_is_a_grant_to_be_confirmed_with_document_date_and_kind_of_page() -> None:
    for code, policy in policies().items():
        assert policy.confirm, code
        assert policy.kind == "grant", code
        assert policy.level in {"zone", "city", "province"}, code
        (source,) = policy.sources.values()
        assert source.document, code
        assert source.level in {"V1", "V2"}, code
        assert source.kind in {"official", "copy", "consultancy", "media", "blog", "dataset"}, code
        assert source.date, code
        official = source.kind == "official" and source.date != "n.d."
        assert ("D9" in {one.id for one in policy.disputes}) == (not official), code


def test_what_is_tied_to_staying_ranks_persons_or_moving_in_says_so_in_a_clause() -> None:
    for code, words in TIED.items():
        labels = [clause.label["zh"] for clause in policies()[code].clauses]
        assert any(words in label for label in labels), (code, labels)


def test_songjiang_pays_twenty_in_three_years_and_five_in_two() -> None:
    def due(code: str, amount: int) -> list[tuple[int | None, int]]:
        parts = payments(policies()[code], amount, date(2025, 6, 30))
        return [(one.year, one.amount) for one in parts]

    assert due("zone.shanghai_songjiang.z30a", 20_000_000) == [
        (2025, 5_000_000),
        (2026, 5_000_000),
        (2027, 10_000_000),
    ]
    assert due("zone.shanghai_songjiang.z30b", 5_000_000) == [(2025, 2_500_000), (2026, 2_500_000)]
    assert policies()["zone.shanghai_songjiang.z30a"].channel == "automatic"


def test_the_nightly_batch_says_the_same_as_the_page_about_firms_on_the_bounds() -> None:
    compiled = [
        CompiledPolicy(policy, catalogue(), policy.valid.start) for policy in policies().values()
    ]
    programs = [one.program for one in compiled]
    names = sorted({name for one in compiled for name in one.variables})
    firms = BoundaryFirms(programs, catalogue(), names).draw(150, "clauses")
    frame = pl.DataFrame(
        [
            pl.Series(
                name,
                [firm.get(name) for firm in firms],
                pl.Boolean if catalogue().variables[name].quantity.truth else pl.Int64,
            )
            for name in names
        ]
    )
    table = BatchPlan(programs, steps=True, amounts=True, clauses=False).run(frame)
    for one in compiled:
        amounts = f"{one.policy.id}#amount"
        paid = table[amounts].to_list() if amounts in table.columns else [None] * len(firms)
        batch = list(zip(table[one.policy.id].to_list(), paid, strict=True))
        page = [(int(o.state), o.amount) for o in map(one.evaluate, firms)]
        assert batch == page, one.policy.id


def test_every_pack_stays_within_what_a_pack_may_hold() -> None:
    for pack in WHERE:
        inside = [path for path in Path(PACKS, pack).rglob("*") if path.is_file()]
        assert len(inside) <= 200, pack
