"""Recording values: by staff, and by the firm itself."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises import forms
from lianshang.apps.enterprises.actions.checks import supply_fact
from lianshang.apps.enterprises.actions.facts import record_fact
from lianshang.apps.enterprises.choices import Period
from lianshang.apps.enterprises.models import Fact, Quantity
from lianshang.apps.enterprises.queries import register, wording
from lianshang.apps.enterprises.views.one_firm import AboutOneFirm
from lianshang.core.accounts.choices import Role


class PickQuantity(AboutOneFirm):
    """Which quantity to record."""

    permission = "facts.record"
    title = _("补录事实：选数据项")
    form_class = forms.PickQuantityForm
    submit = _("下一步")

    def act(self, form: Any) -> str:
        quantity = form.cleaned_data["quantity"]
        return reverse("enterprises:record", args=[self.firm.pk, quantity.code])


class RecordFact(AboutOneFirm):
    """Record one value with its source and date."""

    permission = "facts.record"
    form_class = forms.RecordFactForm
    done = _("已记入事实台账，政策结果已按新值重算。")
    quantity: Quantity

    def prepare(self) -> None:
        super().prepare()
        self.quantity = get_object_or_404(Quantity, code=self.kwargs["code"], is_retired=False)
        if self.quantity.period == Period.DERIVED:
            raise Http404
        label = wording.quantity_label(self.quantity)
        self.title = _text("补录：%(label)s") % {"label": label}

    def form_arguments(self) -> dict[str, Any]:
        held = register.latest_fact(self.firm, self.quantity)
        return {
            "quantity": self.quantity,
            "sources": register.recording_sources(self.user),
            "held": {"value": self._held(held)} if held else {},
        }

    def _held(self, fact: Fact) -> str:
        year = f"{fact.year} · " if fact.year else ""
        shown = wording.fact_text(fact)
        return format_html("{}{} · {} {}", year, shown, fact.source.name, fact.observed_on)

    def act(self, form: Any) -> str:
        values = {name: value for name, value in form.cleaned_data.items() if name != "money_unit"}
        record_fact(actor=self.user, enterprise=self.firm, quantity=self.quantity, **values)
        return f"{self.back}?tab=policies"


class PickSupply(PickQuantity):
    """A firm: which quantity to supply."""

    permission = "portal.view"
    title = _("补充本企业信息：选数据项")

    def prepare(self) -> None:
        super().prepare()
        self.back = reverse("home:index")

    def act(self, form: Any) -> str:
        quantity = form.cleaned_data["quantity"]
        return reverse("enterprises:supply-one", args=[self.firm.pk, quantity.code])


class SupplyFact(RecordFact):
    """A firm supplies one value itself, with proof; it counts at once, marked until checked."""

    permission = "portal.view"
    form_class = forms.SupplyFactForm
    intro = _("提交后政策结果立即按新值重算，并标注“企业自报，待核”，直到工作人员核实。")
    submit = _("提交")
    done = _("已收到，政策结果已按新值重算；核实前标注“企业自报，待核”。")

    def prepare(self) -> None:
        super().prepare()
        if self.firm.unit_id not in self.user.unit_ids(Role.ENTERPRISE):
            raise Http404
        self.back = reverse("home:index")
        label = wording.quantity_label(self.quantity)
        self.title = _text("补充：%(label)s") % {"label": label}

    def form_arguments(self) -> dict[str, Any]:
        arguments = super().form_arguments()
        year = self.request.GET.get("year", "")
        return {**arguments, "initial": {"year": int(year)}} if year.isdecimal() else arguments

    def act(self, form: Any) -> str:
        values = dict(form.cleaned_data)
        for name in ("money_unit", "declaration"):
            values.pop(name, None)
        supply_fact(actor=self.user, enterprise=self.firm, quantity=self.quantity, **values)
        return self.back
