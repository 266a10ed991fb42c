"""Keeping the database's copy of the catalogue and of the standard sources."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise, Quantity, Source
from lianshang.core.accounts.models import User
from lianshang.core.action import action


@action("catalogue.sync", gettext_lazy("更新数据口径"))
def sync_catalogue(*, actor: User | None, definitions: Mapping[str, Mapping[str, Any]]) -> int:
    """Copy the definitions of policies/catalogue.yaml; a quantity that left it is retired, never
    deleted.

    Returns how many rows differ from before.
    """
    known = {quantity.code: quantity for quantity in Quantity.objects.all()}
    changed = 0
    for code, definition in definitions.items():
        quantity = known.pop(code, None) or Quantity(code=code)
        before = (quantity.definition, quantity.is_retired) if quantity.pk else None
        if before == (definition, False):
            continue
        quantity.label = definition["label"]["zh"]
        quantity.label_en = definition["label"]["en"]
        quantity.unit = str(definition.get("unit", ""))
        quantity.value_type = definition["type"]
        quantity.period = definition["period"]
        quantity.definition = dict(definition)
        quantity.is_retired = False
        quantity.save()
        changed += 1
    gone = [quantity.pk for quantity in known.values() if not quantity.is_retired]
    return changed + Quantity.objects.filter(pk__in=gone).update(is_retired=True)


@action("sources.add_missing", gettext_lazy("补充标准来源"))
def add_missing_sources(*, actor: User | None, definitions: Mapping[str, Mapping[str, Any]]) -> int:
    """Add the standard sources a new zone starts from; those already there keep the zone's own
    settings.
    """
    known = set(Source.objects.values_list("code", flat=True))
    missing = [
        Source(
            code=code,
            name=definition["name"]["zh"],
            kind=definition["kind"],
            rank=definition["rank"],
            uses=definition["uses"],
            legal_basis=definition["basis"],
        )
        for code, definition in definitions.items()
        if code not in known
    ]
    Source.objects.bulk_create(missing)
    return len(missing)


@action("sources.change", gettext_lazy("更改来源规则"))
def change_source(
    *, actor: User | None, source: Source, changes: dict[str, Any], reason: str
) -> Source:
    """Change owner, precedence or lawful uses; the answers of its firms are then out of date."""
    for column, value in changes.items():
        setattr(source, column, value)
    source.save(update_fields=[*changes])
    Enterprise.objects.filter(facts__source=source).update(facts_version=F("facts_version") + 1)
    return source
