"""The access log: who looked at whose data, and for what."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.append_only import AppendOnly


class AccessKind(models.TextChoices):
    """What sort of look it was."""

    DETAIL = "detail", _("查看详情")
    EXPORT = "export", _("导出")
    REVEAL = "reveal", _("查看个人信息")
    EXTRACT = "extract", _("授信提取")


class AccessLog(models.Model):
    """One look at the data of one subject (an enterprise, a person, a list)."""

    at = models.DateTimeField(_("时间"), default=clock.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("用户"), null=True, on_delete=models.PROTECT
    )
    kind = models.CharField(_("类别"), max_length=10, choices=AccessKind.choices)
    subject_label = models.CharField(_("对象类型"), max_length=60)
    subject_pk = models.BigIntegerField(_("对象编号"), null=True)
    subject_text = models.CharField(_("对象"), max_length=200, blank=True)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    unit_names = models.CharField(_("所在单位"), max_length=200, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = _("访问记录")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["subject_label", "subject_pk", "-at"])]
        triggers = [AppendOnly()]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.subject_text}"
