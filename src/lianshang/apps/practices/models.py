"""Which packs are installed, and which rows each of them brought."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.choices import SourceKind
from lianshang.core import clock
from lianshang.core.accounts.models import User


@pghistory.track()
class InstalledPack(models.Model):
    """A pack in use. `definition` is the pack as it was installed: the source may be gone."""

    code = models.CharField(_("编号"), max_length=60, unique=True)
    version = models.CharField(_("版本"), max_length=20)
    digest = models.CharField(max_length=64)
    definition = models.JSONField(_("定义"))
    source_kind = models.CharField(_("来源类别"), max_length=14, choices=SourceKind.choices)
    source = models.CharField(_("来源"), max_length=500)
    with_scenery = models.BooleanField(_("含演示数据"), default=False)
    installed_at = models.DateTimeField(_("安装时间"), default=clock.now)
    installed_by = models.ForeignKey(
        User, verbose_name=_("安装人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("已安装的实践包")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("practices:detail", args=[self.code])

    @property
    def needs(self) -> list[str]:
        """The packs it requires."""
        requires: dict[str, Any] = self.definition.get("requires", {})
        return list(requires.get("packs", ()))


@pghistory.track()
class PackRow(models.Model):
    """One row that a pack brought, or found already there (`was_made_here` is then false)."""

    pack = models.ForeignKey(
        InstalledPack, verbose_name=_("实践包"), on_delete=models.CASCADE, related_name="rows"
    )
    section = models.CharField(_("部分"), max_length=40)
    key = models.CharField(_("键"), max_length=80)
    label = models.CharField(_("名称"), max_length=200)
    object_pk = models.BigIntegerField(_("对象编号"))
    digest = models.CharField(max_length=64, help_text=_("安装时的内容摘要"))
    was_made_here = models.BooleanField(_("由本包新建"), default=True)
    is_scenery = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("实践包内容")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pack", "section", "key"], name="one_pack_row")
        ]
        indexes = [models.Index(fields=["section", "object_pk"])]

    def __str__(self) -> str:
        return self.label
