"""Jobs of a worker that is gone go back to the queue; those of a worker that lives do not."""

import asyncio

import psycopg
import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from lianshang.core.jobs.presence import LOCK_CLASS, presence
from lianshang.core.jobs.queue import defer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _no_jobs() -> None:
    """The queue's tables are not Django's: what earlier tests left must go by hand."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def taken_job(seconds_ago: int) -> int:
    """A job that a worker took a while ago."""
    job = defer("imports.check", batch=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
        worker = cursor.fetchone()[0]
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s",
            [worker, job],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - %s * interval '1 second'"
            " WHERE job_id = %s AND type = 'started'",
            [seconds_ago, job],
        )
    return job


def status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def worker_of(job: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker_id FROM procrastinate_jobs WHERE id = %s", [job])
        return int(cursor.fetchone()[0])


def look_around() -> int:
    """What a worker does every two seconds."""

    async def look() -> int:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's has it
        with app.replace_connector(connector) as running:
            async with running.open_async(), presence(connector_params()) as sign:
                return await sign.return_orphans(running.job_manager)

    return asyncio.run(look())


def test_an_orphaned_job_goes_back_to_the_queue() -> None:
    job = taken_job(seconds_ago=5)
    assert look_around() == 1
    assert status(job) == "todo"


def test_a_job_just_taken_is_left_alone() -> None:
    job = taken_job(seconds_ago=0)
    assert look_around() == 0
    assert status(job) == "doing"


def test_a_job_of_a_living_worker_is_left_alone() -> None:
    job = taken_job(seconds_ago=60)
    with psycopg.connect(**connector_params(), autocommit=True) as alive:
        alive.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_CLASS, worker_of(job)])
        assert look_around() == 0
    assert status(job) == "doing"
    assert look_around() == 1


def test_a_deferred_job_is_undone_with_its_transaction() -> None:
    class Interrupted(Exception):
        """Somebody pulls the plug."""

    def interrupted_verb() -> None:
        with transaction.atomic():
            defer("imports.check", batch=1)
            raise Interrupted

    with pytest.raises(Interrupted):
        interrupted_verb()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone()[0] == 0
