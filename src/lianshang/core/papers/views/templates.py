"""The templates an office may edit, and the words of its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.files.views import as_file
from lianshang.core.papers.actions.templates import (
    activate_template,
    set_number_word,
    upload_template,
    use_built_in,
)
from lianshang.core.papers.forms import TemplateForm, WordForm
from lianshang.core.papers.kinds import KINDS, PaperKind
from lianshang.core.papers.models import PaperTemplate
from lianshang.core.papers.queries import issuing_units, kind_states
from lianshang.core.papers.views.papers import all_papers
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.pages import Crumb, Page

PERMISSION = "papers.templates"


class TemplatePage(Page):
    """What the pages of templates share."""

    permission = PERMISSION
    kind: PaperKind

    def find_kind(self) -> None:
        """Load the kind that the address names."""
        if self.kwargs["kind"] not in KINDS:
            raise Http404
        self.kind = KINDS[self.kwargs["kind"]]
        self.back = reverse("papers:templates")

    def crumbs(self) -> Sequence[Crumb]:
        return (all_papers(), Crumb(_("文书模板"), reverse("papers:templates")))


class TemplateList(TemplatePage):
    """Each kind: the template in use, the versions before, the placeholders."""

    title = _("文书模板")
    template_name = "papers/templates.html"

    def crumbs(self) -> Sequence[Crumb]:
        return (all_papers(),)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.answer(states=kind_states())


class DownloadTemplate(TemplatePage):
    """A version; 0 is the built-in one, sized for the user's own office."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.find_kind()
        version = kwargs["version"]
        if version == 0:
            units = issuing_units(self.user)
            content = self.kind.built_in(units[0].name if units else self.kind.sample().office)
        else:
            found = get_object_or_404(PaperTemplate, kind=self.kind.name, version=version)
            content = found.read()
        return as_file(content, f"{self.kind.label} v{version}.docx", "docx")


class UploadTemplate(FormPage, TemplatePage):
    """Upload an edited template: it is checked and tried before it counts."""

    form_class = TemplateForm
    submit = _("检查并启用")
    intro = _("上传后先检查占位符并试填一份；有问题会指出在哪一段，原模板继续使用。")
    done = _("模板已启用，从下一份文书起使用。")

    def prepare(self) -> None:
        self.find_kind()
        self.title = _("上传%s模板") % self.kind.label

    def act(self, form: TemplateForm) -> str:
        upload_template(actor=self.user, kind=self.kind.name, **form.cleaned_data)
        return self.back


class ActivateTemplate(FormPage, TemplatePage):
    """Go back to another version; 0 is the built-in one."""

    form_class = ReasonForm
    submit = _("启用")
    done = _("模板已更换，从下一份文书起使用。")

    def prepare(self) -> None:
        self.find_kind()
        version = self.kwargs["version"]
        self.found = None
        if version:
            self.found = get_object_or_404(PaperTemplate, kind=self.kind.name, version=version)
        given = {"kind": self.kind.label, "version": version}
        self.title = _("启用%(kind)s模板 v%(version)s") % given

    def act(self, form: ReasonForm) -> str:
        given = form.cleaned_data
        if self.found:
            activate_template(actor=self.user, template=self.found, **given)
        else:
            use_built_in(actor=self.user, kind=self.kind.name, **given)
        return self.back


class SetWord(FormPage, TemplatePage):
    """The word that begins an office's numbers of a kind."""

    form_class = WordForm
    done = _("代字已保存，从下一份文书起使用。")

    def prepare(self) -> None:
        self.find_kind()
        self.title = _("%s的发文机关代字") % self.kind.label
        self.units = issuing_units(self.user)

    def form_arguments(self) -> dict[str, Any]:
        return {"units": [(unit.pk, unit.name) for unit in self.units]}

    def act(self, form: WordForm) -> str:
        given = form.cleaned_data
        unit = next(one for one in self.units if str(one.pk) == given["unit"])
        set_number_word(actor=self.user, unit=unit, kind=self.kind.name, word=given["word"])
        return self.back
