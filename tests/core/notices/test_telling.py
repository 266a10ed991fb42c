"""Telling people: once, on the channels they chose, in their quiet times not at all."""

from datetime import datetime, time

import pytest
from tests import factories
from tests.core.notices.fakes import FakeAliyun, FakeWeCom
from tests.core.notices.told import KIND, only, states, tell

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.calendars.queries import calendar
from lianshang.core.notices.actions import choose, notify, resend
from lianshang.core.notices.channels.base import Receipt, Transient, Uncertain
from lianshang.core.notices.channels.sms import Sms
from lianshang.core.notices.channels.wecom import WeCom
from lianshang.core.notices.models import Delivery, Notice, Reach
from lianshang.core.notices.quiet import Peace
from lianshang.core.notices.sending import send_due

pytestmark = pytest.mark.django_db
# Before the National Day holiday of 2026 (1 to 7 October; Saturday 10 October is worked).
WEDNESDAY_AT_WORK = "2026-09-30 10:00"
WEDNESDAY_NIGHT = "2026-09-30 23:30"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.zone_time())


def phones(fake: FakeAliyun) -> list[str]:
    return [query["PhoneNumbers"] for query in fake.delivered]


def test_the_same_key_is_told_once(aliyun: FakeAliyun, person: User) -> None:
    only(person, "sms")
    with clock.standing_at(at(WEDNESDAY_AT_WORK)):
        assert [tell(person), tell(person), tell(person, "k2")] == [1, 0, 1]
        assert send_due() == 2
        assert tell(person) == 0
        assert send_due() == 0
    assert Notice.objects.count() == 2
    assert phones(aliyun) == ["13800000001"] * 2


def test_several_are_told_and_only_the_new_ones_again(aliyun: FakeAliyun, person: User) -> None:
    other = factories.office()
    gone = factories.office()
    gone.is_active = False
    gone.save()
    told = {"kind": KIND, "subject": "s", "text": "t", "url": "/", "key": "k1"}
    assert notify(actor=None, recipients=[person, person], **told) == 1
    assert notify(actor=None, recipients=[person, other, gone], **told) == 1


def test_what_a_caller_gets_wrong_fails_in_its_own_transaction(person: User) -> None:
    with pytest.raises(ValueError, match=r"No kind of notice is called 'x.y'"):
        tell(person, kind="x.y")
    for url in ("https://evil.example/", "//evil.example/", "enterprises/"):
        with pytest.raises(ValueError, match="a path of this site"):
            tell(person, url=url)


def test_each_person_chooses(aliyun: FakeAliyun, wecom: FakeWeCom, person: User) -> None:
    choose(actor=person, choices={(KIND, "sms"): False, (KIND, "wecom"): True})
    other = factories.office()  # has chosen nothing, and has a phone only
    Reach.objects.create(user=other, phone="13800000002")
    with clock.standing_at(at(WEDNESDAY_AT_WORK)):
        tell(person)
        tell(other)
        send_due()
    assert [body["touser"] for body in wecom.delivered] == ["shili"]
    assert phones(aliyun) == ["13800000002"]


def test_a_choice_made_while_a_notice_waits_is_obeyed(aliyun: FakeAliyun, person: User) -> None:
    with clock.standing_at(at(WEDNESDAY_NIGHT)):
        tell(person)
    choose(actor=person, choices={(KIND, "sms"): False})
    with clock.standing_at(at("2026-10-08 08:00")):
        assert send_due() == 0
    assert states() == {"dropped": 1}
    assert aliyun.delivered == []


def test_a_reminder_at_night_before_a_holiday_waits_for_the_first_working_morning(
    aliyun: FakeAliyun, person: User
) -> None:
    with clock.standing_at(at(WEDNESDAY_NIGHT)):
        tell(person)
        assert Notice.objects.unread().count() == 1  # in the site at once
        assert send_due() == 0
    assert Delivery.objects.get().not_before == at("2026-10-08 08:00")
    with clock.standing_at(at("2026-10-08 07:59")):
        assert send_due() == 0
    with clock.standing_at(at("2026-10-08 08:00")):
        assert send_due() == 1


def test_a_friday_night_waits_for_monday_unless_saturday_is_worked(person: User) -> None:
    peace = Peace(time(22), time(8), on_days_off=True)
    assert peace.next_allowed(at("2026-09-11 23:30"), calendar()) == at("2026-09-14 08:00")
    assert peace.next_allowed(at("2026-10-09 23:30"), calendar()) == at(
        "2026-10-10 08:00"
    )  # made up


