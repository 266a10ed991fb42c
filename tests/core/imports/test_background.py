"""Imports as the worker does them, and what a page says when it cannot."""

from datetime import timedelta

import pytest
from django.db import connection
from tests import factories
from tests.core.imports.tables import code, opened, told_of_file

from lianshang.apps.enterprises.models import Enterprise
from lianshang.core import clock
from lianshang.core.imports.actions.batches import start_check
from lianshang.core.imports.actions.commits import resume, start_commit
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.opening import restored
from lianshang.core.imports.tasks import forget_abandoned
from lianshang.core.jobs import worker

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = [("统一社会信用代码", "企业名称"), (code(1), "示例光电科技有限公司")]


@pytest.fixture(autouse=True)
def _zone() -> None:
    with connection.cursor() as cursor:  # left by other tests; the tables are not Django's
        cursor.execute("DELETE FROM procrastinate_jobs")
    factories.zone()


def queued_check() -> ImportBatch:
    batch = opened("enterprises", ROWS)
    return start_check(actor=None, batch=batch, mapping=restored(batch.mapping))


def test_the_worker_checks_and_writes() -> None:
    batch = queued_check()
    worker.run(once=True)
    batch.refresh_from_db()
    assert batch.state == "preview"
    start_commit(actor=None, batch=batch)
    worker.run(once=True)
    batch.refresh_from_db()
    assert (batch.state, batch.done_rows, bool(batch.file)) == ("done", 1, False)
    assert Enterprise.objects.get().credit_code == code(1)


def test_a_job_that_breaks_is_told_on_the_page() -> None:
    batch = queued_check()
    batch.file.storage.delete(str(batch.file.name))
    worker.run(once=True)
    batch.refresh_from_db()
    assert batch.state == "refused"
    assert told_of_file(batch) == [
        "工作表“名单”：应为程序能处理的内容。"
        "程序内部出错，未写入的行都还在；请把此页截图发给系统管理员。"
    ]


def test_a_file_that_kills_its_worker_again_and_again_is_given_up() -> None:
    batch = queued_check()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET attempts = 15")
    worker.run(once=True)
    batch.refresh_from_db()
    assert batch.state == "refused"
    assert "后台多次中断：请另存为新的 .xlsx" in told_of_file(batch)[0]


def test_an_import_whose_job_is_lost_can_be_queued_again() -> None:
    batch = queued_check()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
    resume(actor=None, batch=batch)
    worker.run(once=True)
    batch.refresh_from_db()
    assert batch.state == "preview"


def test_what_nobody_confirmed_is_forgotten_after_a_month() -> None:
    batch = queued_check()
    worker.run(once=True)
    with clock.moved_to(clock.now() + timedelta(days=29)):
        forget_abandoned(0)
    assert batch.rows.count() == 1
    with clock.moved_to(clock.now() + timedelta(days=31)):
        forget_abandoned(0)
    batch.refresh_from_db()
    assert (batch.state, batch.rows.count(), bool(batch.file)) == ("stopped", 0, False)
