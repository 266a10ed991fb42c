"""Who can be reached where, and who wants to be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from lianshang.core.accounts.models import User
from lianshang.core.notices.channels import offered
from lianshang.core.notices.choices import Channel
from lianshang.core.notices.kinds import kind_named
from lianshang.core.notices.models import Notice, Preference, Reach
from lianshang.core.notices.quiet import peace_of
from lianshang.engines.worktime import Calendar


@dataclass(frozen=True)
class Profile:
    """One person: addresses, quiet times, choices."""

    user: User
    reach: Reach | None
    choices: dict[tuple[str, str], bool]  # (kind, channel) → on

    def address(self, channel: str) -> str:
        """Where a channel finds the person; empty where it cannot."""
        if channel == Channel.EMAIL:
            return self.user.email
        if self.reach is None:
            return ""
        found = {
            Channel.SMS: self.reach.phone,
            Channel.WECOM: self.reach.wecom_id,
            Channel.DINGTALK: self.reach.dingtalk_id,
            Channel.DINGTALK_TODO: self.reach.dingtalk_union_id,
        }
        return found[Channel(channel)] or ""

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
    """The profiles of people, in three queries."""
    reaches = {reach.user_id: reach for reach in Reach.objects.filter(user__in=user_ids)}
    choices: dict[int, dict[tuple[str, str], bool]] = {}
    for one in Preference.objects.filter(user__in=user_ids):
        choices.setdefault(one.user_id, {})[(one.kind, one.channel)] = one.is_on
    return {
        user.pk: Profile(user, reaches.get(user.pk), choices.get(user.pk, {}))
        for user in User.objects.filter(pk__in=user_ids)
    }
