"""A page whose form is followed by rows that each become a duty."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui.forms import take_over
from lianshang.core.ui.pages import Page
from lianshang.core.workflow.actions.origins import RowRefused
from lianshang.core.workflow.forms.origins import Options, Rows, as_typed


class WithRows(Page):
    """A page whose form is followed by rows that become duties."""

    permission = "duties.open"
    template_name = "workflow/origin_form.html"
    form_class: Any
    offered: Options
    rows: Rows
    rows_title: Any
    done: Any = _("已登记，事项已交办。")

    def form_arguments(self) -> dict[str, Any]:
        return {}

    def prepare(self) -> None:
        """Load what the address names, and set `offered`."""

    def act(self, form: Any, rows: Any) -> str:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        return self.show(self.form_class(**self.form_arguments()), Rows(self.offered))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        form = self.form_class(**self.form_arguments(), data=request.POST)
        rows = Rows(self.offered, request.POST)
        if "more" in request.POST:
            typed = self.form_class(**self.form_arguments(), initial=as_typed(form))
            return self.show(typed, rows.grown())
        if not all([form.is_valid(), rows.is_valid()]):
            return self.show(form, rows, status=422)
        try:
            url = self.act(form, [one.row() for one in rows.filled])
        except RowRefused as refused:
            take_over(rows.filled[refused.number], refused)
        except ValidationError as error:
            take_over(form, error)
        else:
            messages.success(request, str(self.done))
            return HttpResponseRedirect(url)
        return self.show(form, rows, status=422)

    def show(self, form: Any, rows: Rows, status: int = 200) -> HttpResponseBase:
        return self.answer(form=form, rows=rows, status=status)
