"""Background jobs at the story's moment: what is queued, and what the time table asks for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from lianshang.core import clock
from lianshang.story.problems import StepFailed

if TYPE_CHECKING:
    from procrastinate.job_context import JobContext
    from procrastinate.worker import Worker

MOST_ROUNDS = 50  # jobs that queue jobs that queue jobs; more is a circle


def run_due_jobs() -> int:
    """Run queued jobs that are due by the story's clock, until none is left; how many ran.

    Raises StepFailed with the name and the error of a job that failed.
    """
    ran = 0
    for _round in range(MOST_ROUNDS):
        if _make_due() == 0:
            return ran
        done = asyncio.run(_work_once())
        if errors := [one for one in done if one]:
            raise StepFailed("every background job succeeds", *errors)
        ran += len(done)
    raise StepFailed("background jobs come to an end", f"after {ran} jobs others still wait")


def queue_periodic(since: datetime) -> list[str]:
    """Queue each periodic job whose time came between then and now, once, in order of time."""
    from procrastinate.contrib.django import app

    from lianshang.core.jobs.queue import defer

    now, due = clock.now().timestamp(), []
    for entry in app.periodic_registry.periodic_tasks.values():
        entry.croniter.set_current(start_time=now)
        last = round(entry.croniter.get_prev(ret_type=float))
        if last > since.timestamp():
            due.append((last, entry.task.name, entry.configure_kwargs.get("task_kwargs") or {}))
    for last, name, arguments in sorted(due, key=lambda one: one[:2]):
        defer(name, **{**arguments, "timestamp": last})
    return [name for _last, name, _arguments in sorted(due, key=lambda one: one[:2])]


def _make_due() -> int:
    """Jobs due by the story's clock become due by the server's; how many there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET scheduled_at = NULL"
            " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)",
            [clock.now()],
        )
        return int(cursor.rowcount)


async def _work_once() -> list[str]:
    """One worker, one job at a time, until the queue is empty; what went wrong with each, or ""."""
    from procrastinate.contrib.django import app
    from procrastinate.worker import Worker

    class StoryWorker(Worker):
        """A worker without a time table: it would go by the real clock."""

        async def _periodic_deferrer(self) -> None:
            await asyncio.Event().wait()

    done: list[str] = []

    async def note(
        call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker
    ) -> Any:
        try:
            result = await call_next()
        except Exception as error:
            done.append(f"{context.job.task_name}: {type(error).__name__}: {error}")
            raise
        done.append("")
        return result

    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's has it
    with app.replace_connector(connector) as running:
        async with running.open_async():
            worker = StoryWorker(
                running,
                wait=False,
                listen_notify=False,
                install_signal_handlers=False,
                worker_middleware=[note],
                task_middleware=[_leave_no_connection],
            )
            await worker.run()  # type: ignore[no-untyped-call]  # procrastinate leaves it untyped
    return done


def _leave_no_connection(
    call_next: Callable[[], Any], _context: JobContext, _worker: Worker
) -> Any:
    """A connection left open in the worker's thread would hold the database of this run."""
    from django.db import connections

    try:
        return call_next()
    finally:
        connections.close_all()
