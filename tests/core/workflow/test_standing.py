"""What each act does to the clocks and to the parts of the units, read off the log.

November 2026 has no holidays: from Monday the 16th, weeks of five days from 9:00 to 17:30.
"""

from datetime import date

import pytest
from tests.core.workflow.histories import CLOCKS, HELPER, OTHER, OWNER, dues, log, read, rule
from tests.engines.worktime.china import at

from lianshang.core.workflow.replay import standing

OPENED = ("2026-11-16 10:00", "open")
ACCEPTED = ("2026-11-16 11:00", "accept")
WORKING = (OPENED, ACCEPTED)


def test_opening_starts_every_clock() -> None:
    found = read(OPENED)
    assert dues(found) == {"contact": "11-16 15:30", "stage": "11-19 10:00", "close": "11-23 10:00"}
    assert found.due_at == at("2026-11-16 15:30")
    assert (found.state, found.owner, found.rounds) == ("waiting", OWNER, 1)


def test_receipt_is_no_contact() -> None:
    assert "contact" in dues(read(*WORKING))
    assert read(*WORKING).contacted_at is None


@pytest.mark.parametrize("act", ["contact", "report", "claim"])
def test_every_answer_is_the_first_contact(act: str) -> None:
    found = read(*WORKING, ("2026-11-16 14:00", act))
    assert "contact" not in dues(found)
    assert found.contacted_at == at("2026-11-16 14:00")
    assert not found.of("contact")[0].is_late


def test_the_first_contact_stays_the_first() -> None:
    found = read(*WORKING, ("2026-11-16 14:00", "contact"), ("2026-11-17 14:00", "contact"))
    assert found.contacted_at == at("2026-11-16 14:00")
    assert found.of("contact")[0].stopped_at == at("2026-11-16 14:00")


def test_a_late_contact_is_late_for_ever() -> None:
    found = read(*WORKING, ("2026-11-16 16:00", "contact"))
    assert found.of("contact")[0].is_late


def test_a_report_ends_the_stage_and_starts_the_next_where_the_rule_repeats() -> None:
    report = ("2026-11-18 09:30", "report")
    assert dues(read(*WORKING, report)) == {"close": "11-23 10:00"}
    clocks = CLOCKS | {"stage": rule(3, repeats=True)}
    found = read(*WORKING, report, clocks=clocks)
    assert dues(found) == {"close": "11-23 10:00", "stage": "11-23 09:30"}
    assert [one.turn for one in found.of("stage")] == [1, 2]


def test_a_pause_stops_stage_and_close_and_not_the_contact() -> None:
    paused = (*WORKING, ("2026-11-16 11:30", "pause"))
    found = read(*paused)
    assert dues(found) == {"contact": "11-16 15:30", "stage": "", "close": ""}
    close = found.of("close")[0]
    assert close.is_paused
    assert not found.is_overdue(at("2026-11-16 15:30"))
    assert found.is_overdue(at("2026-11-16 15:31"))
    resumed = read(*paused, ("2026-11-18 11:30", "resume"))
    assert dues(resumed)["close"] == "11-25 10:00"


@pytest.mark.parametrize("act", ["resume", "supply", "contact"])
def test_whatever_ends_the_pause_restarts_the_clocks(act: str) -> None:
    found = read(*WORKING, ("2026-11-17 09:00", "pause"), ("2026-11-18 09:00", act))
    assert found.state == "working"
    assert dues(found)["close"] == "11-24 10:00"


def test_a_pause_does_not_undo_lateness() -> None:
    found = read(*WORKING, ("2026-11-24 09:00", "pause"))
    assert found.of("close")[0].due.at == at("2026-11-23 10:00")
    assert found.is_overdue(at("2026-11-24 09:01"))


def test_two_pauses_add_up() -> None:
    pauses = (
        ("2026-11-16 14:00", "pause"),
        ("2026-11-17 14:00", "resume"),
        ("2026-11-18 14:00", "pause"),
        ("2026-11-20 14:00", "resume"),
    )
    assert dues(read(*WORKING, *pauses))["close"] == "11-26 10:00"


