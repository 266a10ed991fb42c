"""The national policies: sound by themselves, sound together, and right on every worked example."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from lianshang.core.code_tables import code_tables
from lianshang.core.policy_files import PolicyFile, default_folder, read_policies, read_yaml
from lianshang.engines.rules import (
    CaseResult,
    Catalogue,
    Policy,
    check_library,
    policy_from_mapping,
    run_cases,
)

# Worked examples that concern these policies, with how each came about. What is missing from the
# numbering belongs to policies that are not here; policies/README.md says which and why.
EXAMPLES = {
    "copied-from-official": "E02 E39 E41 E42 E43 E82",
    "copied-from-secondary": (
        "E03 E04 E06 E08 E12 E14 E34 E35 E49 E55 E59 E60 E63 E64 E67 E69 E71 E74 E78"
    ),
    "derived": (
        "E11 E16 E20 E21 E22 E23 E27 E28 E30 E32 E33 E44 E47 E51 E56 E73 E75 E77 E79 E80 E81 E84"
        " E85 E87 E88 E89 E90 E91 E92 E93 N2 N3 N5"
    ),
}


@cache
def catalogue() -> Catalogue:
    return Catalogue.from_mapping(read_yaml(default_folder() / "catalogue.yaml"), code_tables())


@cache
def files() -> tuple[PolicyFile, ...]:
    return tuple(read_policies(default_folder()))


@cache
def policies() -> dict[str, Policy]:
    read = [policy_from_mapping(file.mapping) for file in files()]
    return {policy.id: policy for policy in read}


@cache
def results(policy_id: str) -> tuple[CaseResult, ...]:
    tests = next(file.tests for file in files() if file.mapping["id"] == policy_id)
    assert tests is not None, f"{policy_id} has no test cases"
    return run_cases(tests, policies()[policy_id], catalogue())


def test_nothing_is_wrong_with_the_library() -> None:
    assert [str(problem) for problem in check_library(policies().values(), catalogue())] == []


def test_a_file_is_called_like_its_policy() -> None:
    assert [file.path.stem for file in files()] == [file.mapping["id"] for file in files()]


@pytest.mark.parametrize("policy_id", sorted(policies()))
def test_every_worked_case_holds(policy_id: str) -> None:
    failed = [
        f"{case.name}: {wrong.what} is {wrong.got}, expected {wrong.expected}"
        for case in results(policy_id)
        for wrong in case.mismatches
    ]
    assert failed == []


def test_every_example_is_here_with_the_mark_it_came_with() -> None:
    cases = [case for policy_id in policies() for case in results(policy_id)]
    found = {(case.example, case.mark) for case in cases if case.example}
    expected = {(name, mark) for mark, names in EXAMPLES.items() for name in names.split()}
    assert found == expected
    assert len(cases) >= 470


def test_every_case_is_evaluated_on_a_day_the_text_was_in_force() -> None:
    outside = [
        f"{policy_id}: {case.name}"
        for policy_id, policy in policies().items()
        for case in results(policy_id)
        if not policy.in_force(case.day)
    ]
    assert outside == []


def test_every_text_is_there_in_both_languages() -> None:
    written = read_yaml(default_folder() / "catalogue.yaml")
    for data in (written, *(file.mapping for file in files())):
        for label in _labels(data):
            assert label["zh"].strip(), label
            assert label["en"].strip(), label


def test_every_source_says_how_far_it_was_verified() -> None:
    levels = {source.level for policy in policies().values() for source in policy.sources.values()}
    assert levels <= {"P", "V1", "V2", "M"}


def test_what_is_disputed_carries_the_number_of_the_dispute() -> None:
    found = {
        policy.family: {dispute.id for dispute in policy.disputes}
        for policy in policies().values()
        if policy.disputes
    }
    assert found == {
        "cn.hnte.recognition": {"D1", "D10"},
        "cn.cit.hnte15": {"D2"},
        "cn.techsme.evaluation": {"D3"},
        "cn.innovative_sme": {"D4"},
        "cn.little_giant": {"D5"},
        "cn.vat.adv_mfg_5": {"D6"},
        "cn.vat.ic_15": {"D6"},
        "cn.vat.machine_tool_15": {"D6"},
        "cn.vat.software_refund3": {"D6"},
        "cn.vc.70": {"VC1"},
        "cn.vat.small_scale": {"D7"},
    }


def _labels(data: Any) -> Iterator[dict[str, str]]:
    """Every {zh, en} text below."""
    if isinstance(data, dict):
        if "zh" in data:
            yield data
        else:
            for value in data.values():
                yield from _labels(value)
    elif isinstance(data, list):
        for value in data:
            yield from _labels(value)
