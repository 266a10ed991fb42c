"""The form that takes a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lianshang.core.files.choices import AttachmentKind
from lianshang.core.files.refusals import bytes_in_words
from lianshang.core.ui.forms import Form


def accepted_files() -> str:
    """The `accept` of a control that takes an attachment."""
    return ",".join([*(f".{kind}" for kind in AttachmentKind.values), "image/jpeg", "image/png"])


class AttachForm(Form):
    """A file and what it is; on a phone the file may come from the camera."""

    file = forms.FileField(label=_("文件"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        largest = bytes_in_words(settings.ATTACHMENT_LARGEST_FILE)
        text = _("PDF、图片、Word、Excel、文本或录音，不超过 %s；手机可直接拍照。")
        self.fields["file"].help_text = text % largest
        self.fields["file"].widget.attrs["accept"] = accepted_files()
