"""What a firm was told ahead of time, so that nothing is told twice."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import NewsKind
from lianshang.apps.policies.models.library import Policy
from lianshang.core import clock


class ToldAhead(models.Model):
    """One thing foreseen and told: an entitlement that will end, a window that will close."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="+")
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("类别"), max_length=10, choices=NewsKind.choices)
    day = models.DateField(_("哪一天"))
    told_at = models.DateTimeField(_("告知时间"), default=clock.now)

    is_computed = True  # does not hold a firm in the register

    class Meta:
        verbose_name = _("已提前告知")
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "policy", "kind", "day"], name="told_ahead_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} × {self.policy_id}: {self.kind} {self.day}"
