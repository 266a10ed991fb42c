"""Imports in the background."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from django.db import IntegrityError, InterfaceError, OperationalError
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from lianshang.core import clock
from lianshang.core.imports.actions.batches import BEFORE_COMMIT, discard_batch
from lianshang.core.imports.actions.commits import break_off
from lianshang.core.imports.models import ImportBatch
from lianshang.core.imports.refusals import ImportRefused
from lianshang.core.imports.running import run_check, run_commit, run_undo

MOST_ATTEMPTS = 40  # a killed worker counts as one
MOST_CHECKS = 15  # after so many kills there is something wrong with the file itself
KEPT_UNCONFIRMED = timedelta(days=30)
# Another writer was in the way, or the server went away: later it may work.
PASSING = (OperationalError, InterfaceError, IntegrityError)
RETRY = RetryStrategy(max_attempts=MOST_ATTEMPTS, wait=3, retry_exceptions=PASSING)


@app.task(name="imports.check", pass_context=True, retry=RETRY)
def check(context: JobContext, batch: int) -> None:
    """Check the rows of a batch."""
    _run(context, batch, run_check, most=MOST_CHECKS)


@app.task(name="imports.commit", pass_context=True, retry=RETRY)
def commit(context: JobContext, batch: int) -> None:
    """Write the rows of a batch."""
    _run(context, batch, run_commit)


@app.task(name="imports.undo", pass_context=True, retry=RETRY)
def undo(context: JobContext, batch: int) -> None:
    """Take back the rows of a batch."""
    _run(context, batch, run_undo)


@app.periodic(cron="17 3 * * *")
@app.task(name="imports.forget_abandoned", queueing_lock="imports.forget_abandoned")
def forget_abandoned(timestamp: int) -> None:
    """Remove files and rows of imports that nobody confirmed."""
    abandoned = ImportBatch.objects.filter(
        state__in=BEFORE_COMMIT,
        finished_at__isnull=True,
        retired_at__isnull=True,
        touched_at__lt=clock.now() - KEPT_UNCONFIRMED,
    ).exclude(file="")
    for batch in abandoned:
        with suppress(ImportRefused):  # written in part: its file is needed, its rows too
            discard_batch(actor=None, batch=batch, reason="unconfirmed")


def _run(
    context: JobContext,
    pk: int,
    work: Callable[[ImportBatch], ImportBatch],
    *,
    most: int = MOST_ATTEMPTS,
) -> None:
    """Do the work; what cannot be retried is told on the batch's page."""
    batch = ImportBatch.objects.get(pk=pk)
    if context.job.attempts >= most:
        break_off(actor=None, batch=batch, code="interrupted")
        return
    try:
        work(batch)
    except Exception as error:
        if not isinstance(error, PASSING):
            break_off(actor=None, batch=batch, code="broken")
        raise
