"""Web and worker killed at each point of sending: nothing twice, nothing lost, doubt is shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from tests import factories
from tests.core.imports.test_kill import Worker, start_worker
from tests.core.notices.fakes import FakeAliyun, FakeWeCom, Gate, Lost, Request
from tests.core.notices.told import only, states, tell

from lianshang.core.accounts.models import User
from lianshang.core.notices.models import Delivery, Notice, Reach
from lianshang.core.notices.sending import send_due

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_jobs")]

WEB = """
import os, signal
import django
django.setup()
from django.db import transaction
from lianshang.core.accounts.models import User
from lianshang.core.notices.actions import notify
def die():
    os.kill(os.getpid(), signal.SIGKILL)
with transaction.atomic():
    if os.environ["DIES"] == "after commit":
        transaction.on_commit(die)
    notify(actor=None, recipients=[User.objects.get(pk=os.environ["PERSON"])], kind="notices.test",
           subject="s", text="t", url="/", key="k1", is_urgent=True)
    die()
"""


def web_process(person: User, dies: str) -> int:
    """A web process that tells the person something and is killed; its exit code."""
    environment = {
        **os.environ,
        "LIANSHANG_DATABASE": str(connection.settings_dict["NAME"]),
        "PERSON": str(person.pk),
        "DIES": dies,
    }
    script = WEB if dies == "before commit" else WEB.rpartition("    die()")[0]
    return subprocess.run([sys.executable, "-c", script], env=environment, check=False).returncode


def three_people(channel: str) -> list[User]:
    """Three urgent notices, in the order in which they go out."""
    people = []
    for number in range(3):
        person = factories.office()
        reach = {"wecom_id": f"shili{number}", "phone": f"1380000000{number}"}
        Reach.objects.create(user=person, **reach)
        only(person, channel)
        people.append(person)
    for person in people:
        tell(person, is_urgent=True)
    return people


class Holder:
    """Holds the second message at the provider; the gate opens for all others."""

    def __init__(self, gate: Gate, path: str, *, loses: bool = False) -> None:
        self.gate, self.path, self.loses, self.count = gate, path, loses, 0

    def __call__(self, request: Request) -> None:
        if request.path == self.path:
            self.count += 1
            if self.count == 2:
                self.gate.hold()
                if self.loses:
                    raise Lost


def killed_at(gate: Gate, log: Path) -> None:
    """A worker is killed while the provider holds the second message, and another takes over."""
    worker = start_worker(log)
    gate.wait_for_arrival()
    worker.kill()
    assert states() == {"sending": 1, "sent": 1, "waiting": 1}
    gate.opened.set()
    finish(start_worker(log))


def finish(worker: Worker) -> None:
    try:
        worker.work_until(lambda: not {"waiting", "sending"} & set(states()))
    finally:
        worker.kill()


def test_a_card_that_wecom_took_before_the_kill_is_not_received_twice(
    wecom: FakeWeCom, tmp_path: Path
) -> None:
    gate = Gate()
    three_people("wecom")
    wecom.after = Holder(gate, "/cgi-bin/message/send")
    killed_at(gate, tmp_path / "log")
    assert [body["touser"] for body in wecom.delivered] == ["shili0", "shili1", "shili2"]
    assert len(wecom.asked("/cgi-bin/message/send")) == 4  # WeCom itself dropped one
    assert states() == {"sent": 3}


def test_a_card_that_wecom_had_not_taken_before_the_kill_is_received_once(
    wecom: FakeWeCom, tmp_path: Path
) -> None:
    gate = Gate()
    three_people("wecom")
    wecom.before = Holder(gate, "/cgi-bin/message/send", loses=True)
    killed_at(gate, tmp_path / "log")
    assert [body["touser"] for body in wecom.delivered] == ["shili0", "shili1", "shili2"]
    assert states() == {"sent": 3}


def test_a_text_in_doubt_is_not_sent_twice_and_waits_for_a_person(
    aliyun: FakeAliyun, tmp_path: Path
) -> None:
    gate = Gate()
    people = three_people("sms")
    aliyun.after = Holder(gate, "/")
    killed_at(gate, tmp_path / "log")
    numbers = [query["PhoneNumbers"] for query in aliyun.delivered]
    assert numbers == ["13800000000", "13800000001", "13800000002"]
    assert states() == {"sent": 2, "unknown": 1}
    in_doubt = Delivery.objects.get(state="unknown")
    assert in_doubt.notice.recipient == people[1]
    assert in_doubt.last_error == "发送进程中断，不知道渠道是否已收下。"


def test_a_worker_killed_after_recording_sends_nothing_again(
    aliyun: FakeAliyun, tmp_path: Path
) -> None:
    person = three_people("sms")[0]
    finish(start_worker(tmp_path / "log"))
    tell(person)  # the same key
    finish(start_worker(tmp_path / "log"))
    assert len(aliyun.delivered) == 3
    assert states() == {"sent": 3}


def test_a_web_process_killed_before_its_commit_told_nobody(
    aliyun: FakeAliyun, person: User
) -> None:
    only(person, "sms")
    assert web_process(person, "before commit") == -9
    assert Notice.objects.count() == 0


def test_a_web_process_killed_right_after_its_commit_loses_nothing(
    aliyun: FakeAliyun, person: User
) -> None:
    only(person, "sms")
    assert web_process(person, "after commit") == -9
    assert states() == {"waiting": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == 0  # it did not come to that
    assert send_due() == 1  # the job of the next minute
    assert [query["PhoneNumbers"] for query in aliyun.delivered] == ["13800000001"]


def test_a_living_sender_is_not_taken_for_dead(aliyun: FakeAliyun, tmp_path: Path) -> None:
    gate = Gate()
    three_people("sms")
    aliyun.after = Holder(gate, "/")
    worker = start_worker(tmp_path / "log")
    try:
        gate.wait_for_arrival()
        assert send_due() == 1  # another worker sends the third and leaves the second alone
        assert states() == {"sending": 1, "sent": 2}
        gate.opened.set()
        worker.work_until(lambda: states() == {"sent": 3})
    finally:
        gate.opened.set()
        worker.kill()
    assert len(aliyun.delivered) == 3
