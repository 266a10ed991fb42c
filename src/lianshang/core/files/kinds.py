"""What a file is, by its first bytes: names and declared types are only hints."""

import zipfile
from enum import StrEnum
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from lianshang.core.files.refusals import FileRefused


class TableKind(StrEnum):
    """Table files that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_OTHERS = (
    (b"%PDF", _("PDF 文档")),
    (b"\x89PNG", _("PNG 图片")),
    (b"\xff\xd8\xff", _("JPEG 图片")),
    (b"Rar!", _("RAR 压缩包")),
    (b"7z\xbc\xaf", _("7z 压缩包")),
    (b"\x1f\x8b", _("GZIP 压缩包")),
    (b"SQLite format 3", _("SQLite 数据库")),
    (b"{\\rtf", _("RTF 文档")),
)


def table_kind(handle: BinaryIO) -> TableKind:
    """The kind of a table file; raises FileRefused for anything else, naming what it is."""
    handle.seek(0)
    head = handle.read(4096)
    if not head.strip():
        raise FileRefused("file_empty")
    if head.startswith(_ZIP):
        return _kind_of_archive(handle)
    if head.startswith(_OLE):
        return _kind_of_compound_file(handle)
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise FileRefused("not_a_table", name)
    return _kind_of_text(head)


def _kind_of_archive(handle: BinaryIO) -> TableKind:
    try:
        names = set(zipfile.ZipFile(handle).namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused("corrupt", _("打不开的压缩结构")) from error
    if "xl/workbook.xml" in names:
        return TableKind.XLSX
    if "content.xml" in names:
        return TableKind.ODS
    if "xl/workbook.bin" in names:
        raise FileRefused("not_a_table", _("Excel 二进制工作簿（.xlsb）"))
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise FileRefused("not_a_table", _("Word 或 PowerPoint 文档"))
    raise FileRefused("not_a_table", _("压缩包"))


def _kind_of_compound_file(handle: BinaryIO) -> TableKind:
    """Old Office formats, and new ones wrapped because they have a password."""
    handle.seek(0)
    content = handle.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise FileRefused("password", _("加密的工作簿"))
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return TableKind.XLS
    raise FileRefused("not_a_table", _("旧版 Office 文档"))


def _kind_of_text(head: bytes) -> TableKind:
    if head.startswith(_UTF16_MARKS):
        return TableKind.CSV
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<div")):
        raise FileRefused("not_a_table", _("网页（HTML）"))
    if start.startswith(b"<?xml"):
        raise FileRefused("not_a_table", _("XML 文本"))
    if b"\x00" in head:
        raise FileRefused("not_a_table", _("无法识别的二进制内容"))
    return TableKind.CSV
