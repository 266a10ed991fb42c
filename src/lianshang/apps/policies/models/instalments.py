"""A benefit paid in parts: what of a case is due when, and what became of each part."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.models.delivery import DeliveryCase
from lianshang.core.papers.models import Paper


@pghistory.track()
class Instalment(models.Model):
    """One part of a case's amount: planned with the first letter, paid or ended with a reason."""

    case = models.ForeignKey(DeliveryCase, on_delete=models.PROTECT, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("期次"))
    count = models.PositiveSmallIntegerField(_("总期数"))
    label = models.JSONField(_("名称"))  # language → text, as the policy names it
    amount = models.DecimalField(_("金额（元）"), max_digits=20, decimal_places=2)
    due_on = models.DateField(_("起付日期"))
    due_year = models.PositiveSmallIntegerField(_("起付年度"), null=True)  # where a year is named
    condition = models.JSONField(_("拨付前的条件"), default=dict)
    confirmed_at = models.DateTimeField(_("条件核实时间"), null=True)
    confirmed_words = models.CharField(_("条件核实说明"), max_length=300, blank=True)
    paper = models.ForeignKey(
        Paper, verbose_name=_("拨付函"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(_("终止时间"), null=True)
    ended_reason = models.CharField(_("终止理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("分期拨付")
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_instalment_of_a_number")
        ]

    def __str__(self) -> str:
        words = {"number": self.number, "count": self.count}
        return gettext("第 %(number)s 期 / 共 %(count)s 期") % words
