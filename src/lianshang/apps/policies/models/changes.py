"""What changed between two evaluations: the ground of every push."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import Standing
from lianshang.apps.policies.models.assessments import EvaluationRun
from lianshang.apps.policies.models.library import Policy


class StandingChange(models.Model):
    """A firm came to stand elsewhere with a policy: into or out of entitled, or one step short.

    Written by the evaluation that found it; a firm never evaluated before changes nothing.
    """

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="standing_changes"
    )
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="+")
    run = models.ForeignKey(EvaluationRun, on_delete=models.CASCADE, related_name="changes")
    before = models.CharField(_("原结果"), max_length=12, choices=Standing.choices)
    after = models.CharField(_("新结果"), max_length=12, choices=Standing.choices)
    amount = models.DecimalField(_("金额（元）"), max_digits=20, decimal_places=2, null=True)
    on = models.DateField(_("评估日"))
    told_at = models.DateTimeField(_("告知时间"), null=True)

    is_computed = True  # does not hold a firm in the register

    class Meta:
        verbose_name = _("结果变化")
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["told_at", "on"])]

    def __str__(self) -> str:
        return f"{self.enterprise_id} × {self.policy_id}: {self.before} → {self.after}"
