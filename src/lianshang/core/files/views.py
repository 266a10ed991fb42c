"""Taking files in and giving them out."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.files.actions import attach, withdraw
from lianshang.core.files.choices import MEDIA_TYPES
from lianshang.core.files.forms import AttachForm
from lianshang.core.files.models import Attachment
from lianshang.core.files.panels import attachment_list
from lianshang.core.files.queries import attachment_for, may_attach, may_withdraw, subject_at
from lianshang.core.ui.access import sign_in_first
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm, take_over

# Whatever a picture holds, it may neither run, load nor send anything.
INLINE_POLICY = "default-src 'none'; sandbox"


class SignedIn(View):
    """Anybody who is signed in; what they see is decided by the subject of the attachment."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return super().dispatch(request, *args, **kwargs)


def _visible(user: Any, pk: int) -> Attachment:
    found = attachment_for(user, pk)
    if found is None:
        raise Http404
    return found


class Download(SignedIn):
    """An attachment, to keep; a picture may be looked at with `?show=1`. Each is logged."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        attachment = _visible(request.user, pk)
        if attachment.is_withdrawn:
            raise Http404
        user: Any = request.user
        record_access(actor=user, kind=AccessKind.EXPORT, subject=attachment)
        inline = attachment.is_shown_inline and request.GET.get("show") == "1"
        return as_file(attachment.read(), attachment.name, attachment.kind, inline=inline)


def as_file(content: bytes, name: str, kind: str, *, inline: bool = False) -> HttpResponse:
    """A file for the browser to keep; nothing in between may store, guess or run it."""
    media = MEDIA_TYPES.get(kind, "application/octet-stream")
    disposition = "inline" if inline else "attachment"
    return HttpResponse(
        content,
        content_type=media,
        headers={
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": INLINE_POLICY,
        },
    )


class Attach(SignedIn):
    """Take a file for a subject; answers with the list where htmx asks, else goes back."""

    def post(self, request: HttpRequest, label: str, pk: int) -> HttpResponseBase:
        user: Any = request.user
        if not may_attach(user, label, pk):
            raise PermissionDenied(_("您不能在此上传附件。"))
        form = AttachForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                subject = subject_at(label, pk)
                attach(actor=user, subject=subject, **form.cleaned_data)
            except ValidationError as error:
                take_over(form, ValidationError({"file": error.messages}))
        kept = form.is_valid()
        if kept and not request.headers.get("HX-Request"):
            return HttpResponseRedirect(_back(request))
        context = attachment_list(request, label, pk, None if kept else form)
        template = "files/list.html" if request.headers.get("HX-Request") else "files/page.html"
        return render(request, template, context, status=200 if kept else 422)


def _back(request: HttpRequest) -> str:
    """Where the form stood, if that is a page of this site."""
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, {request.get_host()}) else "/"


class Withdraw(SignedIn, FormPage):
    """Take one's own attachment out of use."""

    permission = None
    form_class = ReasonForm
    is_dangerous = True
    title = _("撤下附件")
    submit = _("撤下")
    done = _("附件已撤下。")

    def prepare(self) -> None:
        self.attachment = _visible(self.user, self.kwargs["pk"])
        if not may_withdraw(self.user, self.attachment):
            raise PermissionDenied(_("只有上传人可以撤下附件；办理凭证不能撤下。"))
        self.intro = self.attachment.name
        self.back = _next_of(self.request)

    def act(self, form: ReasonForm) -> str:
        withdraw(actor=self.user, attachment=self.attachment, **form.cleaned_data)
        return self.back


def _next_of(request: HttpRequest) -> str:
    there = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(there, {request.get_host()}):
        return there
    return "/"
