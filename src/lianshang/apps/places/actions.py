"""Changing parks."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.places.models import Park, Zone
from lianshang.core.accounts.models import Unit, User
from lianshang.core.action import action


@action("places.found_zone", gettext_lazy("登记本区"))
def found_zone(
    *,
    actor: User | None,
    name: str,
    unit: Unit,
    province: str = "",
    in_west: bool | None = None,
    reason: str = "",
) -> Zone:
    """Register the zone that this database serves; a second own zone is refused."""
    if Zone.objects.filter(is_own=True).exists():
        raise ValidationError(_("本区已经登记；一个数据库只服务一个高新区。"))
    return Zone.objects.create(
        name=name, unit=unit, is_own=True, province=province, in_west=in_west
    )


@action("places.save_park", gettext_lazy("保存园区"))
def save_park(
    *,
    actor: User | None,
    park: Park | None = None,
    name: str,
    kind: str,
    operator: Unit | None = None,
    aliases: Sequence[str] = (),
    reason: str = "",
) -> Park:
    """Add a park to the own zone, or change one (`park`)."""
    park = park or Park(zone=_own_zone())
    twins = Park.objects.filter(zone=park.zone_id, name=name).exclude(pk=park.pk)
    if twins.exists():
        raise ValidationError({"name": _("已有名为“%s”的园区。") % name})
    park.name, park.kind, park.operator, park.aliases = name, kind, operator, list(aliases)
    park.save()
    return park


def _own_zone() -> Zone:
    zone = Zone.objects.filter(is_own=True).first()
    if zone is None:
        raise ValidationError(_("还没有登记本区，不能新增园区。"))
    return zone
