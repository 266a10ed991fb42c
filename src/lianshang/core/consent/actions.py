"""Giving and withdrawing consent."""

from datetime import date

from django.utils.translation import gettext_lazy

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action
from lianshang.core.consent.models import Consent


@action("consent.give", gettext_lazy("给予授权"))
def give_consent(
    *,
    actor: User | None,
    owner: Unit,
    purpose: str,
    grantee: Unit | None = None,
    subject: str = "",
    until: date | None = None,
    reason: str = "",
) -> Consent:
    """The owner lets the grantee (None: the zone) use its data; giving it twice changes nothing."""
    consent, _created = Consent.objects.in_force().get_or_create(
        owner=owner,
        grantee=grantee,
        purpose=purpose,
        subject=subject,
        defaults={"until": until, "given_by": actor},
    )
    return consent


@action("consent.withdraw", gettext_lazy("撤回授权"))
def withdraw_consent(*, actor: User | None, consent: Consent, reason: str = "") -> None:
    """Take a consent back; what was used before stays used, nothing is used after."""
    if consent.withdrawn_at is None:
        consent.withdrawn_at = clock.now()
        consent.save(update_fields=["withdrawn_at"])
