"""Telling people, and what people decide about being told."""

import secrets
from collections.abc import Mapping
from datetime import time

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.jobs.queue import defer_once
from lianshang.core.notices.channels import webhook as webhook_channel
from lianshang.core.notices.choices import State
from lianshang.core.notices.kinds import TEST
from lianshang.core.notices.models import Delivery, Notice, Preference, Reach, Webhook
from lianshang.core.notices.posting import notify

__all__ = ["notify"]  # the verb of the other parts; why it is no @action stands there

SECRET_PREFIX = "lsw_"  # lets a leak be recognised where it should not be
RESENDABLE = (State.FAILED, State.UNKNOWN, State.DROPPED)


@action("notices.mark_read", gettext_lazy("标为已读"))
def mark_read(*, actor: User, notices: list[Notice] | None = None) -> int:
    """Some (None: all) of one's own notices are read; how many were not before."""
    mine = Notice.objects.visible_to(actor).unread()
    if notices is not None:
        mine = mine.filter(pk__in=[notice.pk for notice in notices])
    return mine.update(read_at=clock.now())


@action("notices.choose", gettext_lazy("选择通知渠道"))
def choose(*, actor: User, choices: Mapping[tuple[str, str], bool]) -> None:
    """What the person wants: (kind, channel) → on; what is not named stays as it was."""
    Preference.objects.bulk_create(
        [
            Preference(user=actor, kind=kind, channel=channel, is_on=is_on)
            for (kind, channel), is_on in choices.items()
        ],
        update_conflicts=True,
        unique_fields=["user", "kind", "channel"],
        update_fields=["is_on"],
    )


@action("notices.set_reach", gettext_lazy("修改联系方式和免打扰"))
def set_reach(
    *,
    actor: User,
    email: str,
    phone: str,
    quiet_from: time | None,
    quiet_until: time | None,
    quiet_on_days_off: bool,
) -> Reach:
    """Where the person can be reached, and when not."""
    if (quiet_from is None) != (quiet_until is None):
        message = _("免打扰的开始和结束时间要么都填，要么都不填。")
        raise ValidationError({"quiet_until": message})
    if actor.email != email:
        actor.email = email
        actor.save(update_fields=["email"])
    values = {
        "phone": phone,
        "quiet_from": quiet_from,
        "quiet_until": quiet_until,
        "quiet_on_days_off": quiet_on_days_off,
    }
    return Reach.objects.update_or_create(user=actor, defaults=values)[0]


@action("notices.bind", gettext_lazy("绑定企业微信或钉钉账号"))
def bind(*, actor: User, accounts: Mapping[str, str | None]) -> Reach:
    """The person's accounts at a provider, proved by signing in there; None takes one away."""
    try:
        with transaction.atomic():
            return Reach.objects.update_or_create(user=actor, defaults=dict(accounts))[0]
    except IntegrityError:
        raise ValidationError(_("这个账号已绑定到另一位用户，请联系系统管理员。")) from None


@action("notices.send_test", gettext_lazy("发送测试通知"))
def send_test(*, actor: User, url: str) -> None:
    """One notice to oneself at once on every channel chosen; at most one a minute."""
    told = notify(
        actor=actor,
        recipients=[actor],
        kind=TEST.name,
        subject=_("测试通知"),
        text=_("收到这条通知，说明这个渠道可以找到您。"),
        url=url,
        key=f"{TEST.name}:{clock.now():%Y-%m-%d %H:%M}",
        is_urgent=True,  # it was asked for just now
        unit=_unit_with_webhook(actor),
    )
    if not told:
        raise ValidationError(_("一分钟内只能测试一次，请稍后再试。"))


def _unit_with_webhook(user: User) -> Unit | None:
    """The firm whose program a test reaches."""
    hook = Webhook.objects.visible_to(user).filter(is_on=True, unit__isnull=False).first()
    return hook.unit if hook else None


@action("notices.resend", gettext_lazy("重新发送通知"))
def resend(*, actor: User, delivery: Delivery, reason: str = "") -> None:
    """Send again what failed, or what nobody knows about: a person takes the risk of a second."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if delivery.state not in RESENDABLE:
        raise ValidationError(_("这条通知正在发送或已经发出，不需要重发。"))
    delivery.state = State.WAITING
    delivery.round += 1
    delivery.attempts = 0
    delivery.not_before = clock.now()
    delivery.maybe_taken_at = None
    delivery.last_error = ""
    delivery.save()
    transaction.on_commit(lambda: defer_once("notices.send_due"), robust=True)


@action("notices.forget_phones", gettext_lazy("删除停用账号的手机号码"))
def forget_phones(*, actor: User | None) -> int:
    """Delete the numbers of accounts that are off; how many."""
    gone = Reach.objects.filter(user__is_active=False).exclude(phone="")
    return gone.update(phone="")


@action("notices.add_webhook", gettext_lazy("登记 Webhook"))
def add_webhook(*, actor: User, address: str, unit: Unit | None = None) -> Webhook:
    """Where notices to the person, or to a firm's people, are posted too; the one before is off."""
    try:
        webhook_channel.target(address)
    except webhook_channel.NotAllowed as error:
        raise ValidationError({"address": str(error)}) from None
    owner = {"unit": unit} if unit else {"user": actor}
    Webhook.objects.filter(**owner, is_on=True).update(is_on=False, off_reason=_("已换为新地址。"))
    secret = SECRET_PREFIX + secrets.token_urlsafe(32)
    return Webhook.objects.create(**owner, address=address, secret=secret, created_by=actor)


@action("notices.turn_webhook_off", gettext_lazy("停用 Webhook"))
def turn_webhook_off(*, actor: User | None, webhook: int, reason: str = "") -> None:
    """Post there no more: its owner wants it, or the address answered that it is gone."""
    found = Webhook.objects.filter(pk=webhook, is_on=True)
    found.update(is_on=False, off_reason=(reason or _("由使用者停用。"))[:200])
