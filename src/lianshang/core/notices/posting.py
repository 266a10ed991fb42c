"""Telling people something: the notice in the site at once, its deliveries into the outbox."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.db import transaction

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.calendars.queries import calendar
from lianshang.core.jobs.queue import defer_once
from lianshang.core.notices import reaching
from lianshang.core.notices.choices import Channel
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
    unit: Unit | None = None,
) -> int:
    """Tell each recipient once, in the caller's transaction; how many had not been told yet.

    `key` says what is told ("workflow.due_soon:42:2026-09-30"): the same key never reaches the same
    person twice. `url` is a path of this site. Urgent (life, property) ignores quiet times.
    `unit` is the firm that it is about: the program of that firm, and of no other, gets it too.
    No @action: it belongs to the deed that calls it, and must not rename that deed in the audit.
    """
    chosen_kind = kind_named(kind)
    if not url.startswith("/") or url.startswith("//"):
        raise ValueError(f"A notice leads to a path of this site, not to {url!r}.")
    people = {person.pk: person for person in recipients if person.is_active}
    common: dict[str, Any] = {
        "kind": kind,
        "key": key,
        "subject": subject[:SUBJECT],
        "text": text,
        "url": url,
    }
    common["unit"] = unit
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
    deliveries: list[Delivery] = []
    posted = _posted(notices)
    for notice in notices:
        profile = profiles[notice.recipient_id]
        moment = profile.next_allowed(notice, now, working_days)
        for channel in profile.channels_for(kind):
            delivery = Delivery(notice=notice, channel=channel, not_before=moment)
            if channel == Channel.WEBHOOK:
                delivery.webhook = profile.webhook_for(notice.unit_id)
                # Where a colleague's notice takes it to the firm's program already, once is enough.
                if delivery.webhook is None or delivery.webhook_id in posted:
                    continue
                posted.add(delivery.webhook_id)
            deliveries.append(delivery)
    Delivery.objects.bulk_create(deliveries)
    if any(delivery.not_before <= now for delivery in deliveries):
        # After the commit, so that nobody waits for another's open transaction at the queue's lock;
        # were this process killed just here, the job of the next minute finds the rows.
        transaction.on_commit(partial(defer_once, "notices.send_due"), robust=True)


def _posted(notices: list[Notice]) -> set[int | None]:
    """The programs to which the same matter goes already."""
    keys = {notice.key for notice in notices}
    found = Delivery.objects.filter(webhook__isnull=False, notice__key__in=keys)
    return set(found.values_list("webhook", flat=True))
