"""What firms supplied themselves, waiting for somebody to check it."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianshang.apps.enterprises import forms
from lianshang.apps.enterprises.actions.checks import PROOF, check_fact, confirm_facts
from lianshang.apps.enterprises.models import Fact
from lianshang.apps.enterprises.queries import wording
from lianshang.apps.enterprises.queries.checks import to_check
from lianshang.core.files.queries import attachments_of
from lianshang.core.ui.columns import Column
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page


class CheckList(RegisterList):
    """Values to check; several can be confirmed together, one refused at a time."""

    permission = "facts.check"
    title = _("待核的自报信息")
    counter = _("个值")
    columns = (
        Column("enterprise.name", _("企业"), sort="enterprise__name_key"),
        Column("quantity", _("数据项"), value=lambda fact: wording.quantity_label(fact.quantity),
               note=lambda fact: fact.year or ""),
        Column("value", _("数值"), value=wording.fact_text, numeric=True),
        Column("observed_on", _("数据日期"), sort="observed_on", note=lambda fact: fact.note),
        Column("recorded_at", _("提交时间"), sort="recorded_at",
               note=lambda fact: fact.recorded_by.name if fact.recorded_by else ""),
    )  # fmt: skip
    search_fields = ("enterprise__name", "quantity__label")
    default_sort = "recorded_at"
    empty_title = _("没有待核的信息")
    empty_text = _("企业自行补充的信息会列在这里，核实后不再标注“待核”。")
    template_name = "enterprises/checks.html"
    table_template = "enterprises/checks_table.html"

    def get_queryset(self) -> QuerySet[Fact]:
        return to_check(self.user)

    def row_url(self, row: Fact) -> str:
        return reverse("enterprises:check", args=[row.pk])

    def table(self) -> dict[str, Any]:
        """With the keys of the rows, for the boxes before them."""
        table = super().table()
        keys = [row.pk for row in table["page"].object_list]
        return {**table, "keyed": list(zip(keys, table["rows"], strict=True))}


class ConfirmChosen(Page):
    """Confirm the values whose boxes were ticked."""

    permission = "facts.check"

    def post(self, request: HttpRequest) -> HttpResponseBase:
        chosen = [key for key in request.POST.getlist("fact") if key.isdecimal()]
        facts = list(to_check(self.user).filter(pk__in=chosen))
        if not facts:
            messages.error(request, _text("请先勾选要核实的值。"))
        else:
            try:
                done = confirm_facts(actor=self.user, facts=facts)
            except ValidationError as error:
                messages.error(request, error.messages[0])
            else:
                text = ngettext("已核实 %(n)s 个值。", "已核实 %(n)s 个值。", done)
                messages.success(request, text % {"n": done})
        return HttpResponseRedirect(reverse("enterprises:checks"))


class CheckFact(FormPage):
    """One value with its proof: confirm it, or refuse it with the reason."""

    permission = "facts.check"
    title = _("核实自报信息")
    form_class = forms.CheckFactForm
    submit = _("提交核实结果")
    done = _("核实结果已记录，并已告知企业。")
    template_name = "enterprises/check.html"
    fact: Fact

    def prepare(self) -> None:
        self.fact = get_object_or_404(to_check(self.user), pk=self.kwargs["pk"])
        self.back = reverse("enterprises:checks")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("待核的自报信息"), self.back),)

    def context(self) -> dict[str, Any]:
        return {
            **super().context(),
            "fact": self.fact,
            "label": wording.quantity_label(self.fact.quantity),
            "note": wording.quantity_note(self.fact.quantity),
            "value": wording.fact_text(self.fact),
            "proofs": attachments_of(self.fact, PROOF),
        }

    def act(self, form: Any) -> str:
        check_fact(actor=self.user, fact=self.fact, **form.cleaned_data)
        return self.back
