"""A pack brings policies: they answer for the firms here, and go again with the pack."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from tests import factories
from tests.apps.practices import packing

from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Assessment, Policy
from lianshang.apps.policies.queries.library import forget, library, stages
from lianshang.apps.practices.actions.installing import install_pack
from lianshang.apps.practices.actions.removing import remove_pack
from lianshang.apps.practices.choices import RowState
from lianshang.apps.practices.models import InstalledPack
from lianshang.apps.practices.queries import shelf
from lianshang.apps.practices.queries.installed import verify
from lianshang.apps.practices.queries.problems import PackRefused
from lianshang.core import clock

pytestmark = pytest.mark.django_db
CODE = "zone.demo.grant"
NEWER = ('"1.0.0"', '"1.1.0"')


@pytest.fixture(autouse=True)
def _zone() -> None:
    factories.zone()
    forget()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return packing.write(tmp_path / "demo")


def refusals(folder: Path) -> list[tuple[str, str]]:
    """Place and text of every fault."""
    with pytest.raises(PackRefused) as refused:
        shelf.find(f"{folder}/")
    return [(one.where, str(one.expected)) for one in refused.value.problems]


def test_an_installed_policy_is_in_force_and_marked_as_the_packs(folder: Path) -> None:
    assert CODE not in library().policies
    packing.install(folder)
    row = Policy.objects.get(code=CODE)
    assert (row.origin, row.published_on) == (Origin.PACK, clock.today())
    assert (row.name, row.level, row.documents) == ("示例研发奖励", "zone", "示例办法")
    assert library().policies[CODE].confirm
    assert library().faults == {}


def test_a_policy_may_be_named_by_its_folder(folder: Path) -> None:
    rows = "policies:\n  - {file: policies/zone.demo.grant.yaml}\n"
    packing.write(folder, (rows, "policies: policies\n"))
    packing.grant(folder)
    assert packing.fates(packing.install(folder))[CODE] == "made"


def test_answers_for_the_firms_do_not_hold_it_when_the_pack_goes(folder: Path) -> None:
    factories.firm()
    packing.install(folder)
    evaluate_register(actor=None)
    assert Assessment.objects.filter(policy__code=CODE).count() == 1
    outcome = remove_pack(actor=None, code="demo-visits")
    assert packing.fates(outcome)[CODE] == "removed"
    assert not Policy.objects.filter(code=CODE).exists()
    assert CODE not in library().policies


def test_a_policy_that_the_zone_changed_stays_with_the_zone(folder: Path) -> None:
    packing.install(folder)
    row = Policy.objects.get(code=CODE)
    row.definition = {**row.definition, "confirm": False}
    row.save()
    states = {one.row.key: one.state for one in verify(InstalledPack.objects.get()).rows}
    assert states[CODE] == RowState.CHANGED
    outcome = remove_pack(actor=None, code="demo-visits")
    assert packing.reasons(outcome)[CODE] == "本区已修改，转归本区"
    assert Policy.objects.filter(code=CODE).exists()


def test_a_newer_text_replaces_the_older_and_a_dropped_one_goes(
    folder: Path, tmp_path: Path
) -> None:
    packing.install(folder)
    newer = packing.grant(packing.write(tmp_path / "newer", NEWER), ("* 0.1", "* 0.2"), cases=TWICE)
    assert packing.fates(packing.install(newer))[CODE] == "updated"
    assert Policy.objects.get(code=CODE).definition["benefit"]["amount"] == "rd_exp_y0 * 0.2"
    rows = "policies:\n  - {file: policies/zone.demo.grant.yaml}\n"
    last = packing.write(tmp_path / "last", ('"1.0.0"', '"1.2.0"'), (rows, ""))
    assert packing.fates(packing.install(last))[CODE] == "removed"
    assert CODE not in library().policies


TWICE = packing.CASES.replace("amount: 10", "amount: 20")


def test_a_fault_is_told_with_the_line_of_the_policys_own_file(folder: Path) -> None:
    packing.grant(folder, ("when: rd_exp_y0 >= floor", "when: rd_exp_y0 >= flor"))
    ((where, said),) = refusals(folder)
    assert where == "demo/policies/zone.demo.grant.yaml:18"
    assert "flor" in said
    packing.grant(folder, ("unit: 万元", "unit: 人"))
    assert [place for place, _said in refusals(folder)] == ["demo/policies/zone.demo.grant.yaml:18"]
    packing.grant(folder, ("level: zone", "level: zone\nlevel: city"))
    assert refusals(folder)[0] == ("demo/policies/zone.demo.grant.yaml:5", "同一名称只写一次")
    packing.grant(folder, ("id: zone.demo.grant", "id: zone.demo.other"))
    assert refusals(folder) == [
        ("demo/policies/zone.demo.grant.yaml:1", "应与文件同名：zone.demo.grant")
    ]


def test_a_case_that_does_not_hold_refuses_the_pack(folder: Path) -> None:
    packing.grant(folder, cases=packing.CASES.replace("99.999999", "100.000001"))
    assert refusals(folder) == [
        (
            "demo/policies/zone.demo.grant.test.yaml:8",
            "案例“少一分”的 state 应为 not_met",
        )
    ]
    assert not Policy.objects.filter(code=CODE).exists()


def test_a_policy_without_cases_or_without_file_is_refused(folder: Path) -> None:
    (folder / "policies" / "zone.demo.grant.test.yaml").unlink()
    assert refusals(folder) == [("demo/policies/zone.demo.grant.yaml", "旁边没有测试案例")]
    (folder / "policies" / "zone.demo.grant.yaml").unlink()
    assert refusals(folder) == [("demo/pack.yaml:22", "包内没有这个文件")]


def test_a_code_of_the_national_library_stops_the_whole_installation(folder: Path) -> None:
    Policy.objects.create(
        code=CODE, name="国家示例", valid_from="2026-01-01", definition={}, origin=Origin.FILE
    )
    with pytest.raises(ValidationError, match="内容不同"):
        packing.install(folder)
    assert not InstalledPack.objects.exists()


def test_all_clauses_of_the_programs_packs_stand_together_and_go_again() -> None:
    packs = ("hefei-seven-chains", "xian-photonics-chain", "jinan-twin", "zone-clauses")
    brought = 0
    for name in packs:
        outcome = install_pack(actor=None, pack=shelf.find(name))
        assert set(packing.fates(outcome).values()) == {"made"}
        brought += len(outcome.rows)
    assert Policy.objects.filter(origin=Origin.PACK).count() == brought
    assert library().faults == {}
    in_force = {one.policy.id for stage in stages(date(2026, 11, 28)) for one in stage}
    assert "zone.hefei_hitech.z02" in in_force
    assert "zone.xian_hitech.z11.2026" in in_force
    assert "zone.xian_hitech.z11.2022" not in in_force
    for name in packs:
        outcome = remove_pack(actor=None, code=name)
        assert set(packing.fates(outcome).values()) == {"removed"}
    assert not Policy.objects.filter(origin=Origin.PACK).exists()


def test_the_firms_answer_comes_from_the_packs_rule(folder: Path) -> None:
    packing.install(folder)
    from lianshang.apps.enterprises.queries.catalogue import catalogue
    from lianshang.engines.rules.evaluation import CompiledPolicy

    compiled = CompiledPolicy(library().policies[CODE], catalogue(), clock.today())
    facts = {"rd_exp_y0": catalogue().encode("rd_exp_y0", Decimal(1_234_567))}
    assert compiled.evaluate(facts).amount == 12_345_670  # fen
