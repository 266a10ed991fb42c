"""Who can be reached where, and who wants to be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Membership, User
from lianshang.core.notices.channels import offered
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import kind_named
from lianshang.core.notices.models import Notice, Preference, Reach, Webhook
from lianshang.core.notices.quiet import peace_of
from lianshang.engines.worktime import Calendar


@dataclass(frozen=True)
class Profile:
    """One person: addresses, quiet times, choices."""

    user: User
    reach: Reach | None
    choices: dict[tuple[str, str], bool]  # (kind, channel) → on
    webhooks: Mapping[int | None, Webhook] = field(default_factory=dict)  # None: one's own

    def address(self, channel: str) -> str:
        """Where a channel finds the person; empty where it cannot."""
        if channel == Channel.EMAIL:
            return self.user.email
        if channel == Channel.WEBHOOK:
            return next((f"{one.pk}" for one in self.webhooks.values()), "")
        if self.reach is None:
            return ""
        found = {
            Channel.SMS: self.reach.phone,
            Channel.WECOM: self.reach.wecom_id,
            Channel.DINGTALK: self.reach.dingtalk_id,
            Channel.DINGTALK_TODO: self.reach.dingtalk_union_id,
        }
        return found[Channel(channel)] or ""

    def webhook_for(self, unit: int | None) -> Webhook | None:
        """Where a notice about a unit is posted: one's own program, else that of the unit."""
        return self.webhooks.get(None) or (self.webhooks.get(unit) if unit else None)

    def wants(self, kind: str, channel: str) -> bool:
        return self.choices.get((kind, channel), channel in kind_named(kind).channels)

    def next_allowed(self, notice: Notice, moment: datetime, calendar: Calendar) -> datetime:
        """When the notice may go out: urgent ones always, others outside quiet times."""
        if notice.is_urgent:
            return moment
        return peace_of(self.reach).next_allowed(moment, calendar)

    def channels_for(self, kind: str) -> list[str]:
        """Channels that are configured, chosen and can find the person."""
        return [
            channel for channel in offered() if self.wants(kind, channel) and self.address(channel)
        ]


def profiles(user_ids: Collection[int]) -> dict[int, Profile]:
    """The profiles of people, in a fixed number of queries."""
    reaches = {reach.user_id: reach for reach in Reach.objects.filter(user__in=user_ids)}
    choices: dict[int, dict[tuple[str, str], bool]] = {}
    for one in Preference.objects.filter(user__in=user_ids):
        choices.setdefault(one.user_id, {})[(one.kind, one.channel)] = one.is_on
    webhooks = _webhooks(user_ids)
    return {
        user.pk: Profile(
            user, reaches.get(user.pk), choices.get(user.pk, {}), webhooks.get(user.pk, {})
        )
        for user in User.objects.filter(pk__in=user_ids)
    }


def _webhooks(user_ids: Collection[int]) -> dict[int, dict[int | None, Webhook]]:
    """Person → whose (a unit's key, None for one's own) → the address in use."""
    acting = Membership.objects.in_force().filter(user__in=user_ids, role=Role.ENTERPRISE)
    pairs = list(acting.values_list("user", "unit"))
    on = Webhook.objects.filter(is_on=True)
    of_units = {one.unit_id: one for one in on.filter(unit__in={unit for _user, unit in pairs})}
    found: dict[int, dict[int | None, Webhook]] = {}
    for user, unit in pairs:
        if unit in of_units:
            found.setdefault(user, {})[unit] = of_units[unit]
    for one in on.filter(user__in=user_ids):
        if one.user_id is not None:
            found.setdefault(one.user_id, {})[None] = one
    return found
