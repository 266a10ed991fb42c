"""Where a pack came from, and what became of a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SourceKind(models.TextChoices):
    """How a pack reached the program."""

    BUILTIN = "builtin", _("随程序提供")
    DISTRIBUTION = "distribution", _("已安装的软件包")
    FOLDER = "folder", _("文件夹")
    WHEEL = "wheel", _("压缩包（.whl、.zip）")


class RowState(models.TextChoices):
    """How an installed row stands today."""

    SAME = "same", _("与安装时一致")
    CHANGED = "changed", _("本区已修改")
    GONE = "gone", _("本区已删除")


class Fate(models.TextChoices):
    """What installing or removing did with a row."""

    MADE = "made", _("新建")
    UPDATED = "updated", _("更新")
    ADOPTED = "adopted", _("沿用本区已有")
    UNCHANGED = "unchanged", _("未变")
    KEPT = "kept", _("保留")
    REMOVED = "removed", _("已移除")
