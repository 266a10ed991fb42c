"""Who is alive: every worker holds an advisory lock, which the server drops with the worker's
connection.

A heartbeat tells of a killed worker only after half a minute; the lock is gone the moment its
process is.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from procrastinate.job_context import JobContext
    from procrastinate.manager import JobManager
    from procrastinate.worker import Worker

LOCK_CLASS = 0x4C53  # the advisory locks of this program's workers
GRACE = 2  # seconds; between taking a job and holding the lock lie some milliseconds
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
ORPHANS = """
    SELECT job.id
      FROM procrastinate_jobs job
     WHERE job.status = 'doing'
       AND NOT EXISTS (
           SELECT 1 FROM pg_locks l
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid = %s
              AND l.objid = job.worker_id AND l.database =
                  (SELECT oid FROM pg_database WHERE datname = current_database()))
       AND (SELECT max(event.at) FROM procrastinate_events event
             WHERE event.job_id = job.id AND event.type = 'started')
           < now() - %s * interval '1 second'
"""


@dataclass
class Presence:
    """One worker's sign of life, held on a connection of its own."""

    connection: psycopg.AsyncConnection[tuple[Any, ...]]
    held: set[int] = field(default_factory=set)

    async def announce(
        self, call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker
    ) -> Any:
        """Worker middleware: hold the lock before the first job runs."""
        if worker.worker_id is not None and worker.worker_id not in self.held:
            statement = "SELECT pg_advisory_lock(%s, %s)"
            await self.connection.execute(statement, [LOCK_CLASS, worker.worker_id])
            self.held.add(worker.worker_id)
        return await call_next()

    async def return_orphans(self, manager: JobManager) -> int:
        """Give jobs whose worker is gone back to the queue; how many."""
        cursor = await self.connection.execute(ORPHANS, [LOCK_CLASS, GRACE])
        orphans = [row[0] for row in await cursor.fetchall()]
        for job_id in orphans:
            with contextlib.suppress(Exception):  # another worker was faster
                await manager.retry_job_by_id_async(job_id, retry_at=AT_ONCE)
        return len(orphans)


@contextlib.asynccontextmanager
async def presence(parameters: dict[str, Any]) -> AsyncIterator[Presence]:
    """A sign of life that lasts as long as the block."""
    connection = await psycopg.AsyncConnection.connect(**parameters, autocommit=True)
    async with connection:
        yield Presence(connection)
