"""The catalogue of quantities, and values that contradict each other."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises import forms
from lianshang.apps.enterprises.actions.catalogue import change_source
from lianshang.apps.enterprises.choices import Period
from lianshang.apps.enterprises.models import Enterprise, Fact, Quantity, Source
from lianshang.apps.enterprises.queries import wording
from lianshang.apps.enterprises.queries.ledger import conflicting
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb


class QuantityList(RegisterList):
    """The catalogue: what every quantity means, exactly."""

    permission = "catalogue.view"
    title = _("数据口径")
    counter = _("项")
    columns = (
        Column("label", _("数据项"), value=wording.quantity_label, sort="label",
               note=wording.quantity_note),
        Column("code", _("代码"), sort="code"),
        Column("unit", _("单位"), value=lambda one: "" if one.unit == "1" else one.unit),
        Column("value_type", _("类型"), value=Quantity.get_value_type_display),
        Column("period", _("时间口径"), value=Quantity.get_period_display),
        Column("owner", _("主管"), value=lambda one: one.definition.get("owner", "")),
    )  # fmt: skip
    filters = (ChoiceFilter("period", _("时间口径"), choices=Period.choices),)
    search_fields = ("label", "label_en", "code")
    default_sort = "code"

    def get_queryset(self) -> QuerySet[Quantity]:
        return Quantity.objects.filter(is_retired=False)

    def row_url(self, row: Quantity) -> None:
        return None


class ConflictList(RegisterList):
    """Values that another source contradicts."""

    permission = "facts.record"
    title = _("来源冲突")
    counter = _("个值")
    columns = (
        Column("enterprise.name", _("企业"), sort="enterprise__name_key"),
        Column("quantity", _("数据项"), value=lambda fact: wording.quantity_label(fact.quantity),
               note=lambda fact: fact.year or ""),
        Column("value", _("数值"), value=wording.fact_text, numeric=True),
        Column("source.name", _("来源"), note=lambda fact: f"{fact.observed_on}"),
    )  # fmt: skip
    search_fields = ("enterprise__name", "quantity__label")
    empty_title = _("没有冲突")
    empty_text = _("同一数据项的各来源数值一致。")

    def get_queryset(self) -> QuerySet[Fact]:
        visible = Enterprise.objects.visible_to(self.user)
        return conflicting(visible).select_related("enterprise")

    def row_url(self, row: Fact) -> str:
        return f"{reverse('enterprises:detail', args=[row.enterprise_id])}?tab=facts"


class SourceList(RegisterList):
    """Where values come from, in the order in which they win."""

    permission = "catalogue.view"
    title = _("数据来源")
    counter = _("个来源")
    columns = (
        Column("name", _("来源"), sort="name", note=lambda one: one.legal_basis),
        Column("rank", _("优先级"), sort="rank", numeric=True),
        Column("kind", _("类别"), value=Source.get_kind_display),
        Column("owner.name", _("主管单位")),
        Column("uses", _("允许用途"), value=wording.uses_text),
    )
    default_sort = "rank"

    def get_queryset(self) -> QuerySet[Source]:
        return Source.objects.select_related("owner")

    def row_url(self, row: Source) -> str | None:
        if not self.user.may("sources.manage"):
            return None
        return reverse("enterprises:source", args=[row.pk])


class ChangeSource(FormPage):
    """Owner, precedence and lawful uses of a source."""

    permission = "sources.manage"
    form_class = forms.SourceForm
    done = _("来源已更新；下次评估起按新规则采用。")
    source: Source

    def prepare(self) -> None:
        self.source = get_object_or_404(Source, pk=self.kwargs["pk"])
        self.title = self.source.name
        self.back = reverse("enterprises:sources")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("数据来源"), self.back),)

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.source}

    def act(self, form: Any) -> str:
        change_source(
            actor=self.user,
            source=Source.objects.get(pk=self.source.pk),
            reason=form.cleaned_data.pop("reason"),
            changes=form.cleaned_data,
        )
        return self.back
