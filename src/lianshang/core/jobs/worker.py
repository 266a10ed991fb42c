"""The worker: runs queued jobs, and takes over those of workers that were killed."""

from __future__ import annotations

import asyncio
import contextlib

from procrastinate.contrib.django import app
from procrastinate.contrib.django.utils import connector_params

from lianshang.core.jobs.presence import Presence, presence

LOOK_AROUND_EVERY = 2.0  # seconds between looks for new and orphaned jobs


def run(*, once: bool = False, concurrency: int = 1) -> None:
    """Run jobs until told to stop, or (once) until the queue is empty.

    Jobs of a worker that was killed are taken over within seconds, at the latest when this one
    starts.
    """
    asyncio.run(_run(once, concurrency))


async def _run(once: bool, concurrency: int) -> None:
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's connector has it
    with app.replace_connector(connector) as running:
        async with running.open_async(), presence(connector_params()) as sign:
            await sign.return_orphans(app.job_manager)
            look_around = asyncio.create_task(_look_around(sign))
            work = asyncio.create_task(
                running.run_worker_async(
                    wait=not once,
                    concurrency=concurrency,
                    fetch_job_polling_interval=LOOK_AROUND_EVERY,
                    worker_middleware=[sign.announce],
                )
            )
            await asyncio.wait({work, look_around}, return_when=asyncio.FIRST_COMPLETED)
            if (
                look_around.done()
            ):  # the connection that shows we are alive is lost: others take over
                work.cancel()
            look_around.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await work


async def _look_around(sign: Presence) -> None:
    while True:
        await sign.return_orphans(app.job_manager)
        await asyncio.sleep(LOOK_AROUND_EVERY)
