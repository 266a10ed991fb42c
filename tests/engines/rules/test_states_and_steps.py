"""From clauses to a policy: its state, and how many clauses stand between it and met."""

from typing import Any

import pytest
from tests.engines.rules.examples import ask, clause

from lianshang.engines.rules import Outcome, State

FLAGS = ("listed_abroad", "title_hnte", "field_supported")


def tree(require: dict[str, Any], **given: object) -> Outcome:
    return ask(given=given, require=require)


LISTED, TITLE = clause("L", "listed_abroad"), clause("T", "title_hnte")
FIELD = clause("F", "field_supported", change="expert")  # a person judges it
COUNT = clause("N", "ip1_count >= 1")


@pytest.mark.parametrize(
    ("require", "given", "state"),
    [
        ({"all": [LISTED, FIELD]}, {"listed_abroad": True}, "needs_person"),
        ({"all": [LISTED, FIELD]}, {}, "not_known"),  # the missing fact could make it fail
        ({"all": [LISTED, FIELD]}, {"listed_abroad": False}, "not_met"),
        ({"all": [LISTED, FIELD]}, {"field_supported": False}, "not_met"),
        ({"any": [LISTED, FIELD]}, {"listed_abroad": False}, "needs_person"),
        ({"any": [LISTED, FIELD]}, {}, "not_known"),  # the missing fact could make it pass
        ({"any": [LISTED, FIELD]}, {"field_supported": True}, "met"),
        # Whatever is found about T and N, the person has to judge.
        (
            {"all": [FIELD, {"any": [TITLE, clause("F2", "field_supported")]}]},
            {},
            "needs_person",
        ),
        (
            {"at_least": {"n": 2, "of": [LISTED, TITLE, COUNT]}},
            {"listed_abroad": True},
            "not_known",
        ),
        (
            {"at_least": {"n": 2, "of": [LISTED, TITLE, COUNT]}},
            {"listed_abroad": True, "ip1_count": 1},
            "met",
        ),
        (
            {"at_least": {"n": 2, "of": [LISTED, TITLE, COUNT]}},
            {"listed_abroad": False, "ip1_count": 0},
            "not_met",
        ),
        (
            {"at_least": {"n": 2, "of": [LISTED, FIELD, COUNT]}},
            {"listed_abroad": True, "ip1_count": 0},
            "needs_person",
        ),
    ],
)
def test_the_state_of_a_tree(require: dict[str, Any], given: dict[str, object], state: str) -> None:
    assert tree(require, **given).state.key == state


FIXED = clause("X", "age_days >= 0 AND listed_abroad", change="fixed")


@pytest.mark.parametrize(
    ("require", "given", "steps"),
    [
        ({"all": [LISTED, TITLE, COUNT]}, {"listed_abroad": True, "title_hnte": False}, 2),
        ({"all": [LISTED, TITLE]}, {"listed_abroad": True, "title_hnte": True}, 0),
        ({"any": [LISTED, {"all": [TITLE, COUNT]}]}, {"listed_abroad": False}, 1),
        ({"all": [COUNT, {"any": [LISTED, TITLE]}]}, {"ip1_count": 0, "listed_abroad": True}, 1),
        ({"at_least": {"n": 2, "of": [LISTED, TITLE, COUNT]}}, {"title_hnte": True}, 1),
        (
            {"at_least": {"n": 2, "of": [LISTED, {"all": [TITLE, COUNT]}, FIELD]}},
            {"ip1_count": 1},
            2,
        ),
        ({"all": [FIXED, TITLE]}, {"listed_abroad": False, "title_hnte": True}, None),
        ({"all": [FIXED, TITLE]}, {"age_days": 3, "title_hnte": False}, 2),  # X is only unknown
        ({"any": [FIXED, TITLE]}, {"listed_abroad": False}, 1),  # there is another way
        (
            {"at_least": {"n": 2, "of": [FIXED, TITLE, COUNT]}},
            {"listed_abroad": False, "ip1_count": 1},
            1,
        ),
        ({"at_least": {"n": 3, "of": [FIXED, TITLE, COUNT]}}, {"listed_abroad": False}, None),
    ],
)
def test_steps_are_the_fewest_clauses_that_would_have_to_change(
    require: dict[str, Any], given: dict[str, object], steps: int | None
) -> None:
    assert tree(require, **given).steps == steps


def test_one_step_short_is_a_failing_policy_with_one_clause_to_change() -> None:
    outcome = tree({"all": [LISTED, TITLE]}, listed_abroad=True, title_hnte=False)
    assert (outcome.state, outcome.steps) == (State.NOT_MET, 1)


def test_a_classification_is_met_once_its_class_is_known() -> None:
    classes = [
        {"code": "large", "label": {"zh": "大"}, "when": "ip1_count >= 9 AND ip2_count >= 9"},
        {"code": "small", "label": {"zh": "小"}},
    ]

    def size(**given: object) -> tuple[str | None, str, tuple[str, ...]]:
        outcome = ask(given=given, kind="classification", classes=classes, require=None)
        return outcome.class_code, outcome.state.key, outcome.missing

    assert size(ip1_count=9, ip2_count=9) == ("large", "met", ())
    assert size(ip1_count=8) == ("small", "met", ())
    assert size(ip1_count=9) == (None, "not_known", ("ip2_count",))
