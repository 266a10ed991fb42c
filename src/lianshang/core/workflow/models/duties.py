"""Duties and their log. The log is the truth; what a duty row repeats of it is for finding."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.append_only import AppendOnly
from lianshang.core.workflow.choices import OPEN, Act, Part, State, Urgency
from lianshang.core.workflow.models.kinds import DutyKind
from lianshang.core.workflow.models.origins import Origin


class DutyQuerySet(models.QuerySet["Duty"]):
    """Questions about duties."""

    def visible_to(self, user: User) -> DutyQuerySet:
        """All for supervisors; else those in which one of the user's units has or had a part, and
        those that follow from what it leads or registered.
        """
        if user.may("duties.supervise"):
            return self
        units = user.unit_ids()
        led = Q(origin__lead_id__in=units) | Q(origin__written_by_unit_id__in=units)
        return self.filter(Exists(_parts_of(units)) | led)

    def with_part(self, units: Iterable[int], *parts: Part) -> DutyQuerySet:
        """Those in which one of the units takes one of the parts (any, if none is named)."""
        taken = _parts_of(units)
        return self.filter(Exists(taken.filter(part__in=parts) if parts else taken))

    def still_open(self) -> DutyQuerySet:
        return self.filter(state__in=OPEN)


def _parts_of(units: Iterable[int]) -> models.QuerySet[DutyParty]:
    """The parts that these units take in the duty of the query around."""
    return DutyParty.objects.filter(duty=OuterRef("pk"), unit_id__in=units)


class Duty(models.Model):
    """Something that somebody owes to somebody: it must be closed, by a due time read off its log.

    `state`, `owner` and `urgency` repeat what the log says and are written with the log row, in
    `writing.append` and nowhere else.
    """

    kind = models.ForeignKey(DutyKind, verbose_name=_("类别"), on_delete=models.PROTECT)
    title = models.CharField(_("事项"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    origin = models.ForeignKey(
        Origin,
        verbose_name=_("来源"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="duties",
    )
    subject_label = models.CharField(_("对象类型"), max_length=60, blank=True)
    subject_pk = models.BigIntegerField(_("对象编号"), null=True, blank=True)
    owner = models.ForeignKey(
        Unit, verbose_name=_("主办单位"), on_delete=models.PROTECT, related_name="duties_owned"
    )
    asker = models.ForeignKey(
        Unit, verbose_name=_("交办方"), on_delete=models.PROTECT, related_name="duties_asked"
    )
    urgency = models.CharField(
        _("缓急"), max_length=10, choices=Urgency.choices, default=Urgency.NORMAL
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    opened_at = models.DateTimeField(_("交办时间"), default=clock.now)
    request_key = models.CharField(_("请求标识"), max_length=100, null=True, unique=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("事项")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(fields=["owner", "state"]),
            models.Index(fields=["asker", "state"]),
            models.Index(fields=["state", "-opened_at"]),
            models.Index(fields=["subject_label", "subject_pk"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        try:
            return reverse("workflow:duty", args=[self.pk])
        except NoReverseMatch:  # on the outside face staff are told of a page of the inside
            return f"/duties/{self.pk}/"

    @property
    def state_label(self) -> str:
        return str(self.kind.table.label_of(self.state))


class DutyParty(models.Model):
    """A unit's part in a duty, as the log says."""

    duty = models.ForeignKey(
        Duty, verbose_name=_("事项"), on_delete=models.CASCADE, related_name="parties"
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT)
    part = models.CharField(_("身份"), max_length=10, choices=Part.choices)

    class Meta:
        verbose_name = _("事项单位")
        ordering = ["duty", "part", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "unit", "part"], name="one_duty_party")
        ]
        indexes = [models.Index(fields=["unit", "part", "duty"])]

    def __str__(self) -> str:
        return f"{self.unit} · {self.get_part_display()}"


class Entry(models.Model):
    """One row of a duty's log: who did what when and why. It never changes.

    `data` holds what the act was told: `unit` (pk), `units` (pks), `clocks` (the clock rules that
    count from here), `amount`, `day` (ISO), `urgency`, `proof`, `rung`, `clock`, `due` (ISO).
    """

    duty = models.ForeignKey(
        Duty, verbose_name=_("事项"), on_delete=models.PROTECT, related_name="log"
    )
    number = models.PositiveIntegerField(_("序号"))
    act = models.CharField(_("动作"), max_length=12, choices=Act.choices)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        User, verbose_name=_("经办人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    from_state = models.CharField(_("原状态"), max_length=10, choices=State.choices, blank=True)
    to_state = models.CharField(_("新状态"), max_length=10, choices=State.choices)
    reason = models.TextField(_("说明"), blank=True)
    data = models.JSONField(_("内容"), default=dict)
    request_key = models.CharField(_("请求标识"), max_length=100, null=True)

    class Meta:
        verbose_name = _("事项记录")
        ordering = ["duty", "number"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "number"], name="one_entry_number"),
            models.UniqueConstraint(fields=["duty", "request_key"], name="one_entry_request"),
        ]
        indexes = [models.Index(fields=["act", "at"])]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.number}. {self.get_act_display()}"
