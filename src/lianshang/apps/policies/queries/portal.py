"""What pages of firms, visitors and policies show of deliveries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lianshang.apps.enterprises.queries.register import own_enterprises
from lianshang.apps.policies.choices import Channel
from lianshang.apps.policies.models import DeliveryCase, DeliveryRound, Guide, PublicNotice
from lianshang.core import clock

if TYPE_CHECKING:
    from lianshang.apps.enterprises.models import Enterprise
    from lianshang.apps.policies.models import Policy
    from lianshang.core.accounts.models import User

BY_FIRM = (Channel.FAST, Channel.APPLICATION)
DELIVERED = (Channel.AUTOMATIC, *BY_FIRM)


def rounds_to_apply(user: User) -> list[DeliveryRound]:
    """Open rounds in which the firm has no case yet."""
    firm = own_enterprises(user).first()
    return [] if firm is None else rounds_for(firm)


def rounds_for(firm: Enterprise) -> list[DeliveryRound]:
    """Open rounds in which this firm has no case yet, the newest first."""
    had = DeliveryCase.objects.filter(enterprise=firm).values("round")
    rounds = DeliveryRound.objects.filter(is_open=True, channel__in=BY_FIRM).exclude(pk__in=had)
    return list(rounds.select_related("policy", "office").order_by("-opened_at"))


def running_notices() -> list[PublicNotice]:
    return list(PublicNotice.objects.filter(ended_at=None, ends_at__gt=clock.now())[:5])


def delivery_of(user: Any, policy: Policy) -> dict[str, Any]:
    """The guide and the rounds of a policy, as far as the reader may see them."""
    is_office = user.is_authenticated and user.may("policies.deliver")
    is_firm = user.is_authenticated and user.may("portal.view")
    rounds = policy.rounds.all()
    seen = DeliveryRound.objects.visible_to(user).filter(policy=policy) if is_office else ()
    guide = Guide.objects.filter(policy=policy).select_related("duty__owner").first()
    return {
        "guide": guide,
        "is_office": is_office,
        "is_delivered": policy.channel in DELIVERED,
        "rounds": seen,
        "open_rounds": rounds.filter(is_open=True, channel__in=BY_FIRM) if is_firm else (),
    }
