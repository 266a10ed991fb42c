"""Pages with a form: it is checked, an action is called, its refusal is shown in the form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui.forms import take_over
from lianshang.core.ui.pages import Page


class FormPage(Page):
    """A form and the action behind it: give `permission`, `title`, `form_class`, `act()`.

    `act(form)` calls an action and returns where to go (an address), or a whole response. A
    ValidationError of the action is shown in the form. `prepare()` loads what the address names.
    """

    form_class: ClassVar[type[BaseForm]]
    intro: str | Promise = ""
    submit: str | Promise = _("保存")
    is_dangerous = False
    done: str | Promise = ""  # said after success
    back: str = ""  # where the cancel link leads
    template_name = "ui/form_page.html"

    def prepare(self) -> None:
        """Load what the address names, or raise Http404."""

    def form_arguments(self) -> dict[str, Any]:
        """Arguments of the form beside its data: initial, held, instance."""
        return {}

    def act(self, form: Any) -> str | HttpResponseBase:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        return self.show(self.form_class(**self.form_arguments()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.prepare()
        form = self.form_class(
            **self.form_arguments(), data=request.POST, files=request.FILES or None
        )
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            outcome = self.act(form)
        except ValidationError as error:
            take_over(form, error)
            return self.show(form, status=422)
        if not isinstance(outcome, str):
            return outcome
        if self.done:
            messages.success(request, str(self.done))
        return HttpResponseRedirect(outcome)

    def show(self, form: BaseForm, status: int = 200) -> HttpResponseBase:
        return self.answer(form=form, status=status)


@dataclass(frozen=True)
class Step:
    """A step of a wizard; `state` is "done", "current" or ""."""

    label: str | Promise
    state: str = ""


class WizardStep(FormPage):
    """One page of several: its form, and the line that shows where one is.

    Nothing is kept on the server between pages: each step's action stores what it has.
    """

    step_labels: ClassVar[Sequence[str | Promise]]
    step = 0  # the index of this page in them
    submit = _("下一步")
    template_name = "ui/wizard_step.html"

    def context(self) -> dict[str, Any]:
        states = ["done"] * self.step + ["current"]
        states += [""] * (len(self.step_labels) - len(states))
        steps = [Step(*pair) for pair in zip(self.step_labels, states, strict=True)]
        return {**super().context(), "steps": steps}
