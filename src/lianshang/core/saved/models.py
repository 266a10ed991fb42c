"""Saved lists."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import User


class SavedList(models.Model):
    """A list page with its filters, kept by one person; `seen` are the rows known so far."""

    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.CASCADE, related_name="saved_lists"
    )
    name = models.CharField(_("名称"), max_length=60)
    path = models.CharField(_("页面"), max_length=200)
    query = models.TextField(_("筛选"), blank=True)
    is_subscribed = models.BooleanField(_("有新内容时通知我"), default=False)
    seen = ArrayField(models.BigIntegerField(), verbose_name=_("已知的行"), default=list)
    looked_at = models.DateTimeField(_("上次查看新内容"), default=clock.now)
    created_at = models.DateTimeField(_("建立时间"), default=clock.now)

    class Meta:
        verbose_name = _("我的列表")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_saved_list_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path
