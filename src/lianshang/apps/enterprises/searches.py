"""Finding enterprises by name, former name or credit code."""

from collections.abc import Collection, Iterator

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.core import references
from lianshang.core.accounts.models import User
from lianshang.core.search.sources import Found, Searchable, register

LABEL = "enterprises.enterprise"


def _read(pks: Collection[int] | None) -> Iterator[Found]:
    firms = Enterprise.objects.present().annotate(
        earlier=StringAgg("former_names__name", delimiter=Value("、"))
    )
    if pks is not None:
        firms = firms.filter(pk__in=pks)
    columns = ("pk", "name", "credit_code", "earlier")
    for pk, name, code, earlier in firms.values_list(*columns).iterator(chunk_size=5000):
        subtitle = " · ".join(part for part in (code, earlier and f"曾用名 {earlier}") if part)
        keywords = f"{code or ''} {earlier or ''}"
        yield Found(pk, name, subtitle, reverse("enterprises:detail", args=[pk]), keywords)


def _visible(user: User, pks: Collection[int]) -> set[int]:
    return set(Enterprise.objects.visible_to(user).filter(pk__in=pks).values_list("pk", flat=True))


register(Searchable(LABEL, _("企业"), _read))
references.register(LABEL, _visible)
