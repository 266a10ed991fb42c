"""A broken policy stands still alone: the others are published, and its owner is told once."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from pytest_django import Settings
from tests import factories

from lianshang.apps.enterprises.queries import catalogue as catalogue_queries
from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.models import Assessment, EvaluationFault, Policy, Tally
from lianshang.apps.policies.queries import library
from lianshang.apps.policies.queries.library import digest, forget
from lianshang.core import clock
from lianshang.core.notices.models import Notice
from lianshang.core.policy_files import read_yaml
from lianshang.engines.rules.policy_file import policy_from_mapping

pytestmark = pytest.mark.usefixtures("library_in_june")
TODAY = date(2026, 6, 1)
GOOD = "cn.cit.small_low_profit"


UNRESTRICTED = "NOT restricted_or_prohibited_industry"


def own_policy(code: str = "zone.own", when: str = UNRESTRICTED, **more: object) -> Policy:
    """A clause of the zone: whoever is in no restricted industry."""
    clause = {"id": "C1", "label": {"zh": "人数", "en": "staff"}, "source": "d1", "when": when}
    mapping = {
        "id": code,
        "name": {"zh": "示例政策", "en": "Example"},
        "issuer": {"zh": "示例高新区", "en": "Example zone"},
        "level": "zone",
        "kind": "grant",
        "channel": "application",
        "valid": {"from": "2020-01-01"},
        "sources": {"d1": {"document": "示例文件"}},
        "require": {"all": [{**clause, "change": "firm"}]},
        **more,
    }
    row = Policy(code=code, origin="zone")
    row.define(policy_from_mapping(mapping), mapping, digest(mapping))
    row.save()
    forget()
    return row


def break_it(policy: Policy, **definition: object) -> None:
    policy.definition = {**policy.definition, **definition}
    policy.save()
    forget()


def standing(policy: Policy) -> list[str]:
    return list(Assessment.objects.filter(policy=policy).values_list("state", flat=True))


@pytest.mark.parametrize(
    "fault",
    [
        {"require": {"all": "not a list"}},  # cannot be read
        {"require": None, "classes": None, "valid": 7},
    ],
)
def test_a_policy_that_cannot_be_read_keeps_its_answers_and_stops_nobody(
    fault: dict[str, object],
) -> None:
    firm = factories.firm()
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    policy, person = own_policy(), factories.office()
    evaluate_register(actor=None)
    assert standing(policy) == ["met"]

    break_it(policy, **fault)
    factories.fact(firm, "restricted_or_prohibited_industry", True)
    with clock.moved_to(date(2026, 6, 2)):
        evaluate_register(actor=None)
    assert standing(policy) == ["met"]
    kept = Assessment.objects.get(policy=policy)
    assert kept.on == TODAY  # the list shows of which day the answer is
    assert Assessment.objects.get(policy__code=GOOD).on == date(2026, 6, 2)
    assert EvaluationFault.objects.standing().get().policy == policy
    assert Notice.objects.filter(recipient=person, kind="policies.fault").count() == 1


def test_the_owner_is_told_once_and_the_pages_say_so_until_it_is_mended() -> None:
    factories.firm()
    policy, owner, other = own_policy(), factories.office(), factories.office()
    policy.owner = owner.current_memberships[0].unit
    good = policy.definition["require"]
    clause = {**good["all"][0], "when": "no_such_quantity >= 10"}
    break_it(policy, require={"all": [clause]})
    evaluate_register(actor=None)
    evaluate_register(actor=None)
    assert Notice.objects.filter(recipient=owner, kind="policies.fault").count() == 1
    assert not Notice.objects.filter(recipient=other, kind="policies.fault").exists()
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(owner)
    for path in ("/policies/", f"/policies/{policy.pk}/"):
        assert "no_such_quantity" in client.get(path).content.decode()

    break_it(policy, require=good)
    evaluate_register(actor=None)
    assert not EvaluationFault.objects.standing().exists()
    assert "no_such_quantity" not in client.get("/policies/").content.decode()
    assert standing(policy) == ["not_known"]


def test_a_quantity_that_left_the_catalogue_stops_those_that_ask_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factories.firm()
    policy = own_policy()
    other = own_policy("zone.other", when="registered_in_west")
    quantities = dict(catalogue().quantities)
    del quantities["registered_in_west"]
    smaller = type(catalogue())(quantities)
    monkeypatch.setattr("lianshang.apps.policies.queries.library.catalogue", lambda: smaller)
    library._compiled.cache_clear()
    try:
        evaluate_register(actor=None)
    finally:
        library._compiled.cache_clear()
    stopped = set(EvaluationFault.objects.standing().values_list("policy__code", flat=True))
    assert other.code in stopped
    assert policy.code not in stopped
    assert standing(policy) == ["not_known"]
    assert standing(other) == []
    assert Tally.objects.filter(policy__code=GOOD).exists() == (GOOD not in stopped)


def test_whoever_asks_for_the_answer_of_a_faulty_policy_waits_and_says_for_whom() -> None:
    from lianshang.apps.policies.queries.library import _in_stages, compiled_on

    every = [one for stage in compiled_on(TODAY).stages for one in stage]
    rest = [one for one in every if one.policy.id != GOOD]
    family = next(one.policy.family for one in every if one.policy.id == GOOD)
    found = _in_stages(list(rest), {GOOD: "broken"}, {family: GOOD})
    assert GOOD in found.faults["cn.six_taxes_two_fees"]
    answered = {one.policy.id for stage in found.stages for one in stage}
    assert "cn.cit.rd_super_deduction" in answered
    assert "cn.six_taxes_two_fees" not in answered


@pytest.fixture
def quantities(settings: Settings, tmp_path: Path) -> dict[str, dict[str, object]]:
    """A copied folder of policies without a single one, and its catalogue, to be changed: `use`."""
    known = read_yaml(settings.POLICY_FOLDER / "catalogue.yaml")["quantities"]
    shutil.copy(settings.POLICY_FOLDER / "sources.yaml", tmp_path)
    return {name: dict(one) for name, one in known.items()}


@pytest.fixture
def use(settings: Settings, tmp_path: Path) -> Callable[[dict[str, Any]], None]:
    def write(catalogue: dict[str, Any]) -> None:
        text = yaml.safe_dump({"quantities": catalogue}, allow_unicode=True)
        (tmp_path / "catalogue.yaml").write_text(text, encoding="utf-8")
        settings.POLICY_FOLDER = tmp_path
        forget()

    return write


def stopped() -> dict[str, str]:
    found = EvaluationFault.objects.standing().filter(policy__code__startswith="zone.")
    return dict(found.values_list("policy__code", "message"))


def test_a_policy_that_fails_while_it_runs_stops_alone_and_keeps_its_answers(
    quantities: dict[str, Any], use: Callable[[dict[str, Any]], None]
) -> None:
    """The ledger lets no value out of bounds in; what is computed from the register may leave the
    bounds of a catalogue that was narrowed.
    """
    firm = factories.firm(registered_on=date(2020, 1, 1))
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    years = {"label": {"zh": "三年", "en": "three years"}, "unit": "天", "source": "d1"}
    days = {**years, "values": [{"from": "2020-01-01", "value": 1095}]}
    other = own_policy("zone.other")
    aged = own_policy("zone.aged", when="age_days >= days", parameters={"days": days})
    use(quantities)
    evaluate_register(actor=None)
    assert (standing(other), standing(aged), stopped()) == (["met"], ["met"], {})

    factories.fact(firm, "restricted_or_prohibited_industry", True)
    quantities["age_days"]["max"] = 1000
    catalogue_queries._load.cache_clear()
    library._compiled.cache_clear()
    use(quantities)
    with clock.moved_to(date(2026, 6, 2)):
        evaluate_register(actor=None)
    assert standing(other) == ["not_met"]
    assert standing(aged) == ["met"]
    assert Assessment.objects.get(policy=aged).on == TODAY
    assert Assessment.objects.get(policy=other).on == date(2026, 6, 2)
    assert set(stopped()) == {"zone.aged"}
    assert "age_days: values from 2344 to 2344" in stopped()["zone.aged"]


def test_a_ring_of_two_policies_stops_both_and_nobody_else(
    quantities: dict[str, Any], use: Callable[[dict[str, Any]], None]
) -> None:
    firm = factories.firm()
    factories.fact(firm, "restricted_or_prohibited_industry", False)
    for name in ("one", "two"):
        own = {**quantities["small_low_profit_result"], "result_of": f"zone.{name}"}
        quantities[f"{name}_result"] = own
    use(quantities)
    own_policy("zone.one", when="two_result")
    own_policy("zone.two", when="one_result")
    other = own_policy("zone.other")
    evaluate_register(actor=None)
    assert set(stopped()) == {"zone.one", "zone.two"}
    assert all("zone.one、zone.two" in text for text in stopped().values())
    assert standing(other) == ["met"]
    assert not Tally.objects.filter(policy__code__in=stopped()).exists()
