"""Finding policies by name, issuer or document number."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.models import Policy
from lianshang.core import references
from lianshang.core.accounts.models import User
from lianshang.core.search.sources import Found, Searchable, register

LABEL = "policies.policy"


def _read(pks: Collection[int] | None) -> Iterator[Found]:
    policies = Policy.objects.current()
    if pks is not None:
        policies = policies.filter(pk__in=pks)
    for policy in policies:
        papers = policy.documents
        url = reverse("policies:detail", args=[policy.pk])
        subtitle, keywords = f"{policy.issuer} · {papers}", f"{policy.name_en} {papers}"
        yield Found(policy.pk, policy.name, subtitle, url, keywords)


def _visible(user: User, pks: Collection[int]) -> Collection[int]:
    return pks  # the library is public


register(Searchable(LABEL, _("政策"), _read))
references.register(LABEL, _visible)
