"""Policies that an evaluation could not answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.models.assessments import EvaluationRun
from lianshang.apps.policies.models.library import Policy
from lianshang.core import clock


class EvaluationFaultQuerySet(models.QuerySet["EvaluationFault"]):
    """Questions about faults."""

    def standing(self) -> EvaluationFaultQuerySet:
        """Those that nobody has mended yet."""
        return self.filter(mended_at__isnull=True, policy__is_retired=False)


class EvaluationFault(models.Model):
    """A policy that cannot be read, compiled or computed: it stands still, the others go on.

    One row per policy and message, kept open until an evaluation answers that policy again, so that
    its owner is told once.
    """

    run = models.ForeignKey(EvaluationRun, on_delete=models.CASCADE, related_name="faults")
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="faults")
    message = models.TextField(_("问题"))
    at = models.DateTimeField(_("发现时间"), default=clock.now)
    mended_at = models.DateTimeField(_("恢复时间"), null=True)

    objects = EvaluationFaultQuerySet.as_manager()

    is_computed = True  # does not hold a policy in the library

    class Meta:
        verbose_name = _("评估故障")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.policy_id}: {self.message}"
