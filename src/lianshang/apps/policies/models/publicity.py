"""What goes with a delivery: materials held once, public notices, opinions, the guide."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise, Fact
from lianshang.apps.policies.models.delivery import DeliveryCase, DeliveryRound
from lianshang.apps.policies.models.library import Policy
from lianshang.core import clock
from lianshang.core.accounts.models import Unit, User
from lianshang.core.append_only import AppendOnly
from lianshang.core.privacy import EncryptedTextField, Personal, mask_name
from lianshang.core.workflow.models import Duty


class MaterialHeldQuerySet(models.QuerySet["MaterialHeld"]):
    """Questions about materials."""

    def visible_to(self, user: User) -> MaterialHeldQuerySet:
        """A firm's own; for an office those that cases of its rounds use."""
        cases = DeliveryCase.objects.visible_to(user).values("pk")
        own = Q(enterprise__unit__in=user.unit_ids())
        return self.filter(own | Q(uses__case__in=cases)).distinct()

    def in_force(self) -> MaterialHeldQuerySet:
        today = clock.today()
        open_end = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
        return self.filter(open_end, is_withdrawn=False)


@pghistory.track()
class MaterialHeld(models.Model):
    """A firm's document, handed in once and used again while it is valid."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="materials")
    kind = models.CharField(_("材料"), max_length=200)  # as policies name it, in Chinese
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    received_on = models.DateField(_("收到日期"), default=clock.today)
    given_by = models.ForeignKey(
        User, verbose_name=_("提交人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_withdrawn = models.BooleanField(_("已撤下"), default=False)
    fact = models.ForeignKey(  # the confirmed value that it proved, where it came with one
        Fact, verbose_name=_("所证明的信息"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = MaterialHeldQuerySet.as_manager()

    class Meta:
        verbose_name = _("已存材料")
        ordering = ["kind", "-received_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "kind"], name="one_material_of_a_proof")
        ]

    def __str__(self) -> str:
        return self.kind


class MaterialUse(models.Model):
    """A case used a material: a new one, or one that was already held. It never changes."""

    case = models.ForeignKey(DeliveryCase, on_delete=models.PROTECT, related_name="materials")
    material = models.ForeignKey(MaterialHeld, on_delete=models.PROTECT, related_name="uses")
    is_reused = models.BooleanField(_("复用"))
    at = models.DateTimeField(_("时间"), default=clock.now)

    class Meta:
        verbose_name = _("材料使用")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "material"], name="one_use_of_a_material")
        ]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.material}"


@pghistory.track()
class RoundOpinion(models.Model):
    """A department was asked for its opinion on a round; the duty's log holds the answer."""

    round = models.ForeignKey(DeliveryRound, on_delete=models.PROTECT, related_name="opinions")
    unit = models.ForeignKey(Unit, verbose_name=_("部门"), on_delete=models.PROTECT)
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="delivery_opinion")

    class Meta:
        verbose_name = _("部门意见")
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="one_opinion_of_a_unit")
        ]

    def __str__(self) -> str:
        return f"{self.unit}"


@pghistory.track()
class PublicNotice(models.Model):
    """公示: what anybody may read, frozen when it was published; it ends by the clock."""

    round = models.ForeignKey(DeliveryRound, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField(_("标题"), max_length=200)
    rows = models.JSONField(_("名单"))  # [{case, name, code, declared, approved}], masked
    contact = models.CharField(_("异议受理方式"), max_length=200)
    starts_at = models.DateTimeField(_("开始"), default=clock.now)
    ends_at = models.DateTimeField(_("结束"))
    equation = models.TextField(_("算式"))
    ended_at = models.DateTimeField(_("已结束"), null=True)
    published_by = models.ForeignKey(
        User, verbose_name=_("发布人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("公示")
        ordering = ["-starts_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("policies:notice", args=[self.pk])


class ObjectionQuerySet(models.QuerySet["Objection"]):
    """Questions about objections."""

    def visible_to(self, user: User) -> ObjectionQuerySet:
        """Those that the user's own firm filed; for an office those about its rounds."""
        units = user.unit_ids()
        own = Q(unit__in=units)
        if not user.may("policies.deliver"):
            return self.filter(own)
        return self.filter(own | Q(notice__round__office__in=units))

    def open(self) -> ObjectionQuerySet:
        return self.filter(settled_at=None)


@pghistory.track()
class Objection(models.Model):
    """Somebody objects to a case in a public notice."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    case = models.ForeignKey(DeliveryCase, on_delete=models.PROTECT, related_name="objections")
    said_by = EncryptedTextField(
        _("异议人"), blank=True,
        personal=Personal(_("核实公示异议"), _("异议人自愿提供"), _("异议办结后一年"), mask_name),
    )  # fmt: skip
    text = models.CharField(_("异议内容"), max_length=500)
    at = models.DateTimeField(_("收到时间"), default=clock.now)
    recorded_by = models.ForeignKey(
        User, verbose_name=_("登记人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(_("核实时间"), null=True)
    settlement = models.CharField(_("核实结果"), max_length=500, blank=True)
    unit = models.ForeignKey(  # of the firm that filed it itself; never public
        Unit, verbose_name=_("提出单位"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    duty = models.OneToOneField(
        Duty, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("事项")
    )

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示异议")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:30]

    def get_absolute_url(self) -> str:
        return self.notice.get_absolute_url()


@pghistory.track()
class Guide(models.Model):
    """申兑指南 of a policy: owed within some working days, then published."""

    policy = models.OneToOneField(Policy, on_delete=models.PROTECT, related_name="guide")
    duty = models.OneToOneField(Duty, on_delete=models.PROTECT, related_name="+")
    object = models.CharField(_("对象"), max_length=300, blank=True)
    conditions = models.TextField(_("条件"), blank=True)
    time_limit = models.CharField(_("办理时限"), max_length=200, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=60, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True)

    class Meta:
        verbose_name = _("申兑指南")

    def __str__(self) -> str:
        return f"{self.policy}"
