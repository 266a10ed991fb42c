"""What an office found when it checked a value that a firm supplied itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.choices import Verdict
from lianshang.apps.enterprises.models.facts import Fact
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.append_only import AppendOnly


class FactCheck(models.Model):
    """One value checked, once: confirmed, or refused and from then on as if nobody knew it.

    A check that was wrong is put right by a new value, as everything in the ledger is.
    """

    fact = models.OneToOneField(
        Fact, verbose_name=_("事实"), on_delete=models.CASCADE, related_name="checked"
    )
    verdict = models.CharField(_("核实结果"), max_length=9, choices=Verdict.choices)
    by = models.ForeignKey(
        User, verbose_name=_("核实人"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("核实时间"), default=clock.now)
    reason = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("自报信息核实")
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.fact_id}: {self.verdict}"
