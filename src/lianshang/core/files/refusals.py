"""Why a file is not opened, in words a clerk can act on: what was read, what was expected, what to
do.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Wording:
    """What should have stood there and what to do now; `%(name)s` are parameters of the finding."""

    expected: str | Promise
    advice: str | Promise

    def fill(self, parameters: Mapping[str, Any]) -> tuple[str, str]:
        """Both sentences in the reader's language."""
        return str(self.expected) % parameters, str(self.advice) % parameters


_RESAVE = _("请用 Excel 或 WPS 打开原文件，另存为新的 .xlsx 后再上传；仍不行请联系系统管理员。")
_SMALLER = _("请按年度或园区拆成几个文件，分别导入。")

WORDINGS: dict[str, Wording] = {
    "file_empty": Wording(_("有内容的表格"), _("请检查导出是否成功，重新导出后再上传。")),
    "file_too_large": Wording(_("不超过 %(largest)s"), _SMALLER),
    "unpacked_too_large": Wording(_("解压后不超过 %(largest)s"), _RESAVE),
    "packed_too_tightly": Wording(_("压缩比不超过 %(largest)s 倍"), _RESAVE),
    "too_many_parts": Wording(_("不超过 %(largest)s 个内部文件"), _RESAVE),
    "parts_overlap": Wording(_("内部文件互不重叠、大小与声明相符的压缩包"), _RESAVE),
    "archive_inside": Wording(_("不含压缩包的工作簿"), _RESAVE),
    "not_a_table": Wording(_(".xlsx、.xls、.ods 或 .csv 表格"), _RESAVE),
    "password": Wording(
        _("没有打开密码的工作簿"),
        _("请在 Excel 的“文件—信息—保护工作簿—用密码进行加密”中清空密码，保存后再上传。"),
    ),
    "corrupt": Wording(_("完整的表格文件"), _RESAVE),
    "encoding": Wording(
        _("UTF-8 或 GB18030 编码的文本"), _("请用 Excel 打开后另存为 .xlsx，或另存为“CSV UTF-8”。")
    ),
    "sheet_too_large": Wording(
        _("不超过 %(largest)s 个单元格"),
        _("表格边缘可能有误填的单元格：请删除数据区以外的行和列，保存后再上传。"),
    ),
    "quote_not_closed": Wording(
        _("成对的双引号"), _("请检查该行附近的双引号，或用 Excel 打开后另存为 .xlsx。")
    ),
}


class FileRefused(Exception):
    """The file is not opened; `code` is a key of WORDINGS, `read` is what was found."""

    def __init__(self, code: str, read: str | Promise = "", **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.read = read
        self.parameters = parameters

    def __str__(self) -> str:
        expected, advice = WORDINGS[self.code].fill(self.parameters)
        read = _("读到“%(read)s”；") % {"read": self.read} if self.read else ""
        return f"{read}{_('应为')}{expected}。{advice}"


def bytes_in_words(size: float) -> str:
    """104857600 → 100 MB."""
    for unit in ("B", "KB", "MB"):
        if size < 1024:
            return f"{size:.4g} {unit}"
        size /= 1024
    return f"{size:.4g} GB"
