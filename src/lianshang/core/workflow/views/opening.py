"""Opening a duty, and what its clocks will be."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts.queries import offices
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb, Page
from lianshang.core.workflow.actions.duties import open_duty
from lianshang.core.workflow.choices import Urgency
from lianshang.core.workflow.forms.opening import OpeningForm
from lianshang.core.workflow.models import DutyKind, Origin
from lianshang.core.workflow.queries.ahead import clocks_ahead
from lianshang.core.workflow.queries.subjects import Reference, Subject, parsed, subjects_of
from lianshang.core.workflow.requests import request_key
from lianshang.core.workflow.wording import run_in_words


class NewDuty(FormPage):
    """Ask a unit to do something; the address may name what it is about or where it comes from."""

    permission = "duties.open"
    title = _("交办事项")
    form_class = OpeningForm
    submit = _("交办")
    done = _("已交办。")
    template_name = "workflow/opening.html"
    reference: Reference | None = None
    about: Subject | None = None
    origin: Origin | None = None

    def prepare(self) -> None:
        self.back = reverse("workflow:duties")
        if asked := self.request.GET.get("subject"):
            self.reference = parsed(asked)
            known = subjects_of(self.user, [self.reference] if self.reference else [])
            if self.reference not in known:
                raise Http404
            self.about = known[self.reference]
            self.back = self.about.url
        if asked := self.request.GET.get("origin"):
            visible = Origin.objects.visible_to(self.user)
            self.origin = visible.filter(pk=asked).first() if asked.isdecimal() else None
            if self.origin is None:
                raise Http404
            self.back = self.origin.get_absolute_url()

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("事项"), reverse("workflow:duties")),)

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.user, "initial": {"kind": DutyKind.objects.order_by("pk").first()}}

    def show(self, form: Any, status: int = 200) -> HttpResponseBase:
        more = preview_of(form["kind"].value(), form["urgency"].value(), form["close_by"].value())
        return self.answer(form=form, status=status, units=offices(), **more)

    def act(self, form: OpeningForm) -> str:
        told = dict(form.cleaned_data)
        key = request_key(self.user, told.pop("request_key"))
        duty = open_duty(
            actor=self.user, subject=self.reference, origin=self.origin, request_key=key, **told
        )
        return duty.get_absolute_url()


class ClockPreview(Page):
    """The clocks as they would run from now."""

    permission = "duties.open"
    template_name = "workflow/opening_clocks.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.GET
        more = preview_of(asked.get("kind"), asked.get("urgency"), asked.get("close_by"))
        return self.answer(**more)


def preview_of(kind: Any, urgency: Any, close_by: Any) -> dict[str, Any]:
    """The clocks of a kind at a level of urgency; what cannot be read is left out."""
    key = getattr(kind, "pk", kind)
    found = DutyKind.objects.filter(pk=key).first() if str(key or "").isdecimal() else None
    level = urgency if urgency in Urgency.values else Urgency.NORMAL
    runs = clocks_ahead(found, level, close_by=_day(close_by)) if found else ()
    return {"runs": [run_in_words(run, clock.now()) for run in runs]}


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
