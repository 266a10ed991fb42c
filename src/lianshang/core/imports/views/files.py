"""Files that leave: templates and exports."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.imports.files_out import export_register, write_template
from lianshang.core.imports.forms import ExportForm
from lianshang.core.imports.views.access import PERMISSION, all_imports, register_named, require
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb, Page

IN_MEMORY = 4 * 1024 * 1024  # bytes of an export before it goes to disk


class Template(Page):
    """The blank workbook of a register."""

    permission = PERMISSION

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        register = register_named(kwargs["register"])
        content = io.BytesIO()
        write_template(register, content)
        content.seek(0)
        return as_download(content, f"{register.label}.xlsx")


class Export(FormPage):
    """What the user may see of a register, in the template's columns."""

    permission = "enterprises.export"
    form_class = ExportForm
    submit = _("导出")
    intro = _("导出的文件可以原样再导入；个人信息不导出。每次导出写入访问记录。")

    def prepare(self) -> None:
        self.register = register_named(self.kwargs["register"])
        require(self.user, self.register.export_permission)
        self.title = _("导出%s") % self.register.label
        self.back = reverse("imports:batches") if self.user.may(PERMISSION) else ""

    def crumbs(self) -> Sequence[Crumb]:
        return (all_imports(),) if self.user.may(PERMISSION) else ()

    def act(self, form: ExportForm) -> HttpResponseBase:
        kind, purpose = form.cleaned_data["kind"], form.cleaned_data["purpose"]
        # closed by the response
        handle = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
        export_register(self.register, user=self.user, purpose=purpose, kind=kind, handle=handle)
        handle.seek(0)
        return as_download(handle, f"{self.register.label}.{kind}")


def as_download(handle: Any, name: str) -> FileResponse:
    """A file for the browser to keep; nothing in between may store it."""
    response = FileResponse(handle)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response["Cache-Control"] = "no-store"
    return response
