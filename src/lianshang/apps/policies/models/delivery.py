"""Procedures of delivery, rounds, and what happened to each firm in them."""

from __future__ import annotations

from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.choices import (
    CaseState,
    Channel,
    CountsFrom,
    StepActor,
    StepKind,
    StepOutcome,
)
from lianshang.apps.policies.models.library import Policy
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.append_only import AppendOnly
from lianshang.core.privacy import EncryptedTextField, Personal
from lianshang.core.workflow.models import Duty, Origin

# Cases that take the one place which a firm has with a policy in a period.
COUNTING = (CaseState.LISTED, CaseState.RUNNING, CaseState.WAITING, CaseState.PAID,
            CaseState.CLOSED)  # fmt: skip


def mask_account(text: str) -> str:
    """6222020200112233445 → ************3445: the last four digits only."""
    return "*" * max(len(text) - 4, 0) + text[-4:]


@pghistory.track()
class Procedure(models.Model):
    """How one channel goes: an ordered list of steps, the zone's own after it was copied once."""

    channel = models.CharField(_("渠道"), max_length=14, choices=Channel.choices, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    notice_days = models.PositiveSmallIntegerField(_("公示工作日数"), default=5)

    class Meta:
        verbose_name = _("兑现流程")
        ordering = ["channel"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("policies:procedure", args=[self.pk])


@pghistory.track()
class ProcedureStep(models.Model):
    """One configured step of a procedure."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(_("顺序"))
    kind = models.CharField(_("环节"), max_length=16, choices=StepKind.choices)
    who = models.CharField(_("由谁办"), max_length=12, choices=StepActor.choices)
    is_required = models.BooleanField(_("必经"), default=True)
    is_active = models.BooleanField(_("启用"), default=True)
    days = models.PositiveSmallIntegerField(_("时限（工作日）"), null=True, blank=True)
    counts_from = models.CharField(
        _("起算"), max_length=6, choices=CountsFrom.choices, default=CountsFrom.STEP
    )

    class Meta:
        verbose_name = _("流程环节")
        ordering = ["procedure", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "kind"], name="one_step_of_a_kind")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class DeliveryRoundQuerySet(models.QuerySet["DeliveryRound"]):
    """Questions about rounds."""

    def visible_to(self, user: User) -> DeliveryRoundQuerySet:
        """The office's own, those on which a department was asked; all for supervisors."""
        if user.may("duties.supervise"):
            return self
        if not user.may("policies.deliver"):
            return self.none()
        units = user.unit_ids()
        return self.filter(Q(office__in=units) | Q(opinions__unit__in=units)).distinct()


@pghistory.track()
class DeliveryRound(models.Model):
    """兑现批次: one policy delivered to the firms of one list; its procedure is frozen."""

    policy = models.ForeignKey(
        Policy, verbose_name=_("政策"), on_delete=models.PROTECT, related_name="rounds"
    )
    title = models.CharField(_("批次名称"), max_length=120)
    office = models.ForeignKey(
        Unit, verbose_name=_("主办单位"), on_delete=models.PROTECT, related_name="+"
    )
    channel = models.CharField(_("渠道"), max_length=14, choices=Channel.choices)
    year = models.PositiveSmallIntegerField(_("兑现年度"))
    steps = models.JSONField(_("流程"))  # frozen at opening: [{kind, who, is_required, days, …}]
    notice_days = models.PositiveSmallIntegerField(_("公示工作日数"), default=5)
    opened_at = models.DateTimeField(_("启动时间"), default=clock.now)
    opened_by = models.ForeignKey(
        User, verbose_name=_("启动人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_open = models.BooleanField(_("接受申报"), default=True)
    decided_on = models.DateField(_("会议日期"), null=True, blank=True)
    decision = models.CharField(_("会议纪要文号"), max_length=120, blank=True)
    meeting = models.ForeignKey(
        Origin, verbose_name=_("会议"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    request_key = models.CharField(max_length=100, null=True, unique=True)

    objects = DeliveryRoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("兑现批次")
        ordering = ["-opened_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policies:round", args=[self.pk])

    @property
    def kinds(self) -> list[str]:
        """The kinds of its steps in order."""
        return [step["kind"] for step in self.steps]


class DeliveryCaseQuerySet(models.QuerySet["DeliveryCase"]):
    """Questions about cases."""

    def visible_to(self, user: User) -> DeliveryCaseQuerySet:
        """Those of the rounds that staff see; for a firm its own, once they were sent to it."""
        rounds = DeliveryRound.objects.visible_to(user).values("pk")
        own = Q(enterprise__unit__in=user.unit_ids(), duty__isnull=False)
        if not user.may("portal.view"):
            return self.filter(round__in=rounds)
        return self.filter(Q(round__in=rounds) | own)

    def counting(self) -> DeliveryCaseQuerySet:
        return self.filter(state__in=COUNTING)


@pghistory.track(exclude=["account"])
class DeliveryCase(models.Model):
    """One firm in a round. `step` and `state` repeat the log, written with it."""

    round = models.ForeignKey(DeliveryRound, on_delete=models.PROTECT, related_name="cases")
    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.PROTECT, related_name="deliveries"
    )
    duty = models.OneToOneField(
        Duty, null=True, on_delete=models.PROTECT, related_name="delivery", verbose_name=_("事项")
    )
    family = models.CharField(_("政策"), max_length=80)
    period = models.CharField(_("期间"), max_length=8)  # a year, or "once"
    step = models.CharField(_("当前环节"), max_length=16, choices=StepKind.choices)
    step_since = models.DateTimeField(_("进入环节"), default=clock.now)
    state = models.CharField(
        _("状态"), max_length=10, choices=CaseState.choices, default=CaseState.LISTED
    )
    declared = models.DecimalField(_("申报金额（元）"), max_digits=20, decimal_places=2, null=True)
    approved = models.DecimalField(_("核定金额（元）"), max_digits=20, decimal_places=2, null=True)
    ground = models.JSONField(_("依据"), default=dict)  # the answer of the rules, frozen
    account = EncryptedTextField(
        _("收款账号"), blank=True,
        personal=Personal(_("拨付奖补资金"), _("履行政策兑现所必需，企业自行提供"),
                          _("办结后按财务档案年限保存"), mask_account),
    )  # fmt: skip
    account_name = models.CharField(_("户名"), max_length=120, blank=True)
    bank = models.CharField(_("开户行"), max_length=120, blank=True)
    missing = models.JSONField(_("待补材料"), default=list)
    stacking_decision = models.CharField(_("从高不重复的取舍"), max_length=200, blank=True)
    rating = models.PositiveSmallIntegerField(_("评价"), null=True)
    rating_words = models.CharField(_("评价意见"), max_length=300, blank=True)

    objects = DeliveryCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("兑现个案")
        ordering = ["round", "enterprise__name_key", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "enterprise"], name="one_case_in_a_round"),
            models.UniqueConstraint(
                fields=["family", "enterprise", "period"],
                condition=Q(state__in=[one.value for one in COUNTING]),
                name="one_delivery_in_a_period",
            ),
        ]
        indexes = [models.Index(fields=["round", "state", "step"])]

    def __str__(self) -> str:
        return f"{self.enterprise} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("policies:case", args=[self.pk])

    @property
    def due_amount(self) -> Any:
        """What is to be paid: approved, else declared."""
        return self.declared if self.approved is None else self.approved


class StepEntry(models.Model):
    """One row of a case's log: which step, what became of it, who, when, why. It never changes."""

    case = models.ForeignKey(DeliveryCase, on_delete=models.PROTECT, related_name="entries")
    step = models.CharField(_("环节"), max_length=16, choices=StepKind.choices)
    outcome = models.CharField(_("结果"), max_length=10, choices=StepOutcome.choices)
    actor = models.ForeignKey(
        User, verbose_name=_("经办人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("时间"), default=clock.now)
    reason = models.CharField(_("说明"), max_length=500, blank=True)
    data = models.JSONField(default=dict)
    is_internal = models.BooleanField(_("仅内部可见"), default=False)
    request_key = models.CharField(max_length=100, null=True)

    class Meta:
        verbose_name = _("办理记录")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "request_key"], name="one_entry_per_request")
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.get_outcome_display()}"


class Receipt(models.Model):
    """What the finance office paid, as its voucher says: entered here, not made here."""

    case = models.ForeignKey(DeliveryCase, on_delete=models.PROTECT, related_name="receipts")
    instalment = models.ForeignKey(
        "policies.Instalment", verbose_name=_("期次"), null=True, on_delete=models.PROTECT,
        related_name="receipts",
    )  # fmt: skip
    paid_on = models.DateField(_("到账日期"))
    amount = models.DecimalField(_("到账金额（元）"), max_digits=20, decimal_places=2)
    voucher = models.CharField(_("凭证号"), max_length=60)
    entered_by = models.ForeignKey(
        User, verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("登记时间"), default=clock.now)

    class Meta:
        verbose_name = _("拨付回单")
        ordering = ["paid_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "voucher"], name="one_receipt_per_voucher")
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return self.voucher
