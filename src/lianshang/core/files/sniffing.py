"""What an attachment is, by its content, and a name that cannot mislead."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianshang.core.files.archives import check_archive
from lianshang.core.files.choices import EXTENSIONS, AttachmentKind
from lianshang.core.files.refusals import FileRefused, bytes_in_words

_MAGIC = (
    (b"%PDF-", AttachmentKind.PDF),
    (b"\xff\xd8\xff", AttachmentKind.JPG),
    (b"\x89PNG\r\n\x1a\n", AttachmentKind.PNG),
    (b"ID3", AttachmentKind.MP3),
    (b"\xff\xfb", AttachmentKind.MP3),
)
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"<svg", b"<script", b"<body", b"<head")
_ALLOWED = "PDF、JPG、PNG、Word（.docx）、Excel（.xlsx）、TXT、CSV、WAV、MP3、M4A"
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_MOST_UNPACKED = 20  # times the size an attachment may have
_LONGEST_NAME = 120


def check_size(size: int) -> None:
    """Raise ValidationError above ATTACHMENT_LARGEST_FILE, or for nothing at all."""
    largest = settings.ATTACHMENT_LARGEST_FILE
    if size == 0:
        raise ValidationError(_("文件是空的，请检查后重新选择。"))
    if size > largest:
        given = {"size": bytes_in_words(size), "largest": bytes_in_words(largest)}
        text = _("文件有 %(size)s，超过 %(largest)s。请压缩图片或拆分后再上传。")
        raise ValidationError(text % given)


def kind_of(content: bytes, name: str) -> AttachmentKind:
    """The kind of the content; the name only tells CSV from other text. Raises ValidationError."""
    for magic, kind in _MAGIC:
        if content.startswith(magic):
            return kind
    if content.startswith(b"RIFF") and content[8:12] == b"WAVE":
        return AttachmentKind.WAV
    if content[4:8] == b"ftyp" and content[8:11] in {b"M4A", b"mp4", b"iso"}:
        return AttachmentKind.M4A
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content, name)
    if _is_text(content):
        is_table = PurePath(name).suffix.lower() == ".csv"
        return AttachmentKind.CSV if is_table else AttachmentKind.TXT
    raise _refused(name)


def _office_kind(content: bytes, name: str) -> AttachmentKind:
    handle = io.BytesIO(content)
    try:
        check_archive(handle, largest_unpacked=_MOST_UNPACKED * settings.ATTACHMENT_LARGEST_FILE)
        names = set(zipfile.ZipFile(handle).namelist())
    except FileRefused as refusal:
        text = _("“%(name)s”的内部结构异常，没有接收：请用 Word、Excel 或 WPS 打开，另存后再上传。")
        raise ValidationError(text % {"name": clean_stem(name)}) from refusal
    if any(one.endswith("vbaProject.bin") for one in names):
        raise ValidationError(_("文件带有宏，没有接收：请另存为不带宏的 .docx 或 .xlsx 后再上传。"))
    if "word/document.xml" in names:
        return AttachmentKind.DOCX
    if "xl/workbook.xml" in names:
        return AttachmentKind.XLSX
    raise _refused(name)


def _is_text(content: bytes) -> bool:
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        return False
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(content, "utf-16")
    return not _CONTROLS.search(content) and (
        _decodes(content, "utf-8") or _decodes(content, "gb18030")
    )


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _refused(name: str) -> ValidationError:
    given = {"name": clean_stem(name), "allowed": _ALLOWED}
    text = _("“%(name)s”的内容不是可以接收的格式；可接收：%(allowed)s。请转换后再上传。")
    return ValidationError(text % given)


def clean_stem(name: str) -> str:
    """The name without folders, invisible or direction-changing characters, and extension."""
    last = PurePath(name.replace("\\", "/")).name
    seen = "".join(one for one in last if unicodedata.category(one)[0] != "C")
    stem = PurePath(seen.strip(" .")).stem.translate({ord(one): "_" for one in '<>:"|?*/'})
    return stem.strip(" .")[:_LONGEST_NAME] or _("附件")


def clean_name(name: str, kind: AttachmentKind) -> str:
    """A name whose extension says what the content is: 合同.exe with a PDF inside → 合同.pdf."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    extension = suffix if suffix in EXTENSIONS.get(kind, ()) else kind.value
    return f"{clean_stem(name)}.{extension}"
