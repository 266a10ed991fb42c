"""Who is covered by whom, how many members are known of, and who is not counted."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.party.choices import Basis, CoverForm, WhyLeftOut
from lianshang.apps.party.models.organizations import PartyOrganization
from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.append_only import AppendOnly


@pghistory.track()
class Coverage(models.Model):
    """An organisation covers a firm in some form, for a time, by some document."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="coverages"
    )
    organization = models.ForeignKey(
        PartyOrganization,
        verbose_name=_("组织"),
        on_delete=models.PROTECT,
        related_name="coverages",
    )
    form = models.CharField(_("形式"), max_length=10, choices=CoverForm.choices)
    instructor = models.ForeignKey(
        User,
        verbose_name=_("指导员、网格员"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="instructed",
    )
    document = models.CharField(_("依据"), max_length=200, blank=True)
    since = models.DateField(_("起"), default=clock.today)
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("覆盖")
        ordering = ["enterprise", "-since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "organization", "form"],
                condition=Q(until__isnull=True),
                name="one_open_coverage",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="coverage_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_form_display()}"


class MemberCount(models.Model):
    """How many members work in a firm, as it was declared or matched on a day: no names."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="member_counts"
    )
    full = models.PositiveIntegerField(_("正式党员"))
    probationary = models.PositiveIntegerField(_("预备党员"), default=0)
    basis = models.CharField(_("来源"), max_length=10, choices=Basis.choices)
    on = models.DateField(_("截至"))
    recorded_at = models.DateTimeField(_("记录时间"), default=clock.now)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("党员人数")
        ordering = ["enterprise", "-on", "-pk"]
        indexes = [models.Index(fields=["enterprise", "-on", "-id"], name="latest_member_count")]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.full} + {self.probationary}"


@pghistory.track()
class LeftOut(models.Model):
    """A firm is not counted, for a time, for a reason that somebody can check."""

    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="left_out"
    )
    why = models.CharField(_("原因"), max_length=10, choices=WhyLeftOut.choices)
    evidence = models.CharField(_("依据"), max_length=300)
    since = models.DateField(_("起"), default=clock.today)
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("不计入")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=Q(until__isnull=True), name="left_out_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.get_why_display()}"
