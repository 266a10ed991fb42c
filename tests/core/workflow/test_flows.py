"""Every transition of every flow: who may do it, from where, told what, and where it leads."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from tests.core.workflow.office import MONDAY, Office, kind

from lianshang.core import clock
from lianshang.core.workflow.actions.duties import MISSING, act_on
from lianshang.core.workflow.choices import Act, State
from lianshang.core.workflow.flows import FLOWS, Transition
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.rights import allowed, possible
from lianshang.core.workflow.writing import Details

pytestmark = pytest.mark.django_db
WAYS = [(flow, state) for flow in FLOWS for state in State.values if state != "published"]
WAYS.append(("deed", "published"))
PERSON = {
    "owner": "owner",
    "co_owner": "co_owner",
    "asker": "asker",
    "supervisor": "third",
    "third": "third",
}

# What each person can do with a task, state by state.
TASK = {
    ("waiting", "owner"): "accept contact note object hand_over join leave",
    ("waiting", "co_owner"): "contact note",
    ("waiting", "asker"): "supply cancel urge",
    ("waiting", "third"): "note extend press hand_over join leave cancel urge",
    ("working", "owner"): "contact report note pause hand_over join leave claim",
    ("working", "co_owner"): "contact report note",
    ("working", "asker"): "supply cancel urge",
    ("working", "third"): "note extend press hand_over join leave cancel urge",
    ("paused", "owner"): "contact note supply resume hand_over join leave",
    ("paused", "co_owner"): "contact note supply resume",
    ("paused", "asker"): "supply cancel urge",
    ("paused", "third"): "note resume extend press hand_over join leave cancel urge",
    ("objected", "owner"): "note join leave",
    ("objected", "co_owner"): "note",
    ("objected", "asker"): "cancel urge",
    ("objected", "third"): "note press uphold overrule join leave cancel urge",
    ("claimed", "owner"): "note join leave",
    ("claimed", "co_owner"): "note",
    ("claimed", "asker"): "supply return confirm cancel urge",
    ("claimed", "third"): "note press join leave return confirm cancel urge",
    ("closed", "owner"): "",
    ("closed", "co_owner"): "",
    ("closed", "asker"): "reopen",
    ("closed", "third"): "reopen",
    ("cancelled", "owner"): "",
    ("cancelled", "asker"): "",
    ("cancelled", "third"): "",
}


def in_state(office: Office, flow: str, state: str) -> Duty:
    with clock.moved_to(MONDAY):
        return office.bring_to(state, office.open(kind(flow)))


def names(office: Office, part: str, duty: Duty) -> set[str]:
    return {str(row.act) for row in possible(office[part], duty)}


@pytest.mark.parametrize("state", [one for one in State.values if one != "published"])
def test_what_each_person_can_do_with_a_task(office: Office, state: str) -> None:
    duty = in_state(office, "task", state)
    for part in ("owner", "co_owner", "asker", "third"):
        assert names(office, part, duty) == set(TASK.get((state, part), "").split()), part
    assert names(office, "stranger", duty) == set()


@pytest.mark.parametrize(("flow", "state"), WAYS)
def test_every_act_from_every_state(office: Office, flow: str, state: str) -> None:
    """Those in the table lead where it says, for one who may and not for one who may not; all
    others are refused. A refusal leaves nothing behind.
    """
    duty, length = in_state(office, flow, state), Duty.objects.get().log.count()
    with clock.moved_to(MONDAY):
        for act in Act.values:
            row = FLOWS[flow].row(act, state)
            if row is None:
                with pytest.raises(ValidationError, match="现在是“"), transaction.atomic():
                    act_on(actor=office["third"], duty=duty, act=act, reason="x")
            else:
                one_may_and_one_may_not(office, duty, row)
    assert duty.log.count() == length


def one_may_and_one_may_not(office: Office, duty: Duty, row: Transition) -> None:
    given = office.given(row.needs)
    if row.act == Act.LEAVE:
        given["details"] = Details(unit=office.helper.pk)
    with pytest.raises(PermissionDenied, match="您不能对这件事项"), transaction.atomic():
        act_on(actor=office["stranger"], duty=duty, act=row.act, **given)
    if row.act == Act.ESCALATE:
        return
    with transaction.atomic():
        entry = act_on(actor=office[PERSON[row.who[0]]], duty=duty, act=row.act, **given)
        assert (entry.from_state, entry.to_state) == (duty.state, row.to or duty.state)
        assert entry.duty.state == entry.to_state
        transaction.set_rollback(True)


@pytest.mark.parametrize("flow", FLOWS)
def test_whatever_is_needed_and_missing_is_named(office: Office, flow: str) -> None:
    for row in FLOWS[flow].rows:
        if not row.needs or row.act == Act.ESCALATE:
            continue
        duty = in_state(office, flow, row.states[0])
        part = PERSON[row.who[0]]
        for missing in row.needs:
            rest = tuple(need for need in row.needs if need != missing)
            with pytest.raises(ValidationError) as refusal, transaction.atomic():
                office.does(part, row.act, duty, rest)
            field, words = MISSING[missing]
            assert refusal.value.message_dict == {field: [str(words)]}


def test_nobody_but_the_program_escalates(office: Office) -> None:
    duty = in_state(office, "task", "working")
    assert all(allowed(person, duty, "escalate") is None for person in office.people.values())
    assert allowed(None, duty, "escalate")
    assert {act for act in Act.values if allowed(None, duty, act)} == {"escalate"}


def test_who_ends_each_flow(office: Office) -> None:
    """A request is solved when who asked says so; everything else also, or only, when a supervisor
    who did not do it says so. Nobody confirms their own work.
    """
    ends = {
        flow: {part for part in office.people if "confirm" in names(office, part, duty)}
        for flow in FLOWS
        for duty in [in_state(office, flow, "claimed")]
    }
    assert ends == {
        "task": {"asker", "third"},
        "request": {"asker"},
        "instruction": {"third"},
        "rectification": {"third"},
        "deed": {"asker", "third"},
    }


def test_a_deed_begins_with_a_promise_and_with_nothing_else(office: Office) -> None:
    duty = in_state(office, "deed", "waiting")
    assert "promise" in names(office, "owner", duty)
    assert not {"accept", "contact", "claim"} & names(office, "owner", duty)
    assert names(office, "owner", in_state(office, "deed", "closed")) == {"publish"}


def test_each_flow_speaks_its_own_words() -> None:
    said = {
        flow: (str(FLOWS[flow].act_label("claim")), str(FLOWS[flow].label_of("closed")))
        for flow in FLOWS
    }
    assert said == {
        "task": ("报结", "已办结"),
        "request": ("答复", "已办结"),
        "instruction": ("报送办理结果", "已销号"),
        "rectification": ("申请验收", "已销号"),
        "deed": ("办成", "已办结"),
    }
    assert FLOWS["deed"].last == State.PUBLISHED


def test_a_refusal_says_where_it_stands_and_what_to_do(office: Office) -> None:
    duty = in_state(office, "rectification", "working")
    with pytest.raises(ValidationError) as refusal:
        office.says("third", "confirm", duty)
    assert refusal.value.messages == ["现在是“整改中”，不能验收销号。请刷新页面看最新状态。"]
    with pytest.raises(PermissionDenied, match="您不能对这件事项申请验收：由有权的一方来做。"):
        office.says("co_owner", "claim", duty, proof="有")
