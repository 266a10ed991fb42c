"""The notes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.append_only import AppendOnly


class JournalNote(models.Model):
    """What is to be remembered about a thing. A mistake is put right by another note."""

    label = models.CharField(_("对象类型"), max_length=60)
    object_pk = models.BigIntegerField(_("对象编号"))
    text = models.TextField(_("手记"), max_length=2000)
    written_by = models.ForeignKey(
        User, verbose_name=_("记录人"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta:
        verbose_name = _("手记")
        ordering = ["-written_at", "-pk"]
        indexes = [models.Index(fields=["label", "object_pk", "-written_at"])]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return self.text[:60]
