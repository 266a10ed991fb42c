"""A worker killed at random moments: after a restart the job ends by itself, nothing lost, nothing
doubled.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from tests import factories
from tests.core.imports.tables import code, opened, states

from lianshang.apps.enterprises.models import Enterprise, Fact
from lianshang.core.accounts.models import Unit
from lianshang.core.imports.actions.batches import start_check
from lianshang.core.imports.actions.commits import start_commit
from lianshang.core.imports.actions.undo import start_undo
from lianshang.core.imports.choices import WORKING
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.opening import restored

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = "from lianshang.cli import main; main()"
PATIENCE = 120  # seconds for a job to end by itself
MOST = 6  # rounds before a test that hit nothing gives up


@pytest.fixture
def zone(settings: Settings, tmp_path: Path) -> None:
    """A zone whose uploaded files the workers see too: their data folder is ours."""
    folder = {"location": settings.DATA_FOLDER / "files" / str(connection.settings_dict["NAME"])}
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": folder}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    with connection.cursor() as cursor:  # left by other tests; the tables are not Django's
        cursor.execute("DELETE FROM procrastinate_jobs")
    factories.zone()


@dataclass(frozen=True)
class Worker:
    """A worker in a process of its own, and what it says."""

    process: subprocess.Popen[bytes]
    log: Path

    def work_until(self, happened: Callable[[], bool]) -> None:
        """Until something happens; fails after PATIENCE, or when the worker ends on its own."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            assert time.monotonic() < deadline, "the job did not end by itself"
            try:
                self.process.wait(timeout=0.05)
            except subprocess.TimeoutExpired:
                continue
            pytest.fail(f"the worker ended on its own: {self.log.read_text()}")

    def work_for(self, seconds: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=seconds)

    def freeze(self) -> None:
        """Stop it where it is: what is looked at next is what the kill will hit."""
        self.process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def start_worker(log: Path) -> Worker:
    database = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "LIANSHANG_DATABASE": database}
    command = [sys.executable, "-c", WORKER, "worker"]
    with log.open("ab") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
    return Worker(process, log)


def is_working(batch: ImportBatch) -> bool:
    batch.refresh_from_db()
    return batch.state in WORKING


def is_taken() -> bool:
    """Whether a worker is at an import's job."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs j WHERE status = 'doing'"
            " AND task_name LIKE 'imports.%%' AND EXISTS (SELECT 1 FROM pg_locks l"
            " WHERE l.locktype = 'advisory' AND l.objid = j.worker_id AND l.objsubid = 2)"
        )
        return bool(cursor.fetchone()[0])


@dataclass
class Fire:
    """Kills at random moments, and how many of them hit a worker at which job.

    A worker may be done before its moment comes; such a kill is no hit, and a test goes on with
    fresh rows until it has the hits it wants.
    """

    chance: random.Random
    log: Path
    longest: float = 0.6  # seconds that a worker is let live; halved when it was done before
    hits: Counter[str] = field(default_factory=Counter)

    def survive(self, job: str, batch: ImportBatch, kills: int) -> None:
        """Kill workers at the job of the batch, then let one finish it."""
        for _time in range(kills):
            worker = start_worker(self.log)
            worker.work_until(lambda: is_taken() or not is_working(batch))
            worker.work_for(self.chance.uniform(0, self.longest))
            worker.freeze()
            if is_working(batch):
                self.hits[job] += 1
            else:
                self.longest /= 2
            worker.kill()
        worker = start_worker(self.log)
        try:
            worker.work_until(lambda: not is_working(batch))
        finally:
            worker.kill()

    def bring_in(self, batch: ImportBatch, kills: int) -> None:
        """Check and commit, with so many kills each."""
        start_check(actor=None, batch=batch, mapping=restored(batch.mapping))
        self.survive("check", batch, kills)
        assert batch.state == "preview"
        start_commit(actor=None, batch=batch)
        self.survive("commit", batch, kills)
        assert batch.state == "done"

    def take_out(self, batch: ImportBatch, kills: int) -> None:
        start_undo(actor=None, batch=batch, reason="导错了")
        self.survive("undo", batch, kills)
        assert batch.state == "retired"


def firms(rows: int, first: int = 1) -> ImportBatch:
    header = ("统一社会信用代码", "企业名称", "成立日期", "行业代码", "注册地址", "联系电话")
    table = [
        (code(n), f"示例企业{n:05d}有限公司", "2019-06-18", "6513", f"示例大道{n}号", "13800000001")
        for n in range(first, first + rows)
    ]
    return opened("enterprises", [header, *table])


def figures(rows: int) -> ImportBatch:
    header = ("统一社会信用代码", "2025年营业收入（万元）", "2024年营业收入（万元）", "Ⅰ类知识产权")
    table = [(code(n), 100 + n, 90 + n, n % 7) for n in range(1, rows + 1)]
    return opened("facts", [header, *table], source="firm")


def assert_whole(rows: int) -> None:
    """Every firm once, every value once, every history row once."""
    assert Enterprise.objects.count() == rows
    assert Unit.objects.filter(kind="enterprise").count() == rows
    history = Enterprise.pgh_event_model.objects  # type: ignore[attr-defined]  # by pghistory
    assert history.filter(pgh_label="insert").count() == rows
    assert history.filter(pgh_label="update").count() == 0


@pytest.mark.usefixtures("zone")
def test_a_kill_in_check_and_in_commit_loses_and_doubles_nothing(tmp_path: Path) -> None:
    rows, fire = 4_000, Fire(random.Random(20261123), tmp_path / "worker.log")
    for time_ in range(MOST):
        batch = firms(rows, first=1 + time_ * rows)
        fire.bring_in(batch, kills=1)
        assert states(batch) == {"created": rows}
        assert_whole(rows * (time_ + 1))
        if {"check", "commit"} <= set(fire.hits):
            return
    pytest.fail(f"no kill hit both jobs: {fire.hits}")


@pytest.mark.walk
@pytest.mark.usefixtures("zone")
def test_ten_kills_in_check_commit_and_undo(tmp_path: Path) -> None:
    rows, fire = 12_000, Fire(random.Random(7), tmp_path / "worker.log")
    batch = firms(rows)
    fire.bring_in(batch, kills=3)
    assert states(batch) == {"created": rows}
    assert_whole(rows)
    for _time in range(MOST):
        values = figures(rows)
        fire.bring_in(values, kills=2)
        assert states(values) == {"created": rows}
        assert Fact.objects.count() == 3 * rows
        assert Fact.objects.values("enterprise", "quantity", "year").distinct().count() == 3 * rows
        fire.take_out(values, kills=2)
        assert states(values) == {"undone": rows}
        if fire.hits.total() >= 10 and {"check", "commit", "undo"} == set(fire.hits):
            return
    pytest.fail(f"ten kills did not hit all three jobs: {fire.hits}")
