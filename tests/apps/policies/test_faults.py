"""A broken policy stands still alone: the others are published, and its owner is told once."""

from datetime import date

import pytest
from django.test import Client
from tests import factories

from lianshang.apps.enterprises.queries.catalogue import catalogue
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.models import Assessment, EvaluationFault, Policy, Tally
from lianshang.apps.policies.queries.library import digest, forget
from lianshang.core import clock
from lianshang.core.notices.models import Notice
from lianshang.engines.rules.policy_file import policy_from_mapping

pytestmark = pytest.mark.usefixtures("library_in_june")
TODAY = date(2026, 6, 1)
GOOD = "cn.cit.small_low_profit"


UNRESTRICTED = "NOT restricted_or_prohibited_industry"


def own_policy(code: str = "zone.own", when: str = UNRESTRICTED) -> Policy:
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
    from lianshang.apps.policies.queries import library

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
