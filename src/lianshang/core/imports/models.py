"""An import and its rows."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.models import User
from lianshang.core.imports.choices import WORKING, BatchState, OnDuplicate, RowState


@pghistory.track(exclude=["done_rows", "touched_at", "headers", "sample", "problems"])
class ImportBatch(models.Model):
    """One file going into one register; undone as a whole by retiring it."""

    register = models.CharField(_("登记簿"), max_length=40)
    file_name = models.CharField(_("文件名"), max_length=200)
    # Encrypted while it lies here; removed when the rows are written, the digest stays.
    file = models.FileField(_("文件"), upload_to="imports/%Y/%m", max_length=300, blank=True)
    digest = models.CharField(_("SHA-256"), max_length=64)
    kind = models.CharField(_("文件格式"), max_length=5)
    sheets = models.JSONField(_("全部工作表"), default=list)
    sheet = models.CharField(_("工作表"), max_length=100, blank=True)
    header_row = models.PositiveIntegerField(_("表头行"), default=1)  # as the spreadsheet counts
    first_row = models.PositiveIntegerField(_("首个数据行"), default=2)
    headers = models.JSONField(_("列名"), default=list)  # see headers.Header
    sample = models.JSONField(_("前几行"), default=list)  # rows of texts, as wide as `headers`
    mapping = models.JSONField(_("列对应"), default=dict)  # column index → see mapping.Target
    options = models.JSONField(_("选项"), default=dict)
    source = models.CharField(_("来源代码"), max_length=40, blank=True)
    on_duplicate = models.CharField(
        _("遇到重复"), max_length=8, choices=OnDuplicate.choices, default=OnDuplicate.UPDATE
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=BatchState.choices, default=BatchState.MAPPING
    )
    problems = models.JSONField(_("文件和列的问题"), default=list)  # see problems.Problem
    total_rows = models.PositiveIntegerField(_("行数"), default=0)
    done_rows = models.PositiveIntegerField(_("已处理"), default=0)
    touched_at = models.DateTimeField(_("最近进展"), default=clock.now)
    created_by = models.ForeignKey(
        User, verbose_name=_("导入人"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("建立时间"), default=clock.now)
    finished_at = models.DateTimeField(_("完成时间"), null=True)
    retired_at = models.DateTimeField(_("撤销时间"), null=True)
    retired_by = models.ForeignKey(
        User, verbose_name=_("撤销人"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("导入批次")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"

    @property
    def is_working(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in WORKING


class ImportRow(models.Model):
    """One row of the file: what was read, what is wrong with it, what became of it."""

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rows", db_index=False
    )
    number = models.PositiveIntegerField(_("行号"))  # as the spreadsheet counts
    state = models.CharField(_("状态"), max_length=12, choices=RowState.choices)
    planned = models.CharField(
        _("将会"), max_length=12, choices=RowState.choices, blank=True, help_text=_("校验时的预计")
    )
    # Column of the register → text as read, and → value as understood. Personal columns are
    # encrypted in both.
    cells = models.JSONField(_("读到的值"))
    values = models.JSONField(_("理解的值"), default=dict)
    problems = models.JSONField(_("问题"), default=list)  # see problems.Problem
    keys = ArrayField(models.TextField(), verbose_name=_("标识"), default=list)
    subject = models.BigIntegerField(_("对象编号"), null=True)
    before = models.JSONField(_("变化"), null=True)  # field → [value before, value after]
    handling = models.JSONField(_("人工处理"), default=list)  # who did what to this row, and why

    class Meta:
        verbose_name = _("导入行")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_row_per_number")
        ]
        indexes = [models.Index(fields=["batch", "state", "number"])]

    def __str__(self) -> str:
        return f"{self.batch_id}:{self.number}"
