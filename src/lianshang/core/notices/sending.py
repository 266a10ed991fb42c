"""Sending what is due: one delivery after the other, each by the outbox's protocol."""

from urllib.parse import quote

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.calendars.queries import calendar
from lianshang.core.jobs.queue import defer_once
from lianshang.core.notices import outbox
from lianshang.core.notices.actions import turn_webhook_off
from lianshang.core.notices.channels import CHANNELS, offered
from lianshang.core.notices.channels.base import (
    Gone,
    Message,
    NotSent,
    Receipt,
    Transient,
    Uncertain,
)
from lianshang.core.notices.choices import Channel, State
from lianshang.core.notices.models import Delivery, Notice
from lianshang.core.notices.reaching import Profile, profiles

AT_A_TIME = 200  # deliveries of one job: other jobs want the worker too
# Channels whose links sign the reader in, by way of the provider.
DOORS = {Channel.WECOM: "wecom", Channel.DINGTALK: "dingtalk", Channel.DINGTALK_TODO: "dingtalk"}
NO_LONGER = _("接收人已停用、已关闭此渠道或没有地址。")


def send_due() -> int:
    """Send everything that is due now; how many went out."""
    outbox.settle_orphans()
    waiting = list(outbox.due(clock.now()).select_related("notice")[:AT_A_TIME])
    people = profiles({delivery.notice.recipient_id for delivery in waiting})
    sent = sum(_send(delivery, people[delivery.notice.recipient_id]) for delivery in waiting)
    if len(waiting) == AT_A_TIME:
        defer_once("notices.send_due")
    return sent


def _send(found: Delivery, profile: Profile) -> bool:
    if _is_put_off(found, profile):
        return False
    with outbox.claimed(found.pk) as delivery:
        if delivery is None:
            return False
        outcome = _attempt(delivery, profile)
        later = clock.now() + outbox.back_off(delivery)
        outbox.record(delivery, outcome, profile.next_allowed(delivery.notice, later, calendar()))
        if isinstance(outcome, Gone) and delivery.webhook_id:
            turn_webhook_off(actor=None, webhook=delivery.webhook_id, reason=str(outcome))
        return isinstance(outcome, Receipt)


def _is_put_off(delivery: Delivery, profile: Profile) -> bool:
    """What fell due while nobody sent may come up in the middle of the night: it waits on.

    What can no longer be sent is dropped, before any provider is asked.
    """
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING)
    if not _is_wanted(delivery, profile):
        mine.update(state=State.DROPPED, last_error=str(NO_LONGER))
        return True
    now = clock.now()
    moment = profile.next_allowed(delivery.notice, now, calendar())
    return moment > now and bool(mine.update(not_before=moment))


def _is_wanted(delivery: Delivery, profile: Profile) -> bool:
    mine = {one.pk for one in profile.webhooks.values()}
    return (
        (delivery.webhook_id is None or delivery.webhook_id in mine)
        and profile.user.is_active
        and delivery.channel in offered()
        and bool(profile.address(delivery.channel))
        and profile.wants(delivery.notice.kind, delivery.channel)
    )


def _attempt(delivery: Delivery, profile: Profile) -> Receipt | NotSent:
    try:
        message = _message(delivery, profile)
    except Exception as error:  # nobody was asked yet
        return Transient(f"{type(error).__name__}: {error}")
    try:
        with translation.override(settings.LANGUAGE_CODE):
            return CHANNELS[delivery.channel].send(message)
    except NotSent as outcome:
        return outcome
    except Exception as error:  # whatever broke may have broken after the hand-over
        return Uncertain(f"{type(error).__name__}: {error}")


def _message(delivery: Delivery, profile: Profile) -> Message:
    notice: Notice = delivery.notice
    path = notice.get_absolute_url()
    if delivery.round:  # a person wants it again: it must not look like the first
        path += f"?again={delivery.round}"
    door = DOORS.get(Channel(delivery.channel))
    return Message(
        reference=f"{notice.pk.hex}-{delivery.round}",
        to=f"{delivery.webhook_id}" if delivery.webhook_id else profile.address(delivery.channel),
        kind=notice.kind,
        key=notice.key,
        subject=notice.subject,
        text=notice.text,
        url=settings.NOTICE_SITE_ADDRESS + path,
        enter_path=f"/notices/go/{door}/?to={quote(path, safe='')}" if door else path,
    )
