"""Attachments: files that belong to something and are exactly as visible as it is."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.files.choices import SHOWN_INLINE, AttachmentKind
from lianshang.core.files.sealed import open_sealed


@pghistory.track()
class Attachment(models.Model):
    """A file attached to anything that registered with core/references; encrypted where it lies."""

    label = models.CharField(_("对象类型"), max_length=60)
    object_pk = models.BigIntegerField(_("对象编号"))
    purpose = models.CharField(_("用途"), max_length=20, blank=True)
    name = models.CharField(_("文件名"), max_length=140)
    kind = models.CharField(_("格式"), max_length=5, choices=AttachmentKind.choices)
    size = models.PositiveBigIntegerField(_("字节数"))
    sha256 = models.CharField("SHA-256", max_length=64)
    content = models.FileField(_("文件"), upload_to="attachments/%Y/%m", max_length=300)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    uploaded_by = models.ForeignKey(
        User, verbose_name=_("上传人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(_("上传时间"), default=clock.now)
    is_withdrawn = models.BooleanField(_("已撤下"), default=False)
    withdrawn_reason = models.CharField(_("撤下事由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("附件")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [models.Index(fields=["label", "object_pk"], name="attachments_of_subject")]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> tuple[str, int]:
        return self.label, self.object_pk

    @property
    def is_shown_inline(self) -> bool:
        """Whether a browser may show it in its own window."""
        return self.kind in SHOWN_INLINE

    def read(self) -> bytes:
        """The content as it was uploaded."""
        return open_sealed(self.content)
