"""Which firm was told what separates it from which policy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.models.library import Policy
from lianshang.core import clock
from lianshang.core.accounts.models import User


class OneStepNotice(models.Model):
    """A firm was told once what separates it from a policy; the text is what it was told."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="one_step_notices"
    )
    policy = models.ForeignKey(Policy, on_delete=models.CASCADE, related_name="one_step_notices")
    text = models.TextField(_("内容"))
    told_by = models.ForeignKey(
        User, verbose_name=_("告知人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    told_at = models.DateTimeField(_("告知时间"), default=clock.now)

    is_computed = True  # does not hold a firm in the register

    class Meta:
        verbose_name = _("差一步告知")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "policy"], name="told_once_per_policy")
        ]

    def __str__(self) -> str:
        return f"{self.enterprise_id} × {self.policy_id}"