def test_an_urgent_notice_goes_out_at_midnight(aliyun: FakeAliyun, person: User) -> None:
    with clock.standing_at(at("2026-10-01 00:00")):
        tell(person, is_urgent=True)
        assert send_due() == 1


def test_quiet_hours_of_ones_own() -> None:
    noon = Peace(time(12), time(14), on_days_off=False)
    assert noon.next_allowed(at("2026-09-30 11:59"), calendar()) == at("2026-09-30 11:59")
    assert noon.next_allowed(at("2026-09-30 12:00"), calendar()) == at("2026-09-30 14:00")
    assert noon.next_allowed(at("2026-10-01 23:30"), calendar()) == at("2026-10-01 23:30")
    none = Peace(time(8), time(8), on_days_off=True)
    assert none.next_allowed(at("2026-09-30 23:30"), calendar()) == at("2026-09-30 23:30")
    assert none.next_allowed(at("2026-10-01 10:00"), calendar()) == at(
        "2026-10-08 08:00"
    )  # not at midnight


def test_what_fell_due_while_no_worker_ran_does_not_come_at_midnight(
    aliyun: FakeAliyun, person: User
) -> None:
    with clock.standing_at(at(WEDNESDAY_AT_WORK)):
        tell(person)
    with clock.standing_at(at(WEDNESDAY_NIGHT)):  # only now a worker starts
        assert send_due() == 0
    assert Delivery.objects.get().not_before == at("2026-10-08 08:00")


def answers(monkeypatch: pytest.MonkeyPatch, channel: type, outcome: Exception | Receipt) -> None:
    def send(self: object, message: object) -> Receipt:
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(channel, "send", send)


def test_a_passing_failure_is_tried_four_times_more_and_then_given_up(
    aliyun: FakeAliyun, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, Sms, Transient("HTTP 503"))
    only(person, "sms")
    moments = ("10:00", "10:02", "10:13", "11:14", "17:15")
    for moment in moments:
        with clock.standing_at(at(f"2026-09-30 {moment}")):
            tell(person)
            send_due()
            attempts = Delivery.objects.get().attempts
            send_due()  # too soon for another attempt
            assert Delivery.objects.get().attempts == attempts
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", 5)
    assert delivery.last_error == "HTTP 503"


def test_a_retry_does_not_wake_anybody(
    aliyun: FakeAliyun, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, Sms, Transient("HTTP 503"))
    with clock.standing_at(at("2026-09-29 21:59:30")):
        tell(person)
        send_due()
    assert Delivery.objects.get().not_before == at("2026-09-30 08:00")


def test_doubt_is_repeated_only_while_the_provider_would_notice(
    aliyun: FakeAliyun, wecom: FakeWeCom, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    for channel in (Sms, WeCom):
        answers(monkeypatch, channel, Uncertain("The provider did not answer."))
    with clock.standing_at(at("2026-09-29 10:00")):
        tell(person, "day")
        send_due()
    with clock.standing_at(at("2026-09-29 21:59:30")):  # a retry would come ten hours later
        tell(person, "evening")
        send_due()
    found = Delivery.objects.values_list("notice__key", "channel", "state")
    assert set(found) == {
        ("day", "sms", "unknown"),
        ("day", "wecom", "unknown"),  # nobody sent for ten hours: WeCom has forgotten
        ("evening", "sms", "unknown"),
        ("evening", "wecom", "unknown"),
    }


def test_doubt_at_wecom_is_repeated_soon(
    wecom: FakeWeCom, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.standing_at(at("2026-09-29 10:00")):
        tell(person)
        with monkeypatch.context() as broken:
            answers(broken, WeCom, Uncertain("The provider did not answer."))
            send_due()
    assert states() == {"waiting": 1}
    with clock.standing_at(at("2026-09-29 10:02")):
        assert send_due() == 1


def test_a_person_sends_again_and_it_is_a_new_message(wecom: FakeWeCom, person: User) -> None:
    wecom.planned = [(200, {"errcode": 81013, "errmsg": "invalid"})]
    with clock.standing_at(at(WEDNESDAY_AT_WORK)):
        tell(person)
        send_due()
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.last_error) == ("failed", "81013 invalid")
        resend(actor=person, delivery=delivery, reason="已加入应用可见范围")
        assert send_due() == 1
    assert wecom.delivered[0]["textcard"]["url"].endswith("%3Fagain%3D1")
