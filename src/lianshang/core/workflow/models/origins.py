"""Where duties come from: a meeting, a leader's instruction, an inspection, a research visit."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.workflow.choices import OriginKind


class OriginQuerySet(models.QuerySet["Origin"]):
    """Questions about origins."""

    def visible_to(self, user: User) -> OriginQuerySet:
        """All for supervisors; else what one's units lead or wrote, or have a duty from."""
        if user.may("duties.supervise"):
            return self
        units = user.unit_ids()
        has_part = self.model.objects.filter(duties__parties__unit_id__in=units).values("pk")
        is_theirs = Q(lead_id__in=units) | Q(written_by_unit_id__in=units)
        return self.filter(is_theirs | Q(pk__in=has_part))


@pghistory.track()
class Origin(models.Model):
    """A document or occasion from which duties follow, and the reply that ends it (销号)."""

    kind = models.CharField(_("来源"), max_length=20, choices=OriginKind.choices)
    number = models.CharField(_("文号或编号"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    held_on = models.DateField(_("日期"))
    due_on = models.DateField(_("要求办结日期"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    issued_by = models.CharField(_("批示人、主持人或检查方"), max_length=100, blank=True)
    basis = models.CharField(_("依据"), max_length=300, blank=True)
    present = models.TextField(_("出席"), blank=True)
    attending = models.TextField(_("列席"), blank=True)
    text = models.TextField(_("内容"), blank=True)
    lead = models.ForeignKey(
        Unit, verbose_name=_("牵头单位"), on_delete=models.PROTECT, related_name="+"
    )
    about = models.ForeignKey(
        Unit,
        verbose_name=_("走访或检查的对象"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    written_by = models.ForeignKey(
        User, verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_by_unit = models.ForeignKey(
        Unit, verbose_name=_("登记单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("登记时间"), default=clock.now)
    reply = models.TextField(_("回复"), blank=True)
    settled_at = models.DateTimeField(_("销号时间"), null=True, blank=True)
    settled_by = models.ForeignKey(
        User, verbose_name=_("销号人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    request_key = models.CharField(_("请求标识"), max_length=100, null=True, unique=True)

    objects = OriginQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项来源")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["kind", "-held_on"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workflow:origin", args=[self.pk])

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None


class AnswerSheetQuerySet(models.QuerySet["AnswerSheet"]):
    """Questions about answer sheets."""

    def visible_to(self, user: User) -> AnswerSheetQuerySet:
        """Those of one's own units, and of the origins that one's units lead or wrote."""
        if user.may("duties.supervise"):
            return self
        units = user.unit_ids()
        is_theirs = Q(origin__lead_id__in=units) | Q(origin__written_by_unit_id__in=units)
        return self.filter(is_theirs | Q(asker_id__in=units))


class AnswerSheet(models.Model):
    """What goes back to one unit that asked: papers about it are seen by that unit, by no other."""

    origin = models.ForeignKey(
        Origin, verbose_name=_("来源"), on_delete=models.PROTECT, related_name="answer_sheets"
    )
    asker = models.ForeignKey(
        Unit, verbose_name=_("提出单位"), on_delete=models.PROTECT, related_name="+"
    )

    objects = AnswerSheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("答复单")
        ordering = ["origin", "asker"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "asker"], name="one_answer_sheet_per_asker")
        ]

    def __str__(self) -> str:
        return f"{self.origin} · {self.asker}"

    def get_absolute_url(self) -> str:
        return self.origin.get_absolute_url()
