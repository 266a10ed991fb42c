"""Opening and acting: parts that change hands, what is refused, one request once, one log."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from tests.core.workflow.histories import dues
from tests.core.workflow.office import MONDAY, Moment, Office, department, kind

from lianshang.core import clock
from lianshang.core.workflow.actions.duties import act_on, act_on_all
from lianshang.core.workflow.actions.kinds import retire_duty_kind
from lianshang.core.workflow.models import Duty, Entry
from lianshang.core.workflow.queries.rights import possible
from lianshang.core.workflow.queries.standings import standing_of, standings
from lianshang.core.workflow.writing import Details

pytestmark = pytest.mark.django_db
LATER = Moment("2026-11-16 14:00")


@pytest.fixture
def duty(office: Office) -> Duty:
    with clock.moved_to(MONDAY):
        return office.open(kind())


def parts(office: Office, duty: Duty) -> dict[str, str]:
    """Each unit's parts by the duty's rows, after seeing that the log says the same."""
    duty.refresh_from_db()
    held: dict[int, set[str]] = {}
    for one in duty.parties.all():
        held.setdefault(one.unit_id, set()).add(one.part)
    read = standing_of(duty)
    said: dict[int, set[str]] = {read.owner: {"owner"}}
    for part, units in (("co_owner", read.co_owners), ("former", read.former)):
        for unit in units:
            said.setdefault(unit, set()).add(part)
    said.setdefault(duty.asker_id, set()).add("asker")
    assert held == said
    assert duty.owner_id == read.owner
    units = ("owner", "helper", "asker", "other")
    named = {name: held.get(getattr(office, name).pk, set()) for name in units}
    return {name: " ".join(sorted(found)) for name, found in named.items() if found}


def test_parts_follow_the_log(office: Office, duty: Duty) -> None:
    assert parts(office, duty) == {"owner": "owner", "helper": "co_owner", "asker": "asker"}
    LATER.does(office, "owner", "join", duty, unit=office.other.pk)
    assert parts(office, duty)["other"] == "co_owner"
    LATER.does(office, "owner", "hand_over", duty, unit=office.other.pk)
    assert parts(office, duty) == {
        "owner": "former",
        "helper": "co_owner",
        "asker": "asker",
        "other": "owner",
    }
    LATER.does(office, "third", "leave", duty, unit=office.helper.pk)
    LATER.does(office, "third", "hand_over", duty, unit=office.owner.pk)
    assert parts(office, duty) == {"owner": "owner", "asker": "asker", "other": "former"}
    LATER.does(office, "owner", "hand_over", duty, unit=office.asker.pk)
    assert parts(office, duty) == {"owner": "former", "asker": "asker owner", "other": "former"}


def test_who_handed_over_still_sees_it_and_acts_no_more(office: Office, duty: Duty) -> None:
    LATER.does(office, "owner", "hand_over", duty, unit=office.other.pk)
    duty.refresh_from_db()
    assert duty in Duty.objects.visible_to(office["owner"])
    assert possible(office["owner"], duty) == ()
    assert duty not in Duty.objects.visible_to(office.people["stranger"]).with_part([0])
    assert duty in Duty.objects.visible_to(office["stranger"])  # it is theirs now
    with pytest.raises(PermissionDenied):
        office.says("owner", "accept", duty)


def test_an_objection_is_ruled_by_somebody_who_has_no_part_in_doing_it(
    office: Office, duty: Duty
) -> None:
    LATER.does(office, "owner", "object", duty)
    duty.refresh_from_db()
    ruling = {
        part: {row.act for row in possible(person, duty)} & {"uphold", "overrule"}
        for part, person in office.people.items()
    }
    assert {part for part, acts in ruling.items() if acts} == {"third"}
    with pytest.raises(ValidationError, match="已经由这个单位主办，请另选单位。"):
        office.says("third", "uphold", duty, unit=office.owner.pk)
    LATER.does(office, "third", "uphold", duty, unit=office.other.pk)
    assert parts(office, duty)["owner"] == "former"
    assert standing_of(duty).rounds == 2


def test_units_are_checked(office: Office, duty: Duty) -> None:
    closed = department("示例撤并局")
    closed.is_active = False
    closed.save()
    refused = {
        ("hand_over", office.owner.pk): "已经由这个单位主办，请另选单位。",
        ("hand_over", closed.pk): "没有这个单位，或它已停用。",
        ("hand_over", 0): "请选择单位。",
        ("join", office.owner.pk): "这个单位就是主办单位。",
        ("join", office.helper.pk): "这个单位已经是协办单位。",
        ("join", 999_999): "没有这个单位，或它已停用。",
        ("leave", office.other.pk): "这个单位不是协办单位。",
    }
    for (act, unit), words in refused.items():
        with pytest.raises(ValidationError) as refusal:
            LATER.does(office, "owner", act, duty, unit=unit)
        assert refusal.value.message_dict == {"unit": [words]}


def test_opening_refuses_what_cannot_be(office: Office) -> None:
    retired, wrong = kind(), {"co_owners": [office.owner]}
    retire_duty_kind(actor=None, kind=retired)
    closed = department("示例撤并局")
    closed.is_active = False
    closed.save()
    with clock.moved_to(MONDAY):
        for of_kind, rest, field in (
            (retired, {}, "kind"),
            (kind(), wrong, "co_owners"),
            (kind(), {"owner": closed}, "owner"),
            (kind(), {"close_by": date(2026, 11, 15)}, "close_by"),
        ):
            with pytest.raises(ValidationError) as refusal:
                office.open(of_kind, **rest)  # type: ignore[arg-type]  # fields of open_duty
            assert list(refusal.value.message_dict) == [field]
    assert Duty.objects.count() == 0


def test_an_extension_is_asked_for_in_time_and_within_reason(office: Office, duty: Duty) -> None:
    for amount in (-2, 3651):
        with pytest.raises(ValidationError, match="延长的数量在 1 到 3650 之间。"):
            LATER.does(office, "third", "extend", duty, amount=amount)
    Moment("2026-11-23 09:59").does(office, "third", "extend", duty, amount=1)
    assert dues(standing_of(duty))["close"] == "11-24 10:00"
    with pytest.raises(ValidationError, match="已经超期：延期要在到期之前提出。"):
        Moment("2026-11-24 10:01").does(office, "third", "extend", duty, amount=1)
    with clock.moved_to(MONDAY), pytest.raises(ValidationError, match="没有在走的办结时限"):
        office.says("third", "extend", office.open(kind(clocks=())), amount=1)


def test_days_that_have_passed_and_unknown_levels_are_refused(office: Office, duty: Duty) -> None:
    with clock.moved_to(MONDAY):
        deed = office.open(kind("deed"))
        with pytest.raises(ValidationError, match="承诺的日期已经过去"):
            office.says("owner", "promise", deed, day=date(2026, 11, 15))
        office.says("owner", "promise", deed, day=date(2026, 11, 16))
        with pytest.raises(ValidationError, match="没有这个缓急等级。"):
            office.says("third", "press", duty, urgency="whenever")


def test_pressing_freezes_the_rules_of_the_level(office: Office) -> None:
    urgent = {"clock": "close", "urgency": "urgent", "amount": 2, "unit": "working_days"}
    close = {"clock": "close", "amount": 5, "unit": "working_days"}
    with clock.moved_to(MONDAY):
        duty = office.open(kind(clocks=(close, urgent)))
    entry = LATER.does(office, "third", "press", duty, urgency="urgent")
    assert entry.data["clocks"]["close"]["amount"] == 2
    duty.refresh_from_db()
    assert (duty.urgency, dues(standing_of(duty))) == ("urgent", {"close": "11-18 10:00"})


def test_a_kind_that_changes_does_not_change_what_is_open(office: Office) -> None:
    with clock.moved_to(MONDAY):
        duty = office.open(kind(code="example.lasting"))
    before = standing_of(duty).due_at
    kind(code="example.lasting", clocks=({"clock": "close", "amount": 1, "unit": "natural_days"},))
    assert standing_of(duty).due_at == before


def test_the_same_request_acts_once(office: Office, duty: Duty) -> None:
    done = [
        act_on(actor=office["owner"], duty=duty, act="accept", request_key="k1") for _ in range(2)
    ]
    assert done[0] == done[1]
    assert duty.log.count() == 2
    other = office.open(duty.kind, request_key="k1")
    assert office.open(duty.kind, request_key="k1", title="另一个标题") == other
    act_on(actor=office["owner"], duty=other, act="accept", request_key="k1")  # keys are per duty
    assert Duty.objects.count() == 2
    assert Entry.objects.count() == 4


def test_a_bulk_act_does_what_it_can_and_says_why_not(office: Office) -> None:
    duties = [office.open(kind()) for _ in range(3)]
    office.says("owner", "accept", duties[1])
    strange = office.open(kind(), owner=office.other, co_owners=[])
    everything = [*duties, strange]
    for _time in range(2):
        outcomes = act_on_all(
            actor=office["owner"], duties=everything, act="accept", request_key="all"
        )
        assert {one.duty.pk: one.refused for one in outcomes} == {
            duties[0].pk: "",
            duties[1].pk: "现在是“办理中”，不能签收。请刷新页面看最新状态。",
            duties[2].pk: "",
            strange.pk: "您不能对这件事项签收：由有权的一方来做。",
        }
    assert [len(list(one.log.all())) for one in everything] == [2, 2, 2, 1]


def test_the_log_only_grows(duty: Duty) -> None:
    for change in (
        lambda: Entry.objects.update(reason="改写"),
        lambda: Entry.objects.filter(duty=duty).delete(),
    ):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            change()
    with pytest.raises(ProtectedError):
        duty.delete()
    assert Entry.objects.get().act == "open"


def test_a_clock_that_goes_back_does_not_turn_the_log_around(office: Office, duty: Duty) -> None:
    LATER.does(office, "owner", "accept", duty)
    entry = Moment("2026-11-16 13:59").does(office, "owner", "contact", duty)
    assert entry.at >= duty.log.get(number=2).at
    assert [one.number for one in duty.log.all()] == [1, 2, 3]


def test_what_a_row_repeats_is_what_the_log_says(office: Office) -> None:
    with clock.moved_to(MONDAY):
        duties = [office.bring_to(state, office.open(kind())) for state in ("paused", "closed")]
    for duty, read in zip(duties, standings(duties).values(), strict=True):
        assert (duty.state, duty.urgency, duty.owner_id) == (read.state, read.urgency, read.owner)


def test_details_keep_only_what_was_said() -> None:
    assert Details(unit=3, day=date(2026, 12, 1)).as_json() == {"unit": 3, "day": "2026-12-01"}