def test_the_moment_of_the_claim_counts_however_long_the_other_side_looks() -> None:
    claimed = (*WORKING, ("2026-11-23 10:00", "claim"))
    for rest in ((), (("2026-12-10 10:00", "confirm"),)):
        found = read(*claimed, *rest)
        assert dues(found) == {}
        assert not found.of("close")[0].is_late
        assert not found.is_overdue(at("2026-12-31 10:00"))


def test_a_returned_claim_runs_on_without_the_time_it_was_looked_at() -> None:
    found = read(*WORKING, ("2026-11-20 10:00", "claim"), ("2026-11-25 10:00", "return"))
    assert dues(found) == {"close": "11-26 10:00", "stage": "11-30 10:00"}
    assert found.claimed_at is None


def test_a_claim_that_was_late_is_late_after_its_return() -> None:
    found = read(*WORKING, ("2026-11-24 10:00", "claim"), ("2026-11-24 11:00", "return"))
    assert found.is_overdue(at("2026-11-24 11:00"))
    assert dues(found)["close"] == "11-23 10:00"


def test_reopening_starts_stage_and_close_afresh_and_keeps_what_was() -> None:
    ended = (*WORKING, ("2026-11-24 10:00", "claim"), ("2026-11-24 11:00", "confirm"))
    found = read(*ended, ("2026-11-30 10:00", "reopen"))
    assert dues(found) == {"stage": "12-03 10:00", "close": "12-07 10:00"}
    assert [one.is_late for one in found.of("close")] == [True, False]
    assert (found.rounds, found.ended_at) == (2, None)


def test_an_extension_moves_close_alone() -> None:
    found = read(*WORKING, ("2026-11-17 10:00", "extend", {"amount": 2}))
    assert dues(found) == {"contact": "11-16 15:30", "stage": "11-19 10:00", "close": "11-25 10:00"}


def test_a_fixed_day_takes_the_place_of_counting() -> None:
    found = read(OPENED, day="2026-11-21")  # a Saturday: the next working day, to its end
    assert found.of("close")[0].by == date(2026, 11, 21)
    assert dues(found)["close"] == "11-24 00:00"
    extended = read(OPENED, ("2026-11-17 10:00", "extend", {"amount": 1}), day="2026-11-20")
    assert dues(extended)["close"] == "11-23 17:30"  # working days end with the office


def test_a_promise_is_the_day_by_which_it_closes() -> None:
    found = read(
        OPENED,
        ("2026-11-17 10:00", "promise", {"day": "2026-12-18"}),
        flow="deed",
        clocks={"contact": rule(5)},
    )
    assert dues(found) == {"close": "12-19 00:00"}
    assert found.contacted_at == at("2026-11-17 10:00")


def test_a_deed_that_is_opened_again_has_a_new_day() -> None:
    found = read(
        OPENED,
        ("2026-11-17 10:00", "promise", {"day": "2026-11-20"}),
        ("2026-11-19 10:00", "claim"),
        ("2026-11-19 11:00", "confirm"),
        ("2026-11-23 10:00", "reopen", {"day": "2026-11-30"}),
        flow="deed",
        clocks={"contact": rule(5)},
    )
    assert dues(found) == {"close": "12-01 00:00"}


def test_an_urgent_duty_is_measured_by_the_urgent_rules_from_the_beginning() -> None:
    urgent = {"contact": rule(1, "working_hours"), "stage": rule(1), "close": rule(2)}
    found = read(*WORKING, ("2026-11-16 14:00", "press", {"urgency": "urgent", "clocks": urgent}))
    assert dues(found) == {"contact": "11-16 11:00", "stage": "11-17 10:00", "close": "11-18 10:00"}
    assert found.urgency == "urgent"


