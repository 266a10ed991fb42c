"""Policies that the zone itself writes, before they are published."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.choices import DraftState
from lianshang.apps.policies.models.library import Policy
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User

OPEN = (DraftState.DRAFTING, DraftState.RETURNED)


class PolicyDraftQuerySet(models.QuerySet["PolicyDraft"]):
    """Questions about drafts."""

    def visible_to(self, user: User) -> PolicyDraftQuerySet:
        """One's own unit's and one's own; of the others', what was submitted to be judged."""
        if not user.may("policies.write"):
            return self.none()
        own = Q(owner__in=user.unit_ids()) | Q(pk__in=user.policy_drafts.values("pk"))
        judged = Q(state__in=(DraftState.SUBMITTED, DraftState.APPROVED, DraftState.PUBLISHED))
        return self.filter(own | judged) if user.may("policies.publish") else self.filter(own)


@pghistory.track()
class PolicyDraft(models.Model):
    """A policy being written: its text, its test cases, and what was said on the way to the
    library. Whoever saved it once is an author, and never its approver.
    """

    code = models.CharField(_("编号"), max_length=80, blank=True)
    name = models.CharField(_("名称"), max_length=200)
    base = models.ForeignKey(
        Policy,
        verbose_name=_("改自"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drafts_from",
    )
    text = models.TextField(_("规则文本"), blank=True)
    cases = models.TextField(_("测试用例"), blank=True)
    owner = models.ForeignKey(
        Unit, verbose_name=_("责任单位"), on_delete=models.PROTECT, related_name="policy_drafts"
    )
    authors = models.ManyToManyField(User, verbose_name=_("起草人"), related_name="policy_drafts")
    state = models.CharField(
        _("状态"), max_length=10, choices=DraftState.choices, default=DraftState.DRAFTING
    )
    review_note = models.TextField(_("审核意见"), blank=True)
    answers = models.JSONField(_("公平竞争审查"), default=dict, blank=True)
    conclusions = models.JSONField(
        _("审查结论"), default=dict, blank=True, help_text=_("对疑似条款的书面法律依据")
    )
    proposal = models.TextField(_("机器起草建议"), blank=True)
    is_proposed = models.BooleanField(_("采用过机器起草建议"), default=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True)
    approved_by = models.ForeignKey(
        User,
        verbose_name=_("批准人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="policy_drafts_approved",
    )
    approved_at = models.DateTimeField(_("批准时间"), null=True)
    publish_on = models.DateField(_("发布日期"), null=True)
    stopped = models.TextField(_("未能发布的原因"), blank=True)
    published = models.OneToOneField(
        Policy,
        verbose_name=_("发布为"),
        null=True,
        on_delete=models.PROTECT,
        related_name="draft",
    )
    updated_at = models.DateTimeField(_("更新时间"), default=clock.now)

    objects = PolicyDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("政策草稿")
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policies:draft", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether its text may still be changed."""
        return self.state in OPEN
