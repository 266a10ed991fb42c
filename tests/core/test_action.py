"""A verb that calls verbs is one deed in the audit."""

import pytest
from pghistory.models import Context

from lianshang.core.workflow.actions.builtin import add_missing_kinds
from lianshang.core.workflow.actions.kinds import retire_duty_kind
from lianshang.core.workflow.models import DutyKind

pytestmark = pytest.mark.django_db


def test_the_outer_verb_names_the_deed() -> None:
    assert add_missing_kinds(actor=None, reason="建区") == 11
    deed = Context.objects.get()
    assert (deed.metadata["action"], deed.metadata["reason"]) == (
        "workflow.add_missing_kinds",
        "建区",
    )
    history = DutyKind.pgh_event_model.objects  # type: ignore[attr-defined]  # by pghistory
    assert set(history.values_list("pgh_context", flat=True)) == {deed.pk}


def test_the_next_verb_is_a_deed_of_its_own() -> None:
    add_missing_kinds(actor=None)
    retire_duty_kind(actor=None, kind=DutyKind.objects.get(code="deed"), reason="不再用")
    names = Context.objects.values_list("metadata__action", flat=True)
    assert sorted(names) == ["workflow.add_missing_kinds", "workflow.retire_duty_kind"]


def test_a_verb_that_fails_leaves_the_next_one_its_name() -> None:
    with pytest.raises(AttributeError):
        retire_duty_kind(actor=None, kind=None)  # type: ignore[arg-type]  # on purpose
    add_missing_kinds(actor=None)
    assert Context.objects.get().metadata["action"] == "workflow.add_missing_kinds"
