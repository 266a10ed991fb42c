"""The outbox: claim a delivery, hold it while the provider is asked, record what came of it.

A claim is committed before the provider is asked, and its row's advisory lock is held until the
result is: the server drops the lock with the connection of a killed process, so `sending` without a
lock means that nobody knows whether the provider took it.
"""

import contextlib
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.notices.channels import CHANNELS
from lianshang.core.notices.channels.base import NotSent, Receipt, Refused, Uncertain
from lianshang.core.notices.choices import State
from lianshang.core.notices.models import Delivery

LOCK_CLASS = 0x4E4F  # the advisory locks of deliveries
BACK_OFF = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)]
INTERRUPTED = _("发送进程中断，不知道渠道是否已收下。")


def due(moment: datetime) -> QuerySet[Delivery]:
    """What may go out now, urgent and old ones first."""
    waiting = Delivery.objects.filter(state=State.WAITING, not_before__lte=moment)
    return waiting.order_by("-notice__is_urgent", "not_before", "pk")


@contextlib.contextmanager
def claimed(pk: int) -> Iterator[Delivery | None]:
    """The delivery, ours alone inside the block; None if another has it or it is not due."""
    with _held(pk) as is_ours:
        yield _claim(pk) if is_ours else None


def record(delivery: Delivery, outcome: Receipt | NotSent, again_at: datetime) -> None:
    """Write down what came of a claim; `again_at` is when it could be tried again."""
    if isinstance(outcome, Receipt):
        delivery.state, delivery.sent_at, delivery.last_error = State.SENT, clock.now(), ""
        delivery.provider_reference = outcome.reference[:200]
    else:
        if isinstance(outcome, Uncertain):
            delivery.maybe_taken_at = delivery.maybe_taken_at or delivery.claimed_at
        delivery.state = _state_after(delivery, outcome, again_at)
        delivery.not_before, delivery.last_error = again_at, str(outcome)[:500]
    names = ("state", "sent_at", "last_error", "provider_reference", "maybe_taken_at", "not_before")
    values = {name: getattr(delivery, name) for name in names}
    # Only our claim; also where somebody took us for dead meanwhile, since we know better.
    Delivery.objects.filter(pk=delivery.pk, claim=delivery.claim).update(**values)


def back_off(delivery: Delivery) -> timedelta:
    """How long to wait after the attempt that just failed."""
    return BACK_OFF[min(delivery.attempts, len(BACK_OFF)) - 1]


def settle_orphans() -> int:
    """Decide what becomes of claims whose sender is gone; how many there were.

    Where the provider recognises a message it has had, it goes out again; else a person decides.
    """
    settled = 0
    for delivery in Delivery.objects.filter(state=State.SENDING).order_by("pk"):
        with _held(delivery.pk) as is_ours:
            if is_ours:
                settled += _settle(delivery)
    return settled


def _settle(delivery: Delivery) -> int:
    found = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claim=delivery.claim)
    delivery.maybe_taken_at = delivery.maybe_taken_at or delivery.claimed_at
    again = _is_repeatable(delivery, clock.now()) and delivery.attempts <= len(BACK_OFF)
    state = State.WAITING if again else State.UNKNOWN
    return found.update(
        state=state, last_error=str(INTERRUPTED), maybe_taken_at=delivery.maybe_taken_at
    )


def _claim(pk: int) -> Delivery | None:
    """Committed before anybody is asked, so that a kill leaves a trace."""
    now = clock.now()
    with transaction.atomic():
        found = due(now).select_for_update(of=("self",), skip_locked=True)
        delivery = found.filter(pk=pk).select_related("notice").first()
        if delivery is None:
            return None
        is_repeatable = _is_repeatable(delivery, now)
        delivery.state = State.SENDING if is_repeatable else State.UNKNOWN
        delivery.claim = uuid.uuid4()
        delivery.claimed_at = now
        delivery.attempts += is_repeatable
        delivery.save(update_fields=["state", "claim", "claimed_at", "attempts"])
    return delivery if is_repeatable else None


def _is_repeatable(delivery: Delivery, moment: datetime) -> bool:
    """Whether sending then cannot mean twice: surely not taken yet, or the provider would know."""
    since = delivery.maybe_taken_at
    return since is None or moment - since < CHANNELS[delivery.channel].remembers


def _state_after(delivery: Delivery, outcome: NotSent, again_at: datetime) -> State:
    if isinstance(outcome, Refused):
        return State.FAILED
    if not _is_repeatable(delivery, again_at):
        return State.UNKNOWN
    if delivery.attempts <= len(BACK_OFF):
        return State.WAITING
    return State.UNKNOWN if delivery.maybe_taken_at else State.FAILED


@contextlib.contextmanager
def _held(pk: int) -> Iterator[bool]:
    """Hold the delivery's lock on this connection, across transactions; False if another does."""
    keys = [LOCK_CLASS, pk % 2**31]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", keys)
        is_ours = bool(cursor.fetchone()[0])
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", keys)
