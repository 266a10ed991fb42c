"""Jobs at the story's moment: queued ones, scheduled ones, those of the time table."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django import app

from lianshang.core import clock
from lianshang.core.jobs.queue import defer
from lianshang.story import database, jobs
from lianshang.story.moments import read_moment
from lianshang.story.problems import StepFailed
from lianshang.story.stage import Stage

START = read_moment("2026-09-29 09:30")
ran: list[tuple[str, str]] = []


def note(name: str) -> None:
    ran.append((name, f"{clock.now():%Y-%m-%d %H:%M}"))


@pytest.fixture(autouse=True)
def _tasks(stage: Stage) -> Iterator[None]:
    """Some jobs of this test, on a copy of the stage's database."""
    before = dict(app.tasks), dict(app.periodic_registry.periodic_tasks)
    app.periodic_registry.periodic_tasks.clear()
    ran.clear()

    @app.task(name="test.first")
    def first() -> None:
        note("first")
        defer("test.second")

    app.task(name="test.second")(lambda: note("second"))
    app.periodic(cron="0 8 * * *")(app.task(name="test.daily")(lambda timestamp: note("daily")))
    app.periodic(cron="0 1 * * *")(app.task(name="test.nightly")(lambda timestamp: note("nightly")))
    app.periodic(cron="0 0 1 1 *")(app.task(name="test.yearly")(lambda timestamp: note("yearly")))
    app.task(name="test.broken")(lambda: 1 // 0)
    with database.copied(stage.template):
        yield
    app.tasks.clear()
    app.tasks.update(before[0])
    app.periodic_registry.periodic_tasks.clear()
    app.periodic_registry.periodic_tasks.update(before[1])


def test_a_job_that_a_job_queues_runs_too(stage: Stage) -> None:
    with clock.standing_at(START):
        defer("test.first")
        assert stage.aside(jobs.run_due_jobs) == 2
        assert ran == [("first", "2026-09-29 09:30"), ("second", "2026-09-29 09:30")]


def test_a_job_for_later_waits_for_the_storys_clock(stage: Stage) -> None:
    with clock.standing_at(START) as standing:
        later = clock.now() + timedelta(days=300)
        app.configure_task("test.second", schedule_at=later).defer()
        assert stage.aside(jobs.run_due_jobs) == 0
        standing.move_to(later + timedelta(minutes=1))
        assert stage.aside(jobs.run_due_jobs) == 1
    assert [name for name, _at in ran] == ["second"]


def test_the_time_table_is_gone_through_once_and_in_order(stage: Stage) -> None:
    with clock.standing_at(START) as standing:
        standing.move_to(START + timedelta(days=3))
        assert (
            stage.aside(lambda: jobs.queue_periodic(START)) == ["test.nightly", "test.daily"][::-1]
        )
        stage.aside(jobs.run_due_jobs)
        assert [name for name, _at in ran] == ["daily", "nightly"]
        assert stage.aside(lambda: jobs.queue_periodic(clock.now())) == []


def test_a_job_that_fails_is_told(stage: Stage) -> None:
    with clock.standing_at(START):
        defer("test.broken")
        with pytest.raises(StepFailed) as failure:
            stage.aside(jobs.run_due_jobs)
    assert failure.value.found == [
        "test.broken: ZeroDivisionError: integer division or modulo by zero"
    ]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")
        assert cursor.fetchone() == (1,)
