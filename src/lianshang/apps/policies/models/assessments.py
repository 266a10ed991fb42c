"""The stored answers of the last evaluation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import Nearness, Standing, State
from lianshang.apps.policies.models.answers import AnswerBlock
from lianshang.apps.policies.models.library import Policy
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User


class EvaluationRun(models.Model):
    """One run of the rules over the register."""

    on = models.DateField(_("评估日"))
    started_at = models.DateTimeField(_("开始"), default=clock.now)
    finished_at = models.DateTimeField(_("结束"), null=True)
    firms = models.PositiveIntegerField(_("企业数"), default=0)
    policies = models.PositiveIntegerField(_("政策数"), default=0)
    started_by = models.ForeignKey(
        User, verbose_name=_("发起人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("评估")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"{self.on}"


def sees_all(user: User) -> bool:
    """Whether the user sees every firm that is present, as `Enterprise.visible_to` has it."""
    return user.has_role(Role.OFFICE_STAFF)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Questions about stored answers."""

    def visible_to(self, user: User) -> AssessmentQuerySet:
        """Few firms are named one by one: the view then looks at no others. Who sees all is only
        spared those that have left.
        """
        if sees_all(user):
            return self.exclude(enterprise__in=Enterprise.objects.filter(is_retired=True))
        seen = Enterprise.objects.visible_to(user).values_list("pk", flat=True)
        return self.filter(enterprise__in=list(seen))

    def standing(self, standing: str) -> AssessmentQuerySet:
        return self.filter(STANDING[Standing(standing)])


STANDING = {
    Standing.ENTITLED: Q(state=State.MET),
    Standing.ONE_STEP: Q(state=State.NOT_MET, steps=1),
    Standing.NOT_KNOWN: Q(state=State.NOT_KNOWN),
    Standing.NEEDS_PERSON: Q(state=State.NEEDS_PERSON),
    Standing.NOT_ENTITLED: Q(state=State.NOT_MET) & (Q(steps__isnull=True) | Q(steps__gt=1)),
}


class Assessment(models.Model):
    """The stored answer for one firm and one policy; newer facts make it out of date, never wrong
    on a page: a firm's page computes afresh, lists show the stored answer with its day.

    Not a table but a view of `AnswerBlock`, made by a migration: it can be read, never written.
    Ask it about some policies or about some firms; about all of both it is as long as it sounds.
    """

    # DO_NOTHING: a view has no rows to delete; those it is made of go with their own keys.
    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.DO_NOTHING, related_name="assessments"
    )
    policy = models.ForeignKey(Policy, on_delete=models.DO_NOTHING, related_name="assessments")
    block = models.ForeignKey(AnswerBlock, on_delete=models.DO_NOTHING, related_name="+")
    state = models.CharField(_("结果"), max_length=12, choices=State.choices)
    steps = models.PositiveSmallIntegerField(
        _("步数"), null=True, help_text=_("最少需要改变的条款数，六为六个以上；空为无法改变")
    )
    amount = models.DecimalField(
        _("金额（元）"),
        max_digits=20,
        decimal_places=2,
        null=True,
        help_text=_("不符合而差不止一步的不保存金额"),
    )
    nearness = models.PositiveSmallIntegerField(
        _("差什么"), choices=Nearness.choices, default=Nearness.NONE
    )
    class_code = models.CharField(_("划型结果"), max_length=20, blank=True)
    on = models.DateField(_("评估日"))
    facts_version = models.BigIntegerField()

    objects = AssessmentQuerySet.as_manager()
    is_computed = (
        True  # may be thrown away and computed again: does not hold a firm in the register
    )

    class Meta:
        verbose_name = _("评估结果")
        managed = False

    def __str__(self) -> str:
        return f"{self.enterprise_id} × {self.policy_id}"

    @property
    def standing(self) -> Standing:
        if self.state == State.NOT_MET:
            return Standing.ONE_STEP if self.steps == 1 else Standing.NOT_ENTITLED
        return Standing({State.MET: Standing.ENTITLED}.get(State(self.state), self.state))
