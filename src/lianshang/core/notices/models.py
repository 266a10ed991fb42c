"""Notices, their deliveries, and what each person chose."""

from __future__ import annotations

import uuid

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit, User
from lianshang.core.notices.choices import Channel, State
from lianshang.core.privacy import EncryptedTextField, Personal, mask_phone


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Questions about notices."""

    def visible_to(self, user: User) -> NoticeQuerySet:
        """One's own: nobody reads another's notices."""
        return self.filter(recipient=user)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at__isnull=True)


class Notice(models.Model):
    """Something one person is told; the same key is never told to the same person twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        User, verbose_name=_("接收人"), on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("类别"), max_length=60)  # see kinds.py
    key = models.CharField(_("唯一键"), max_length=200)
    subject = models.CharField(_("标题"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    url = models.CharField(_("地址"), max_length=300)
    is_urgent = models.BooleanField(_("紧急"), default=False)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("所涉单位"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_by = models.ForeignKey(
        User, verbose_name=_("发起人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("时间"), default=clock.now)
    read_at = models.DateTimeField(_("已读时间"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("通知")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="one_notice_per_key")
        ]
        indexes = [
            models.Index(
                fields=["recipient"],
                name="unread_notices",
                condition=models.Q(read_at__isnull=True),
            ),
            models.Index(fields=["recipient", "-created_at"], name="notices_of_person"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """Opening it marks it read and leads on to what it is about."""
        return reverse("notices:open", args=[self.pk])


# A deliberate "send again" of a person is history; what the sender does is kept in the row itself.
@pghistory.track(
    pghistory.UpdateEvent("resend", condition=pghistory.AnyChange("round")),
    fields=["notice", "channel", "state", "round"],
)
class Delivery(models.Model):
    """One notice on one channel outside the site."""

    notice = models.ForeignKey(
        Notice, verbose_name=_("通知"), on_delete=models.CASCADE, related_name="deliveries"
    )
    channel = models.CharField(_("渠道"), max_length=15, choices=Channel.choices)
    state = models.CharField(_("状态"), max_length=8, choices=State.choices, default=State.WAITING)
    not_before = models.DateTimeField(_("最早发送"))
    round = models.PositiveSmallIntegerField(_("人工重发次数"), default=0)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    # Of the attempt under way: who holds the advisory lock of this row works on this claim.
    claim = models.UUIDField(null=True, editable=False)
    claimed_at = models.DateTimeField(_("开始发送"), null=True)
    # Since when the provider may have had it, after an attempt whose end nobody saw.
    maybe_taken_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(_("发送时间"), null=True)
    webhook = models.ForeignKey(
        "Webhook", null=True, on_delete=models.PROTECT, related_name="deliveries"
    )
    provider_reference = models.CharField(_("渠道回执"), max_length=200, blank=True)
    last_error = models.CharField(_("错误"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("投递")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="one_delivery_per_channel")
        ]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="deliveries_due",
                condition=models.Q(state=State.WAITING),
            ),
            models.Index(
                fields=["state"],
                name="deliveries_to_look_at",
                condition=models.Q(state__in=[State.SENDING, State.UNKNOWN, State.FAILED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.get_state_display()}"


@pghistory.track()
class Preference(models.Model):
    """A person's choice for a kind on a channel; without one the kind's own default holds."""

    user = models.ForeignKey(
        User, verbose_name=_("用户"), on_delete=models.PROTECT, related_name="notice_preferences"
    )
    kind = models.CharField(_("类别"), max_length=60)
    channel = models.CharField(_("渠道"), max_length=15, choices=Channel.choices)
    is_on = models.BooleanField(_("接收"))

    class Meta:
        verbose_name = _("通知选择")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "channel"], name="one_choice")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.kind} · {self.channel}"


PHONE = Personal(
    purpose=_("发送短信通知"),
    basis=_("本人在通知设置中填写（个人信息保护法第十三条第一款第一项）"),
    retention=_("本人删除或账号停用后删除"),
    mask=mask_phone,
)


@pghistory.track(exclude=["phone"])  # a deleted number lives on nowhere
class Reach(models.Model):
    """Where a person can be reached, and when not.

    Empty quiet hours: those of the zone. Equal ones: none.
    """

    user = models.OneToOneField(
        User, verbose_name=_("用户"), on_delete=models.PROTECT, related_name="reach"
    )
    quiet_from = models.TimeField(_("免打扰自"), null=True, blank=True)
    quiet_until = models.TimeField(_("免打扰至"), null=True, blank=True)
    quiet_on_days_off = models.BooleanField(_("休息日免打扰"), default=True)
    phone = EncryptedTextField(_("手机号码"), personal=PHONE, blank=True, default="")
    wecom_id = models.CharField(_("企业微信账号"), max_length=64, null=True, unique=True)
    dingtalk_id = models.CharField(_("钉钉用户编号"), max_length=64, null=True, unique=True)
    dingtalk_union_id = models.CharField(_("钉钉统一编号"), max_length=64, null=True, unique=True)

    class Meta:
        verbose_name = _("联系方式")

    def __str__(self) -> str:
        return str(self.user)


class ProviderToken(models.Model):
    """The access token of a provider's application, shared by all processes, encrypted."""

    provider = models.CharField(_("渠道"), max_length=15, unique=True)
    value = EncryptedTextField(_("令牌"), blank=True, default="")
    good_until = models.DateTimeField(_("有效至"), null=True)

    class Meta:
        verbose_name = _("渠道令牌")

    def __str__(self) -> str:
        return self.provider


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Questions about addresses of programs."""

    def visible_to(self, user: User) -> WebhookQuerySet:
        """One's own, and those of the firms one acts for."""
        return self.filter(models.Q(user=user) | models.Q(unit__in=user.unit_ids(Role.ENTERPRISE)))


@pghistory.track(exclude=["secret"])
class Webhook(models.Model):
    """The address of a program of a person, or of a firm, to which notices are posted."""

    user = models.ForeignKey(
        User, verbose_name=_("用户"), null=True, on_delete=models.PROTECT, related_name="webhooks"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), null=True, on_delete=models.PROTECT, related_name="webhooks"
    )
    address = models.URLField(_("地址"), max_length=300)
    secret = EncryptedTextField(_("密钥"))
    is_on = models.BooleanField(_("启用"), default=True)
    off_reason = models.CharField(_("停用原因"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        User, verbose_name=_("建立人"), on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("建立时间"), default=clock.now)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = "Webhook"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(unit__isnull=True),
                name="webhook_of_a_person_or_a_unit",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(is_on=True), name="one_webhook_of_person"
            ),
            models.UniqueConstraint(
                fields=["unit"], condition=models.Q(is_on=True), name="one_webhook_of_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def owner(self) -> Unit | User:
        found: Unit | User | None = self.unit or self.user
        assert found is not None
        return found
