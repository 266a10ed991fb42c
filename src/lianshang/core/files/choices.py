"""Kinds of attachments and what browsers are told about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttachmentKind(models.TextChoices):
    """What an attachment is, by its content."""

    PDF = "pdf", "PDF"
    JPG = "jpg", _("JPEG 图片")
    PNG = "png", _("PNG 图片")
    DOCX = "docx", _("Word 文档")
    XLSX = "xlsx", _("Excel 工作簿")
    TXT = "txt", _("文本")
    CSV = "csv", _("CSV 表格")
    WAV = "wav", _("WAV 录音")
    MP3 = "mp3", _("MP3 录音")
    M4A = "m4a", _("M4A 录音")


SCANS = frozenset({AttachmentKind.PDF, AttachmentKind.JPG, AttachmentKind.PNG})
# Only pictures are shown inside the browser; a PDF may carry scripts and is kept by the reader.
SHOWN_INLINE = frozenset({AttachmentKind.JPG, AttachmentKind.PNG})
MEDIA_TYPES: dict[str, str] = {
    AttachmentKind.PDF: "application/pdf",
    AttachmentKind.JPG: "image/jpeg",
    AttachmentKind.PNG: "image/png",
}
EXTENSIONS: dict[str, frozenset[str]] = {
    AttachmentKind.JPG: frozenset({"jpg", "jpeg"}),
    AttachmentKind.TXT: frozenset({"txt", "md", "log"}),
}
