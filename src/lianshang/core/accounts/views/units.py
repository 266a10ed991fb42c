"""Units: departments, organisations, operators, banks; enterprises come with the register."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts import actions, queries
from lianshang.core.accounts.choices import UnitKind
from lianshang.core.accounts.forms import ChangeUnitForm, UnitForm
from lianshang.core.accounts.models import Unit
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter, YesNoFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, PageLink, Text
from lianshang.core.ui.states import active_badge


def all_units() -> Crumb:
    return Crumb(_("单位"), reverse("accounts:units"))


class UnitList(RegisterList):
    """Whatever can own a duty, receive a notice and have users."""

    permission = "accounts.units"
    title = _("单位")
    counter = _("个单位")
    columns = (
        Column("name", _("名称"), sort="name"),
        Column("kind", _("类别"), value=Unit.get_kind_display, sort="kind"),
        Column("parent.name", _("上级")),
        Column("is_active", _("状态"), display=active_badge),
    )
    filters = (
        ChoiceFilter("kind", _("类别"), choices=UnitKind.choices),
        YesNoFilter("active", _("在用"), path="is_active"),
    )
    search_fields = ("name",)
    export_permission = "accounts.units"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.units_visible_to(self.user).select_related("parent")

    def row_url(self, row: Unit) -> str | None:
        if row.kind == UnitKind.ENTERPRISE:  # changed with the enterprise itself
            return None
        return reverse("accounts:unit", args=[row.pk])

    def links(self) -> Sequence[PageLink]:
        return (PageLink(_("新增单位"), reverse("accounts:unit-new"), primary=True),)


class NewUnit(FormPage):
    """Add a unit."""

    permission = "accounts.units"
    title: Text = _("新增单位")
    form_class = UnitForm
    done = _("单位已新增。")

    def prepare(self) -> None:
        self.back = reverse("accounts:units")

    def crumbs(self) -> Sequence[Crumb]:
        return (all_units(),)

    def act(self, form: UnitForm) -> str:
        actions.create_unit(actor=self.user, **form.cleaned_data)
        return self.back


class ChangeUnit(NewUnit):
    """Rename, move or close a unit."""

    form_class = ChangeUnitForm
    done = _("单位已修改。")
    unit: Unit

    def prepare(self) -> None:
        super().prepare()
        units = Unit.objects.exclude(kind=UnitKind.ENTERPRISE)
        self.unit = get_object_or_404(units, pk=self.kwargs["pk"])
        self.title = self.unit.name

    def form_arguments(self) -> dict[str, Any]:
        # A copy: validating a ModelForm writes into its instance before the action has agreed.
        return {"instance": Unit.objects.get(pk=self.unit.pk)}

    def act(self, form: UnitForm) -> str:
        actions.change_unit(actor=self.user, unit=self.unit, **form.cleaned_data)
        return self.back
