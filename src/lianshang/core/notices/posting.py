"""Telling people something: the notice in the site at once, its deliveries into the outbox."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.calendars.queries import calendar
from lianshang.core.jobs.queue import defer_once
from lianshang.core.notices import reaching
from lianshang.core.notices.kinds import kind_named
from lianshang.core.notices.models import Delivery, Notice

SUBJECT = 200  # characters


def notify(
    *,
    actor: User | None,
    recipients: Iterable[User],
    kind: str,
    subject: str,
    text: str,
    url: str,
    key: str,
    is_urgent: bool = False,
) -> int:
    """Tell each recipient once, in the caller's transaction; how many had not been told yet.

    `key` says what is told ("workflow.due_soon:42:2026-09-30"): the same key never reaches the same
    person twice. `url` is a path of this site. Urgent (life, property) ignores quiet times.
    No @action: it belongs to the deed that calls it, and must not rename that deed in the audit.
    """
    chosen_kind = kind_named(kind)
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"A notice leads to a path of this site, not to {url!r}.")
    people = {person.pk: person for person in recipients if person.is_active}
    common = {"kind": kind, "key": key, "subject": subject[:SUBJECT], "text": text, "url": url}
    notices = [
        Notice(recipient=person, is_urgent=is_urgent, created_by=actor, **common)
        for person in people.values()
    ]
    with transaction.atomic():
        Notice.objects.bulk_create(notices, ignore_conflicts=True)
        stored = set(
            Notice.objects.filter(pk__in=[notice.pk for notice in notices]).values_list(
                "pk", flat=True
            )
        )
        new = [notice for notice in notices if notice.pk in stored]
        _queue(new, chosen_kind.name)
    return len(new)


def _queue(notices: list[Notice], kind: str) -> None:
    """A delivery for every channel that the person chose for this kind and can be reached on."""
    now, working_days = clock.now(), calendar()
    profiles = reaching.profiles([notice.recipient_id for notice in notices])
    deliveries = []
    for notice in notices:
        profile = profiles[notice.recipient_id]
        moment = profile.next_allowed(notice, now, working_days)
        deliveries += [
            Delivery(notice=notice, channel=channel, not_before=moment)
            for channel in profile.channels_for(kind)
        ]
    Delivery.objects.bulk_create(deliveries)
    if any(delivery.not_before <= now for delivery in deliveries):
        # After the commit, so that nobody waits for another's open transaction at the queue's lock;
        # were this process killed just here, the job of the next minute finds the rows.
        transaction.on_commit(partial(defer_once, "notices.send_due"), robust=True)
