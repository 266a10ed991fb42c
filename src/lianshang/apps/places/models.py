"""The zone and its parks."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianshang.apps.places.choices import ParkKind
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit, User


@pghistory.track()
class Zone(models.Model):
    """A high-tech zone. One database serves one zone (`is_own`); others are guests."""

    name = models.CharField(_("名称"), max_length=100, unique=True)
    unit = models.OneToOneField(Unit, verbose_name=_("管委会"), on_delete=models.PROTECT)
    is_own = models.BooleanField(_("本区"), default=False)
    province = models.CharField(_("省份"), max_length=20, blank=True)
    in_west = models.BooleanField(
        _("位于西部地区"), null=True, help_text=_("西部大开发税收优惠的地域条件；未填为未知")
    )

    class Meta:
        verbose_name = _("高新区")
        constraints = [
            models.UniqueConstraint(
                fields=["is_own"], condition=Q(is_own=True), name="one_own_zone"
            )
        ]

    def __str__(self) -> str:
        return self.name


class ParkQuerySet(models.QuerySet["Park"]):
    """Questions about parks."""

    def visible_to(self, user: User) -> ParkQuerySet:
        """Staff see every park, an operator its own."""
        if user.has_role(Role.OFFICE_STAFF, Role.SERVICE_OFFICER, Role.ZONE_ADMIN):
            return self
        return self.filter(operator__in=user.unit_ids(Role.BUILDING_OPERATOR))


@pghistory.track()
class Park(models.Model):
    """A park, street or cluster of buildings inside the zone."""

    zone = models.ForeignKey(Zone, verbose_name=_("高新区"), on_delete=models.PROTECT)
    name = models.CharField(_("名称"), max_length=100)
    kind = models.CharField(
        _("类别"), max_length=10, choices=ParkKind.choices, default=ParkKind.PARK
    )
    operator = models.ForeignKey(
        Unit, verbose_name=_("运营方"), null=True, blank=True, on_delete=models.PROTECT
    )
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    boundary = models.JSONField(
        _("边界"), null=True, blank=True, help_text=_("GeoJSON 多边形，CGCS2000 经纬度")
    )

    objects = ParkQuerySet.as_manager()

    class Meta:
        verbose_name = _("园区")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["zone", "name"], name="park_name_in_zone")]

    def __str__(self) -> str:
        return self.name
