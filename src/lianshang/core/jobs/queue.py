"""Queueing a job by name, inside the transaction that wants it."""

from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager

# Always Django's own connection: inside a worker the app has another, which knows nothing of our
# transaction.
_manager = JobManager(DjangoConnector())


def defer(name: str, *, lock: str | None = None, **arguments: Any) -> int:
    """Queue the job `name` (for example "imports.commit"); the job's id.

    The job exists only if the surrounding transaction commits. Jobs with the same lock never run
    at the same time. Arguments must be JSON values; an unknown name fails here, not in the worker.
    """
    deferrer = app.configure_task(name, lock=lock, allow_unknown=False)
    deferrer.job_manager = _manager
    return deferrer.defer(**arguments)


def defer_once(name: str, **arguments: Any) -> bool:
    """Queue the job unless one of its name already waits; whether it was queued.

    For jobs that look for everything there is to do: a thousand changes then make one job.
    """
    try:
        with transaction.atomic():
            task = app.configure_task(name, queueing_lock=name, allow_unknown=False)
            task.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def names() -> frozenset[str]:
    """Every job that exists."""
    return frozenset(app.tasks)
