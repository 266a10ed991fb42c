"""Enterprises and other actors, their former names and their service officers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.choices import ActorKind, ActorStatus
from lianshang.apps.places.choices import Crs
from lianshang.apps.places.models import Park
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit, User
from lianshang.core.consent.choices import Use
from lianshang.core.consent.models import Consent
from lianshang.core.privacy import EncryptedTextField, Personal, mask_name, mask_phone

if TYPE_CHECKING:
    from datetime import date


class EnterpriseQuerySet(models.QuerySet["Enterprise"]):
    """Questions about actors."""

    def visible_to(self, user: User) -> EnterpriseQuerySet:
        """What is not retired: office and Party staff see all; an officer the firms served; an
        operator its parks'; a firm itself; a bank the firms that consent to it.
        """
        if user.has_role(Role.OFFICE_STAFF, Role.PARTY_STAFF):
            return self.present()
        served = ServiceOfficer.objects.in_force().filter(user=user).values("enterprise")
        consenting = (
            Consent.objects.in_force()
            .filter(purpose=Use.CREDIT, grantee__in=user.unit_ids(Role.BANK))
            .values("owner")
        )
        return self.present().filter(
            Q(pk__in=served)
            | Q(park__operator__in=user.unit_ids(Role.BUILDING_OPERATOR))
            | Q(unit__in=user.unit_ids(Role.ENTERPRISE))
            | Q(unit__in=consenting)
        )

    def present(self) -> EnterpriseQuerySet:
        return self.filter(is_retired=False)

    def operating(self) -> EnterpriseQuerySet:
        return self.present().filter(status=ActorStatus.OPERATING)

    def operating_on(self, on: date) -> EnterpriseQuerySet:
        """Registered by the day (or on an unknown one), and not yet out of operation then."""
        then = Q(status=ActorStatus.OPERATING) | Q(inactive_since__gt=on)
        return self.filter(then, Q(registered_on__lte=on) | Q(registered_on__isnull=True))


@pghistory.track(exclude=["facts_version"])
class Enterprise(models.Model):
    """An actor of the zone: firm, sole trader, institute, social organisation."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="enterprise"
    )
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, null=True, unique=True)
    name = models.CharField(_("名称"), max_length=200)
    name_key = models.CharField(_("排序键"), max_length=200, editable=False)
    match_key = models.CharField(_("匹配键"), max_length=200, editable=False)
    kind = models.CharField(
        _("类型"), max_length=20, choices=ActorKind.choices, default=ActorKind.FIRM
    )
    status = models.CharField(
        _("登记状态"), max_length=14, choices=ActorStatus.choices, default=ActorStatus.OPERATING
    )
    inactive_since = models.DateField(
        _("不再存续自"), null=True, editable=False, help_text=_("登记簿得知之日；存续的为空")
    )
    registered_on = models.DateField(_("成立日期"), null=True, blank=True)
    industry_code = models.CharField(
        _("行业代码"),
        max_length=5,
        blank=True,
        help_text=_("GB/T 4754-2017，写门类字母，例如 C3976"),
    )
    registered_address = models.CharField(_("注册地址"), max_length=300, blank=True)
    operating_address = models.CharField(_("经营地址"), max_length=300, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=9, decimal_places=6, null=True)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=6, null=True)
    given_crs = models.CharField(
        _("原始坐标系"),
        max_length=10,
        choices=Crs.choices,
        blank=True,
        help_text=_("入库一律换算为 CGCS2000"),
    )
    park = models.ForeignKey(
        Park, verbose_name=_("园区"), null=True, blank=True, on_delete=models.PROTECT
    )
    contact_name = EncryptedTextField(
        _("联系人"),
        blank=True,
        personal=Personal(
            _("服务企业时联系"),
            _("企业自愿提供（个人信息保护法第十三条）"),
            _("企业迁出或更换后一年"),
            mask_name,
        ),
    )
    contact_phone = EncryptedTextField(
        _("联系电话"),
        blank=True,
        personal=Personal(
            _("服务企业时联系"),
            _("企业自愿提供（个人信息保护法第十三条）"),
            _("企业迁出或更换后一年"),
            mask_phone,
        ),
    )
    created_at = models.DateTimeField(_("入库时间"), default=clock.now)
    is_retired = models.BooleanField(
        _("已撤销"), default=False, help_text=_("所属导入被撤销；再次导入时恢复")
    )
    facts_version = models.BigIntegerField(
        default=0, editable=False, help_text=_("每次事实变化加一；评估结果据此判断是否过期")
    )

    objects = EnterpriseQuerySet.as_manager()

    class Meta:
        verbose_name = _("企业")
        ordering = ["name_key", "pk"]
        indexes = [
            models.Index(fields=["name_key", "id"], name="enterprise_by_name"),
            models.Index(fields=["match_key"], name="enterprise_by_match"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("enterprises:detail", args=[self.pk])


class FormerName(models.Model):
    """A name the actor once had, so that old papers and registers still find it."""

    enterprise = models.ForeignKey(
        Enterprise, on_delete=models.CASCADE, related_name="former_names"
    )
    name = models.CharField(_("曾用名"), max_length=200)
    match_key = models.CharField(_("匹配键"), max_length=200, db_index=True, editable=False)
    until = models.DateField(_("用至"), null=True, blank=True)
    batch = models.ForeignKey(
        "imports.ImportBatch", null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("曾用名")
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "name"], name="one_former_name")
        ]

    def __str__(self) -> str:
        return self.name


class ServiceOfficerQuerySet(models.QuerySet["ServiceOfficer"]):
    """Questions about who serves whom."""

    def in_force(self) -> ServiceOfficerQuerySet:
        today = clock.today()
        return self.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)


@pghistory.track()
class ServiceOfficer(models.Model):
    """An officer serves an enterprise, for a time."""

    user = models.ForeignKey(
        User, verbose_name=_("企服专员"), on_delete=models.PROTECT, related_name="served"
    )
    enterprise = models.ForeignKey(
        Enterprise, verbose_name=_("企业"), on_delete=models.CASCADE, related_name="officers"
    )
    since = models.DateField(_("起"), default=clock.today)
    until = models.DateField(_("止"), null=True, blank=True)

    objects = ServiceOfficerQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务关系")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "enterprise"],
                condition=Q(until__isnull=True),
                name="one_open_service",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.enterprise}"
