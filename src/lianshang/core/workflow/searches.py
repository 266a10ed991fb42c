"""Finding duties and where they come from, by title or number."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext_lazy as _

from lianshang.core.search.sources import Found, Searchable, register
from lianshang.core.workflow.models import Duty, Origin

DUTY, ORIGIN = "workflow.duty", "workflow.origin"


def _duties(pks: Collection[int] | None) -> Iterator[Found]:
    duties = Duty.objects.select_related("kind", "owner")
    if pks is not None:
        duties = duties.filter(pk__in=pks)
    for duty in duties.iterator(chunk_size=2000):
        subtitle = f"{duty.kind.name} · {duty.owner.name}"
        yield Found(duty.pk, duty.title, subtitle, duty.get_absolute_url(), duty.text[:300])


def _origins(pks: Collection[int] | None) -> Iterator[Found]:
    origins = Origin.objects.all() if pks is None else Origin.objects.filter(pk__in=pks)
    for origin in origins.iterator(chunk_size=2000):
        parts = (origin.get_kind_display(), origin.number, origin.held_on.isoformat())
        subtitle = " · ".join(str(part) for part in parts if part)
        yield Found(origin.pk, origin.title, subtitle, origin.get_absolute_url(), origin.number)


register(Searchable(DUTY, _("事项"), _duties))
register(Searchable(ORIGIN, _("事项来源"), _origins))
