"""The channels beside the site, and the states of a delivery."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """A way to reach somebody outside the site; the site itself is always on."""

    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")
    WECOM = "wecom", _("企业微信")
    DINGTALK = "dingtalk", _("钉钉卡片")
    DINGTALK_TODO = "dingtalk_todo", _("钉钉待办")
    WEBHOOK = "webhook", "Webhook"


class State(models.TextChoices):
    """What became of a delivery.

    `unknown`: a worker died, or the line broke, between asking the provider and hearing the answer;
    sending again could mean twice, so a person decides.
    """

    WAITING = "waiting", _("待发送")
    SENDING = "sending", _("发送中")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("失败")
    UNKNOWN = "unknown", _("结果不明")
    DROPPED = "dropped", _("不再发送")
