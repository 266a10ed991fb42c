"""Template tags of accounts."""

from django import template
from django.conf import settings

from lianshang.core.accounts import queries
from lianshang.core.accounts.models import Membership

register = template.Library()


@register.simple_tag
def demo_accounts() -> list[tuple[str, list[Membership]]]:
    """The accounts that a demo lets anybody enter; none elsewhere."""
    return queries.demo_accounts() if settings.DEMO else []
