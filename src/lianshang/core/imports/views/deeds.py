"""What is done with a whole import: write it, go on, check its quarantine again, let it go, take it
back.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core.imports.actions.batches import discard_batch
from lianshang.core.imports.actions.commits import resume, start_commit
from lianshang.core.imports.actions.rows import recheck_quarantine
from lianshang.core.imports.actions.undo import start_undo
from lianshang.core.imports.refusals import ImportRefused
from lianshang.core.imports.views.access import OfBatch, as_form_error, batch_url, require
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm


class Press(OfBatch):
    """One press of a button: a verb without further questions."""

    def verb(self) -> None:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find()
        require(self.user, self.register.import_permission)
        try:
            self.verb()
        except ImportRefused as refusal:
            messages.error(request, str(refusal.reasons[0]))
        return HttpResponseRedirect(batch_url(self.batch))


class Start(Press):
    """Write the good rows."""

    def verb(self) -> None:
        start_commit(actor=self.user, batch=self.batch)


class Resume(Press):
    """Let an interrupted import go on."""

    def verb(self) -> None:
        resume(actor=self.user, batch=self.batch)


class Recheck(Press):
    """Check the quarantine again."""

    def verb(self) -> None:
        good = recheck_quarantine(actor=self.user, batch=self.batch)
        text = _now("重新校验后 %s 行可以导入。") % good
        messages.success(self.request, text)


class Discard(FormPage, OfBatch):
    """Let an import go that was never written."""

    form_class = ReasonForm
    is_dangerous = True
    submit = _("放弃这次导入")
    intro = _("文件和读到的行都会删除；登记簿没有被改动。")
    done = _("已放弃。")

    def prepare(self) -> None:
        self.find()
        require(self.user, self.register.import_permission)
        self.back = batch_url(self.batch)

    def act(self, form: ReasonForm) -> str:
        try:
            discard_batch(actor=self.user, batch=self.batch, **form.cleaned_data)
        except ImportRefused as refusal:
            raise as_form_error(refusal) from refusal
        return batch_url(self.batch)


class Undo(FormPage, OfBatch):
    """Take a written import back."""

    form_class = ReasonForm
    is_dangerous = True
    submit = _("撤销这次导入")
    intro = _(
        "恢复导入前的状态：改动的还原，新增的撤销，数值不再使用。"
        "导入后又被别人改动或引用的保留并列出。"
    )

    def prepare(self) -> None:
        self.find()
        require(self.user, self.register.import_permission)
        self.back = batch_url(self.batch)

    def act(self, form: ReasonForm) -> str:
        try:
            start_undo(actor=self.user, batch=self.batch, **form.cleaned_data)
        except ImportRefused as refusal:
            raise as_form_error(refusal) from refusal
        return self.back
