"""Numbers that warn and explain."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class PartyRule(models.Model):
    """A threshold, a size or a term, as the zone has set it; nothing is ever blocked by one."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    label = models.JSONField(_("名称"))
    value = models.IntegerField(_("数值"))
    unit = models.CharField(_("单位"), max_length=20)
    source = models.CharField(_("依据"), max_length=200)
    is_confirmed = models.BooleanField(_("已核对原文"), default=True)

    class Meta:
        verbose_name = _("党建规则")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.label["zh"])
