"""Doing something with a duty, or with many."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.queries import offices
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb
from lianshang.core.workflow.actions.duties import act_on_all
from lianshang.core.workflow.actions.proofs import act_with_files
from lianshang.core.workflow.choices import Act, Need
from lianshang.core.workflow.flows import Transition
from lianshang.core.workflow.forms.acts import ActForm
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries.reading import duties_in_full
from lianshang.core.workflow.queries.rights import possible
from lianshang.core.workflow.requests import request_key

DANGEROUS = {Act.CANCEL}
PART = "next-act"  # where the page of a duty puts the form


class UnitNames(FormPage):
    """A form that may ask for a unit."""

    form_class = ActForm

    def show(self, form: Any, status: int = 200) -> HttpResponseBase:
        asks = "unit" in form.fields
        return self.answer(form=form, status=status, units=offices() if asks else [])


class ActPage(UnitNames):
    """One act with one duty: a page of its own, or a part of the duty's page."""

    permission = "duties.view"
    template_name = "workflow/act.html"
    duty: Duty
    row: Transition

    def prepare(self) -> None:
        visible = duties_in_full(Duty.objects.visible_to(self.user))
        self.duty = get_object_or_404(visible, pk=self.kwargs["pk"])
        rows = [one for one in self.duty.kind.table.rows if one.act == self.kwargs["act"]]
        if not rows or self.kwargs["act"] == Act.ESCALATE:
            raise Http404
        self.row = next((one for one in rows if self.duty.state in one.states), rows[0])
        self.title = self.submit = self.row.name
        self.intro = self.duty.title
        self.back = self.duty.get_absolute_url()
        self.is_dangerous = self.row.act in DANGEROUS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        if self.row not in possible(self.user, self.duty):
            words = {"act": self.row.name, "state": self.duty.state_label}
            text = _now("现在是“%(state)s”，您不能%(act)s。下面是最新状态。") % words
            messages.warning(request, text)
            return self.leave()
        return self.show(ActForm(**self.form_arguments()))

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("事项"), reverse("workflow:duties")), Crumb(self.duty.title, self.back))

    @property
    def is_part(self) -> bool:
        return self.request.headers.get("HX-Target") == PART

    def form_arguments(self) -> dict[str, Any]:
        return {"needs": self.row.needs}

    def act(self, form: ActForm) -> HttpResponseBase:
        try:
            act_with_files(
                actor=self.user,
                duty=self.duty,
                act=self.row.act,
                reason=form.cleaned_data["reason"],
                details=form.details(),
                files=form.cleaned_data["files"],
                request_key=request_key(self.user, form.cleaned_data["request_key"]),
            )
        except PermissionDenied as refusal:
            raise ValidationError(str(refusal)) from refusal
        messages.success(self.request, _now("已办：%s。") % self.row.name)
        return self.leave()

    def leave(self) -> HttpResponseBase:
        """Back to the duty; a part of a page asks the browser to go there as a whole."""
        if self.is_part:
            return HttpResponse(headers={"HX-Redirect": self.back})
        return HttpResponseRedirect(self.back)

    def answer(self, template: str | None = None, status: int = 200, **more: Any) -> HttpResponse:
        part = "workflow/act_form.html" if self.is_part else None
        return super().answer(template or part, status, **more)


class ActOnMany(UnitNames):
    """The same act with several duties: what it needs once, then what became of each."""

    permission = "duties.view"
    template_name = "workflow/acts.html"
    duties: list[Duty]
    act_name: str

    def prepare(self) -> None:
        self.act_name = self.request.GET.get("act", "")
        keys = [key for key in self.request.GET.getlist("duty") if key.isdecimal()]
        visible = duties_in_full(Duty.objects.visible_to(self.user))
        self.duties = list(visible.filter(pk__in=keys[:200]).order_by("pk"))
        if self.act_name not in Act.values or self.act_name == Act.ESCALATE:
            raise Http404
        self.title = _("批量%s") % Act(self.act_name).label
        self.submit = Act(self.act_name).label
        self.back = reverse("workflow:duties")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("事项"), self.back),)

    def form_arguments(self) -> dict[str, Any]:
        return {"needs": self.needs(), "takes_files": False}

    def needs(self) -> set[Need]:
        """All that the act needs in one or another of the flows."""
        rows = [one for duty in self.duties for one in duty.kind.table.rows]
        return {need for one in rows if one.act == self.act_name for need in one.needs}

    def act(self, form: ActForm) -> HttpResponseBase:
        outcomes = act_on_all(
            actor=self.user,
            duties=self.duties,
            act=self.act_name,
            reason=form.cleaned_data["reason"],
            details=form.details(),
            request_key=request_key(self.user, form.cleaned_data["request_key"]),
        )
        refused = [one for one in outcomes if one.refused]
        done = [one for one in outcomes if not one.refused]
        return self.answer("workflow/acts_done.html", done=done, refused=refused)
