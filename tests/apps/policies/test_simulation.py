"""What a draft would do, on six invented firms, every figure worked out by hand."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests import factories

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import Origin, Standing
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.draft_text import read
from lianshang.apps.policies.queries.library import digest, forget
from lianshang.apps.policies.queries.simulation import Change, affected, simulate
from lianshang.cli.simulating import simulate_file
from lianshang.core import clock
from lianshang.engines.rules.policy import Policy as Definition
from lianshang.engines.rules.policy_file import policy_from_mapping

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)

REWARD = """\
id: zone.rd.2026
family: zone.rd
name: {zh: 示例研发奖励}
issuer: {zh: 示例部门}
level: zone
kind: grant
channel: automatic
valid: {from: 2026-01-01, until: null}
sources: {d1: {document: 示例〔2026〕1号, title: {zh: 示例}}}
parameters:
  floor: {label: {zh: 研发下限}, unit: 万元, source: d1, values: [{from: 2026-01-01, value: 100}]}
  staff: {label: {zh: 人数下限}, unit: 人, source: d1, values: [{from: 2026-01-01, value: 5}]}
  share: {label: {zh: 比例}, unit: "1", source: d1, values: [{from: 2026-01-01, value: 0.1}]}
require:
  all:
    - {id: A, label: {zh: 研发}, source: d1, when: rd_exp_y0 >= floor}
    - {id: B, label: {zh: 人数}, source: d1, when: staff_end_y0 >= staff}
