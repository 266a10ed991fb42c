"""Worker and web server killed (SIGKILL) at known places in the middle of their work: afterwards no
duty is lost and none doubled, every rung is logged once, every notice told once.

Each is held where it waits for a row that the test has; a place comes before the writing, another
one at the commit, when everything is written and nobody knows yet.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from django.db import connection, models
from tests.core.imports.test_kill import start_worker
from tests.core.workflow.holding import Site, held, somebody_waits, wait_until
from tests.core.workflow.office import Office, department, kind, member_of

from lianshang.core import clock
from lianshang.core.accounts.actions import make_token
from lianshang.core.jobs.queue import defer
from lianshang.core.notices.models import Notice
from lianshang.core.workflow.models import Duty, Entry

pytestmark = pytest.mark.django_db(transaction=True)
NOW = {"clock": "close", "amount": 0, "unit": "natural_hours"}
LADDER = (
    {"code": "late", "side": "after", "audience": "owner", "text": "已超期"},
    {"code": "third", "side": "after", "audience": "supervisors", "text": "转督办"},
)


@pytest.fixture(autouse=True)
def _empty_queue(transactional_db: None) -> Iterator[None]:
    _forget_jobs()
    yield
    _forget_jobs()


def _forget_jobs() -> None:
    with connection.cursor() as cursor:  # the tables are not Django's
        cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture
def late(office: Office) -> list[Duty]:
    """Twelve duties of twelve units, all overdue since ten days."""
    with clock.moved_to(clock.now() - timedelta(days=10)):
        of_kind = kind(clocks=(NOW,), ladder=LADDER)
        units = [department(f"示例站所{number}") for number in range(12)]
        for unit in units:
            member_of(unit)
        return [office.open(of_kind, owner=unit, co_owners=[]) for unit in units]


def rungs() -> Counter[tuple[int, str]]:
    rows = Entry.objects.filter(act="escalate")
    return Counter((row.duty_id, row.data["rung"]) for row in rows)


def person_of(duty: Duty) -> models.Model:
    return duty.owner.memberships.get().user


def test_a_worker_killed_while_it_escalates_loses_and_doubles_nothing(
    late: list[Duty], tmp_path: Path
) -> None:
    places: list[tuple[models.Model, int]] = [
        (late[2], 2),  # before the third is looked at
        (person_of(late[5]), 5),  # the sixth is written, and waits to be committed
        (late[6], 6),
        (person_of(late[11]), 11),
    ]
    defer("workflow.escalate", timestamp=0)
    for row, done in places:
        with held(row):
            worker = start_worker(tmp_path / "worker.log")
            worker.work_until(somebody_waits)
            worker.freeze()
            assert len({duty for duty, _rung in rungs()}) == done
            worker.kill()
    worker = start_worker(tmp_path / "worker.log")
    try:
        worker.work_until(lambda: len(rungs()) == 24)
    finally:
        worker.kill()
    assert rungs() == {(duty.pk, code): 1 for duty in late for code in ("late", "third")}
    told = Counter(
        Notice.objects.filter(kind="duties.escalated", text="已超期").values_list("recipient")
    )
    assert told == {(person_of(duty).pk,): 1 for duty in late}
    assert set(Duty.objects.values_list("state", flat=True)) == {"waiting"}
    for duty in late:
        assert list(duty.log.values_list("number", flat=True)) == [1, 2, 3]


class Program:
    """Another system that opens duties and acts on them, and asks again when it heard nothing."""

    def __init__(self, office: Office, of_kind: str) -> None:
        until = clock.today() + timedelta(days=30)
        scopes = ("duties:read", "duties:write")
        secret = make_token(actor=office["asker"], name="示例平台", scopes=scopes, expires_on=until)
        self.headers = {"Authorization": f"Bearer {secret[1]}"}
        self.kind, self.owner = of_kind, office.owner.name

    def opens(self, site: Site, number: int) -> int:
        """The answer's status; 0 where none came."""
        body = {"kind": self.kind, "title": f"示例积水点{number}", "owner": self.owner}
        return self._posts(site, "/api/v1/duties", body, f"open-{number}")

    def urges(self, site: Site, duty: Duty) -> int:
        body = {"act": "urge", "reason": "请今天处理"}
        return self._posts(site, f"/api/v1/duties/{duty.pk}/acts", body, "urge-1")

    def _posts(self, site: Site, path: str, body: dict[str, str], key: str) -> int:
        headers = {**self.headers, "Idempotency-Key": key}
        try:
            return site.ask("POST", path, json=body, headers=headers).status_code
        except httpx.TransportError:
            return 0


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Callable[[], Site]]:
    """Starts a server; none outlives the test."""
    started: list[Site] = []

    def start() -> Site:
        started.append(Site(tmp_path / "site.log"))
        return started[-1]

    yield start
    for one in started:
        one.kill()


def test_a_web_server_killed_at_the_commit_of_openings_loses_and_doubles_nothing(
    office: Office, site: Callable[[], Site]
) -> None:
    of_kind = kind("request", clocks=())
    program, first = Program(office, of_kind.code), site()
    assert [program.opens(first, number) for number in range(3)] == [201] * 3
    with ThreadPoolExecutor(4) as pool:
        with held(of_kind):  # all is written; the commit waits
            answers = [pool.submit(program.opens, first, number) for number in range(3, 7)]
            wait_until(somebody_waits)
            first.kill()
            assert [one.result() for one in answers] == [0] * 4
            assert Duty.objects.count() == 3
        second = site()
        everything = list(range(9)) * 2  # those answered, those never heard of, and new ones
        again = pool.map(lambda number: program.opens(second, number), everything)
        assert list(again) == [201] * 18
    titles = Counter(Duty.objects.values_list("title", flat=True))
    assert titles == {f"示例积水点{number}": 1 for number in range(9)}
    assert Counter(Entry.objects.values_list("act", flat=True)) == {"open": 9}
    assert Notice.objects.filter(recipient=office["owner"]).count() == 9


def test_a_web_server_killed_in_an_act_does_it_once_when_asked_again(
    office: Office, site: Callable[[], Site]
) -> None:
    duty = office.open(kind("request", clocks=()))
    program, first = Program(office, duty.kind.code), site()
    with ThreadPoolExecutor(1) as pool, held(duty):  # nothing is written yet
        answer = pool.submit(program.urges, first, duty)
        wait_until(somebody_waits)
        first.kill()
        assert answer.result() == 0
    second = site()
    assert [program.urges(second, duty) for _time in range(3)] == [200] * 3
    assert list(duty.log.values_list("act", flat=True)) == ["open", "urge"]
    assert Notice.objects.filter(recipient=office["owner"], subject__startswith="催办").count() == 1
