"""States of an import and of its rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where an import stands."""

    MAPPING = "mapping", _("待对应列")
    CHECKING = "checking", _("校验中")
    PREVIEW = "preview", _("待确认")
    RUNNING = "running", _("导入中")
    DONE = "done", _("已完成")
    STOPPED = "stopped", _("已停止")
    UNDOING = "undoing", _("撤销中")
    RETIRED = "retired", _("已撤销")
    REFUSED = "refused", _("无法读取")


# A job is at work: the page shows its progress and asks again.
WORKING = frozenset({BatchState.CHECKING, BatchState.RUNNING, BatchState.UNDOING})


class RowState(models.TextChoices):
    """What became of a row."""

    READY = "ready", _("可导入")
    WARNING = "warning", _("可导入，有提示")
    QUARANTINED = "quarantined", _("隔离待核")
    CREATED = "created", _("已新增")
    UPDATED = "updated", _("已更新")
    UNCHANGED = "unchanged", _("无变化")
    SKIPPED = "skipped", _("已跳过")
    DISMISSED = "dismissed", _("已作废")
    UNDONE = "undone", _("已撤销")
    KEPT = "kept", _("撤销时保留")


# What is planned for a row, in words.
PLANNED = {
    RowState.CREATED: _("将新增"),
    RowState.UPDATED: _("将更新"),
    RowState.UNCHANGED: _("无变化"),
    RowState.SKIPPED: _("跳过"),
}
# Rows that the commit job still has to write.
WAITING = (RowState.READY, RowState.WARNING)
# Rows that changed something, which undo must take back.
WRITTEN = (RowState.CREATED, RowState.UPDATED)

TAKEN_BACK = (RowState.UNDONE, RowState.KEPT)


class OnDuplicate(models.TextChoices):
    """What to do with a row whose subject is already in the register."""

    UPDATE = "update", _("更新已有记录")
    SKIP = "skip", _("跳过已有记录")
    STOP = "stop", _("遇到重复即停止")


class Severity(models.TextChoices):
    """Whether a row with the problem is held back."""

    WARNING = "warning", _("提示")
    ERROR = "error", _("错误")