benefit: {label: {zh: 奖励}, amount: rd_exp_y0 * share, per: year}
stacking: {group: zone.reward, rule: highest}
"""


def definition(text: str = REWARD, **changed: Any) -> Definition:
    return policy_from_mapping({**read(text).data, **changed})


def publish(mapping: dict[str, Any]) -> None:
    row = Policy(code=mapping["id"], origin=Origin.ZONE)
    row.define(policy_from_mapping(mapping), mapping, digest(mapping))
    row.save()
    forget()


@pytest.fixture(autouse=True)
def _in_june() -> object:
    with clock.moved_to(TODAY):
        factories.zone()
        yield


@pytest.fixture
def firms() -> list[Enterprise]:
    """R&D of 2025 in yuan and staff: entitled, entitled at both limits, one fen short, a person
    short, both short, R&D not known.
    """
    held = [
        (Decimal("3000000"), 20),
        (Decimal("1000000"), 5),
        (Decimal("999999.99"), 10),
        (Decimal("2000000"), 4),
        (Decimal("500000"), 1),
        (None, 10),
    ]
    made = []
    for spent, staff in held:
        firm = factories.firm(registered_on=date(2020, 1, 1))
        if spent is not None:
            factories.fact(firm, "rd_exp", spent, year=2025)
        factories.fact(firm, "staff_end", staff, year=2025)
        made.append(firm)
    return made


def keys(firms: list[Enterprise]) -> list[int]:
    return [firm.pk for firm in firms]


def test_who_gets_it_and_what_it_costs(firms: list[Enterprise]) -> None:
    counts, effect = affected(definition(), keys(firms), on=TODAY)
    assert counts == {
        Standing.ENTITLED: 2,
        Standing.ONE_STEP: 2,
        Standing.NOT_KNOWN: 1,
        Standing.NEEDS_PERSON: 0,
        Standing.NOT_ENTITLED: 1,
    }
    assert (effect.met, effect.cost, effect.unknown_amounts) == (2, Decimal("400000.00"), 0)


def test_recipients_and_the_share_of_the_largest(firms: list[Enterprise]) -> None:
    found = simulate(definition(), keys(firms), on=TODAY)
    assert [(one.firm, one.amount) for one in found.recipients] == [
        (firms[0].pk, Decimal("300000.00")),
        (firms[1].pk, Decimal("100000.00")),
    ]
    assert found.concentration == 1  # ten or fewer get everything


def test_the_ten_largest_of_twelve() -> None:
    made = [factories.firm(registered_on=date(2020, 1, 1)) for _ in range(12)]
    for number, firm in enumerate(made, 1):
        factories.fact(firm, "rd_exp", Decimal(1_000_000 * number), year=2025)
        factories.fact(firm, "staff_end", 9, year=2025)
    found = simulate(definition(), keys(made), on=TODAY)
    assert found.effect.cost == Decimal("7800000.00")  # 10 % of 1 + 2 + … + 12 million
    assert found.concentration == Decimal("7500000") / Decimal("7800000")  # without 1 and 2


def test_each_threshold_moved_by_a_tenth_or_a_step(firms: list[Enterprise]) -> None:
    found = simulate(definition(), keys(firms), on=TODAY)
    moved = {
        one.threshold.name: [
            (move.value, move.effect.met, move.effect.cost) for move in one.moves if move.effect
        ]
        for one in found.thresholds
    }
    assert moved == {
        # 90 万: the firm one fen short is in, with 99,999.999 rounded half up; 110 万: one is out
        "floor": [
            ("90 万元", 3, Decimal("500000.00")),
            ("110 万元", 1, Decimal("300000.00")),
        ],
        # a tenth of 5 people is half a person: one person is the smallest step
        "staff": [("4 人", 3, Decimal("600000.00")), ("6 人", 1, Decimal("300000.00"))],
        "share": [("9%", 2, Decimal("360000.00")), ("11%", 2, Decimal("440000.00"))],
    }


def test_of_a_stacking_group_only_what_it_adds_counts(firms: list[Enterprise]) -> None:
    rival = {
        **read(REWARD).data,
        "id": "zone.other",
        "family": "zone.other",
        "name": {"zh": "示例另一奖励"},
        "require": {
            "all": [{"id": "A", "label": {"zh": "人"}, "source": "d1",
                     "when": "staff_end_y0 >= staff"}]
        },
        "benefit": {"label": {"zh": "奖"}, "amount": "staff_end_y0 * each", "per": "year"},
    }  # fmt: skip
    rival["parameters"] = {
        "staff": rival["parameters"]["staff"],
        "each": {"label": {"zh": "每人"}, "unit": "万元/人", "source": "d1",
                 "values": [{"from": date(2026, 1, 1), "value": 3}]},
    }  # fmt: skip
    publish(rival)
    found = simulate(definition(), keys(firms), on=TODAY)
    # The first has 60 万 from the other and 30 here: nothing is added. The second has 15 and 10.
    assert (found.effect.cost, found.net) == (Decimal("400000.00"), Decimal("0.00"))
    rival["parameters"]["each"]["values"][0]["value"] = 1  # now 20 and 5
    Policy.objects.all().delete()
    publish(rival)
    found = simulate(definition(), keys(firms), on=TODAY)
    assert found.net == Decimal("150000.00")  # (30 − 20) + (10 − 5) 万
    [overlap] = found.overlaps
    assert (overlap.code, overlap.firms, overlap.theirs) == (
        "zone.other", 2, Decimal("250000.00")
    )  # fmt: skip


def test_against_the_version_in_force(firms: list[Enterprise]) -> None:
    older = read(REWARD).data
    older["id"] = "zone.rd.2025"
    older["valid"] = {"from": date(2026, 1, 1), "until": None}
    older["parameters"]["staff"]["values"][0]["value"] = 4
    older["parameters"]["floor"]["values"][0]["value"] = 150
    older["parameters"]["share"]["values"][0]["value"] = 0.05
    publish(older)  # gave the first 15 万 and the fourth (4 people, 200 万) 10 万
    found = simulate(definition(), keys(firms), on=TODAY).comparison
    assert found is not None
    assert (found.before.met, found.before.cost) == (2, Decimal("250000.00"))
    assert found.entering == [Change(firms[1].pk, None, Decimal("100000.00"))]
    assert found.leaving == [Change(firms[3].pk, Decimal("100000.00"), None)]
    assert found.rising == [Change(firms[0].pk, Decimal("150000.00"), Decimal("300000.00"))]
    assert found.falling == []


def test_a_version_that_begins_later_is_computed_with_its_own_rules(
    firms: list[Enterprise],
) -> None:
    later = definition(REWARD.replace("2026-01-01", "2027-01-01"))
    found = simulate(later, keys(firms), on=TODAY)
    assert (found.rules_on, found.effect.met) == (date(2027, 1, 1), 2)


def test_the_result_of_another_policy_feeds_the_draft() -> None:
    """`size_class` is what the policy of sizes answers: it is evaluated first."""
    from lianshang.apps.policies.actions.library import sync_policies

    sync_policies(actor=None)
    firm = factories.firm(registered_on=date(2020, 1, 1), industry_code="C3976")
    factories.fact(firm, "staff_end", 10, year=2025)
    factories.fact(firm, "revenue", 1_000_000, year=2025)
    small = definition(
        require={"all": [{"id": "A", "label": {"zh": "小"}, "source": "d1",
                          "when": "size_class IN ('small', 'micro')"}]},
        parameters={}, benefit=None, stacking=None,
    )  # fmt: skip
    counts, effect = affected(small, [firm.pk], on=TODAY)
    assert (counts[Standing.ENTITLED], effect.met) == (1, 1)


def test_the_command_tells_machines_the_same(
    firms: list[Enterprise], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "reward.yaml"
    file.write_text(REWARD)
    simulate_file(file, as_json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["firms"], told["met"], told["cost"]) == (len(firms), 2, "400000.00")
    assert told["standings"]["not_known"] == 1
    assert told["top_10_share"] == "1.0000"
    simulate_file(file, as_json=False)
    assert "cost 400,000.00 yuan, net 400,000.00" in capsys.readouterr().out
    file.write_text("id: [")
    with pytest.raises(SystemExit):
        simulate_file(file, as_json=True)
