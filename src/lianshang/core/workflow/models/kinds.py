"""Kinds of duties: their flow, their clocks per level of urgency, their ladder of escalation."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit
from lianshang.core.workflow.choices import Audience, ClockName, FlowName, Side, Urgency
from lianshang.core.workflow.flows import FLOWS, Flow

UNITS = [
    ("working_days", _("工作日")),
    ("working_hours", _("工作小时")),
    ("natural_days", _("自然日")),
    ("natural_hours", _("小时")),
]
STARTS = [("same", _("当时起算")), ("next", _("次日起算"))]


@pghistory.track()
class DutyKind(models.Model):
    """What sort of duty: which table of transitions, which clocks, who is told when it is late."""

    code = models.CharField(_("代码"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    flow = models.CharField(_("流程"), max_length=20, choices=FlowName.choices)
    is_public = models.BooleanField(_("办成后向社会公示"), default=False)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("事项类别")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def table(self) -> Flow:
        return FLOWS[self.flow]


@pghistory.track()
class ClockRule(models.Model):
    """How long one clock of a kind runs at one level of urgency."""

    kind = models.ForeignKey(
        DutyKind, verbose_name=_("事项类别"), on_delete=models.CASCADE, related_name="clocks"
    )
    urgency = models.CharField(_("缓急"), max_length=10, choices=Urgency.choices)
    clock = models.CharField(_("时限"), max_length=10, choices=ClockName.choices)
    amount = models.PositiveIntegerField(_("数量"))
    unit = models.CharField(_("单位"), max_length=20, choices=UNITS)
    start = models.CharField(_("起算"), max_length=10, choices=STARTS, default="same")
    repeats = models.BooleanField(_("反馈后重新起算"), default=False)

    class Meta:
        verbose_name = _("时限规则")
        ordering = ["kind", "urgency", "clock"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "urgency", "clock"], name="one_clock_rule")
        ]

    def __str__(self) -> str:
        return f"{self.get_clock_display()} {self.amount} {self.get_unit_display()}"


@pghistory.track()
class Rung(models.Model):
    """One step of the ladder: so long before or after a clock is due, these are told."""

    kind = models.ForeignKey(
        DutyKind, verbose_name=_("事项类别"), on_delete=models.CASCADE, related_name="ladder"
    )
    code = models.CharField(_("代码"), max_length=40)
    clock = models.CharField(
        _("时限"), max_length=10, choices=ClockName.choices, default=ClockName.CLOSE
    )
    side = models.CharField(_("时点"), max_length=10, choices=Side.choices)
    amount = models.PositiveIntegerField(_("数量"), default=0)
    unit = models.CharField(_("单位"), max_length=20, choices=UNITS, default="working_days")
    audience = models.CharField(_("提醒谁"), max_length=20, choices=Audience.choices)
    named = models.ForeignKey(
        Unit, verbose_name=_("指定单位"), null=True, blank=True, on_delete=models.PROTECT
    )
    text = models.CharField(_("说法"), max_length=60)

    class Meta:
        verbose_name = _("升级阶梯")
        ordering = ["kind", "clock", "code"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="one_rung")]

    def __str__(self) -> str:
        return self.text
