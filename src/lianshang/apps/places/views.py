"""The parks of the zone."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.places import actions
from lianshang.apps.places.choices import ParkKind
from lianshang.apps.places.forms import ParkForm
from lianshang.apps.places.models import Park
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, PageLink, Text


class ParkList(RegisterList):
    """Parks, streets and clusters of buildings."""

    permission = "places.view"
    title = _("园区")
    counter = _("个园区")
    columns = (
        Column("name", _("名称"), sort="name"),
        Column("kind", _("类别"), value=Park.get_kind_display, sort="kind"),
        Column("operator.name", _("运营方"), sort="operator__name"),
        Column("aliases", _("别名"), value=lambda park: "、".join(park.aliases)),
    )
    filters = (ChoiceFilter("kind", _("类别"), choices=ParkKind.choices),)
    search_fields = ("name", "operator__name")
    export_permission = "places.view"
    empty_text = _("由系统管理员新增；企业登记表里的园区名称据此识别。")

    def get_queryset(self) -> QuerySet[Any]:
        return Park.objects.visible_to(self.user).select_related("operator")

    def row_url(self, row: Park) -> str | None:
        return reverse("places:park", args=[row.pk]) if self.user.may("places.manage") else None

    def links(self) -> Sequence[PageLink]:
        new = reverse("places:park-new")
        return (PageLink(_("新增园区"), new, "places.manage", primary=True),)


class NewPark(FormPage):
    """Add a park."""

    permission = "places.manage"
    title: Text = _("新增园区")
    form_class = ParkForm
    done = _("园区已保存。")
    park: Park | None = None

    def prepare(self) -> None:
        self.back = reverse("places:parks")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("园区"), reverse("places:parks")),)

    def act(self, form: ParkForm) -> str:
        actions.save_park(actor=self.user, park=self.park, **form.cleaned_data)
        return self.back


class ChangePark(NewPark):
    """Change a park."""

    def prepare(self) -> None:
        super().prepare()
        visible = Park.objects.visible_to(self.user)
        self.park = get_object_or_404(visible, pk=self.kwargs["pk"])
        self.title = self.park.name

    def form_arguments(self) -> dict[str, Any]:
        # A copy: validating a ModelForm writes into its instance before the action has agreed.
        return {"instance": Park.objects.get(pk=self.kwargs["pk"])}
