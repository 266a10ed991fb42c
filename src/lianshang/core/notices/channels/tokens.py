"""Access tokens of providers' applications: fetched once, shared by all processes."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from lianshang.core import clock
from lianshang.core.notices.models import ProviderToken

MARGIN = timedelta(minutes=5)  # a token about to end is fetched anew
Fetch = Callable[[], tuple[str, int]]  # → token, seconds it is good for


def token(provider: str, fetch: Fetch, *, not_this: str = "") -> str:
    """The provider's token; a fresh one if there is none, it ends, or it is the refused one."""
    found = ProviderToken.objects.filter(provider=provider).first()
    if found and _is_good(found, not_this):
        return str(found.value)
    with transaction.atomic():  # one process fetches, the others wait for it
        ProviderToken.objects.get_or_create(provider=provider)
        row = ProviderToken.objects.select_for_update().get(provider=provider)
        if not _is_good(row, not_this):
            row.value, seconds = fetch()
            row.good_until = clock.now() + timedelta(seconds=seconds)
            row.save()
        return str(row.value)


def _is_good(row: ProviderToken, not_this: str) -> bool:
    return bool(
        row.value
        and row.value != not_this
        and row.good_until
        and row.good_until > clock.now() + MARGIN
    )
