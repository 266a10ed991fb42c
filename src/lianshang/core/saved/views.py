"""Keeping and dropping lists."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from lianshang.core.saved import actions
from lianshang.core.saved.forms import SaveForm
from lianshang.core.saved.models import SavedList
from lianshang.core.ui import forms
from lianshang.core.ui.form_pages import FormPage


class Save(FormPage):
    """Keep the list that was open."""

    permission = "saved.use"
    title = _("保存这个列表")
    form_class = SaveForm
    done = _("列表已保存。")

    def form_arguments(self) -> dict[str, Any]:
        asked = self.request.GET
        return {"initial": {"path": asked.get("path", ""), "query": asked.get("query", "")}}

    def act(self, form: SaveForm) -> str:
        return actions.save_list(actor=self.user, **form.cleaned_data).get_absolute_url()


class Drop(FormPage):
    """Forget a list."""

    permission = "saved.use"
    title = _("删除保存的列表")
    form_class = forms.Form
    submit = _("删除")
    is_dangerous = True
    done = _("已删除。")
    kwargs: dict[str, Any]

    def prepare(self) -> None:
        self.saved = get_object_or_404(SavedList, pk=self.kwargs["pk"], user=self.user)
        self.intro = _("“%(name)s”不再保留；列表里的内容不受影响。") % {"name": self.saved.name}
        self.back = self.saved.get_absolute_url()

    def act(self, form: forms.Form) -> str:
        back = self.saved.path
        actions.drop_list(actor=self.user, saved=self.saved)
        return back
