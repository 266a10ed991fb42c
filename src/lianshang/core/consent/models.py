"""The consent record."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.consent.choices import Use


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions about consents."""

    def in_force(self) -> ConsentQuerySet:
        today = clock.today()
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=today), withdrawn_at__isnull=True, since__lte=today
        )


@pghistory.track()
class Consent(models.Model):
    """`owner` lets `grantee` use its data for `purpose`; `subject` is the source it covers."""

    owner = models.ForeignKey(
        Unit, verbose_name=_("授权方"), on_delete=models.PROTECT, related_name="consents_given"
    )
    grantee = models.ForeignKey(
        Unit,
        verbose_name=_("被授权方"),
        null=True,  # null: the zone itself
        on_delete=models.PROTECT,
        related_name="consents_held",
    )
    purpose = models.CharField(_("用途"), max_length=12, choices=Use.choices)
    subject = models.CharField(
        _("数据范围"), max_length=60, help_text=_("来源代码；空为全部"), blank=True
    )
    since = models.DateField(_("起"), default=clock.today)
    until = models.DateField(_("止"), null=True, blank=True)
    given_by = models.ForeignKey(
        User, verbose_name=_("授权人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("授权时间"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("授权")
        ordering = ["-given_at"]
        indexes = [models.Index(fields=["owner", "purpose"])]

    def __str__(self) -> str:
        return f"{self.owner} → {self.grantee or _('高新区')}：{self.get_purpose_display()}"
