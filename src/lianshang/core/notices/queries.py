"""Questions about notices."""

from django.db.models import F, Prefetch, QuerySet
from django.db.models.lookups import IsNull

from lianshang.core.accounts.models import User
from lianshang.core.notices.choices import State
from lianshang.core.notices.models import Delivery, Notice, Reach, Webhook

POSTED = 20  # deliveries shown of an address


def notices_of(user: User) -> QuerySet[Notice]:
    """One's own notices, unread first, each with the deliveries that went wrong."""
    wrong = Delivery.objects.filter(state__in=[State.UNKNOWN, State.FAILED])
    return (
        Notice.objects.visible_to(user)
        .order_by(IsNull(F("read_at"), True).desc(), "-created_at", "-pk")
        .prefetch_related(Prefetch("deliveries", wrong, to_attr="troubles"))
    )


def deliveries_visible_to(user: User) -> QuerySet[Delivery]:
    """All, for those who look after sending; their pages do not show what was told."""
    found = Delivery.objects.select_related("notice__recipient")
    return found if user.may("notices.view") else found.none()


def reach_of(user: User) -> Reach:
    """Where and when the person can be reached; an empty one if she never chose."""
    return Reach.objects.filter(user=user).first() or Reach(user=user)


def user_with(field: str, account: str) -> User | None:
    """The active person to whom a provider's account belongs."""
    if not account:
        return None
    found = Reach.objects.filter(**{field: account}, user__is_active=True).select_related("user")
    reach = found.first()
    return reach.user if reach else None


def webhooks_of(user: User) -> list[Webhook]:
    """The addresses a person may look after, those in use first, each with what was posted."""
    hooks = list(Webhook.objects.visible_to(user).select_related("unit").order_by("-is_on", "-pk"))
    for hook in hooks:
        rows = posted_for(user).filter(webhook=hook).select_related("notice")
        hook.posted = list(rows[:POSTED])  # type: ignore[attr-defined]  # for the template
    return hooks


def posted_for(user: User) -> QuerySet[Delivery]:
    """What was posted to these addresses, also with a colleague's notice."""
    return Delivery.objects.filter(webhook__in=Webhook.objects.visible_to(user))