def test_a_clock_that_the_new_level_adds_begins_with_it() -> None:
    urgent = {"contact": rule(2, "working_hours"), "stage": rule(3), "close": rule(2)}
    press = ("2026-11-17 14:00", "press", {"urgency": "urgent", "clocks": urgent})
    only_close = {"close": rule(5)}
    assert dues(read(*WORKING, press, clocks=only_close)) == {
        "contact": "11-17 16:00",
        "stage": "11-20 14:00",
        "close": "11-18 10:00",
    }
    contacted = read(*WORKING, ("2026-11-16 14:00", "contact"), press, clocks=only_close)
    assert "contact" not in dues(contacted)
    paused = read(*WORKING, ("2026-11-17 09:00", "pause"), press, clocks=only_close)
    assert dues(paused) == {"contact": "11-17 16:00", "stage": "", "close": ""}
    claimed = read(*WORKING, ("2026-11-17 09:00", "claim"), press, clocks=only_close)
    assert dues(claimed) == {}


def test_a_clock_that_the_new_level_lacks_ends() -> None:
    press = ("2026-11-17 14:00", "press", {"urgency": "normal", "clocks": {"close": rule(10)}})
    found = read(*WORKING, press)
    assert dues(found) == {"close": "11-30 10:00"}
    assert found.of("contact") == ()
    fixed = read(
        *WORKING,
        ("2026-11-17 14:00", "press", {"urgency": "normal", "clocks": {}}),
        day="2026-11-20",
    )
    assert dues(fixed) == {"close": "11-21 00:00"}  # a day that was set stays


def test_hand_over_buys_no_time() -> None:
    found = read(*WORKING, ("2026-11-20 17:00", "hand_over", {"unit": OTHER}))
    assert dues(found) == dues(read(*WORKING))
    assert (found.owner, found.former) == (OTHER, {OWNER})


def test_an_upheld_objection_starts_afresh_and_the_wrong_owner_is_not_judged() -> None:
    found = read(
        OPENED,
        ("2026-11-16 16:00", "object"),
        ("2026-11-18 10:00", "uphold", {"unit": OTHER, "clocks": CLOCKS}),
    )
    assert dues(found) == {"contact": "11-18 15:30", "stage": "11-23 10:00", "close": "11-25 10:00"}
    assert [len(found.of(name)) for name in CLOCKS] == [1, 1, 1]
    assert (found.owner, found.former, found.state) == (OTHER, {OWNER}, "waiting")


def test_an_overruled_objection_bought_no_time() -> None:
    found = read(OPENED, ("2026-11-16 14:00", "object"), ("2026-11-18 10:00", "overrule"))
    assert dues(found) == dues(read(OPENED))


@pytest.mark.parametrize("act", ["urge", "note"])
def test_words_move_no_clock(act: str) -> None:
    assert dues(read(*WORKING, ("2026-11-17 10:00", act))) == dues(read(*WORKING))


def test_a_cancelled_duty_is_due_no_more() -> None:
    found = read(*WORKING, ("2026-11-24 10:00", "cancel"))
    assert dues(found) == {}
    assert not found.is_overdue(at("2026-11-25 10:00"))
    assert found.ended_at == at("2026-11-24 10:00")


def test_units_join_leave_and_come_back() -> None:
    helped = (*WORKING, ("2026-11-17 10:00", "join", {"unit": HELPER}))
    assert read(*helped).co_owners == {HELPER}
    left = read(*helped, ("2026-11-17 11:00", "leave", {"unit": HELPER}))
    assert left.co_owners == frozenset()
    taken = (*helped, ("2026-11-17 11:00", "hand_over", {"unit": HELPER}))
    assert read(*taken).co_owners == frozenset()
    back = read(*taken, ("2026-11-17 12:00", "hand_over", {"unit": OWNER}))
    assert (back.owner, back.former) == (OWNER, {HELPER})


def test_a_log_that_does_not_open_is_refused() -> None:
    with pytest.raises(ValueError, match="begins with the row that opens"):
        standing(log(OPENED)[1:], read(OPENED).clocks[0].calendar)
