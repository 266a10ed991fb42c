"""The register of organisations, one of them, and the trees they stand in."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.party.actions.organizations import (
    end_organization,
    found_organization,
    hold_post,
    leave_post,
    place_organization,
)
from lianshang.apps.party.choices import Nature, OrganizationKind
from lianshang.apps.party.forms import EndForm, OrganizationForm, PlaceForm, PostForm
from lianshang.apps.party.models import PartyOrganization, PostHolding, Tree
from lianshang.apps.party.queries.organizations import tree_on, units_covered
from lianshang.core import clock
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink

REGISTER = gettext_lazy("党建")


class OrganizationList(RegisterList):
    """Every organisation of today."""

    permission = "party.view"
    title = gettext_lazy("党组织与群团组织")
    counter = gettext_lazy("个组织")
    search_fields = ("unit__name", "founding_document")
    default_sort = "name"
    export_permission = "party.view"
    empty_title = gettext_lazy("还没有登记组织")
    empty_text = gettext_lazy("由党建工作人员逐个登记，并确定在各体系中的隶属。")
    columns = (
        Column("name", gettext_lazy("名称"), value=str, sort="unit__name",
               note=lambda one: one.founding_document),
        Column("kind", gettext_lazy("类别"), value=PartyOrganization.get_kind_display,
               sort="kind"),
        Column("nature", gettext_lazy("性质"), value=PartyOrganization.get_nature_display),
        Column("units", gettext_lazy("覆盖单位"), value=lambda one: one.units, numeric=True),
        Column("park.name", gettext_lazy("园区"), sort="park__name"),
        Column("founded_on", gettext_lazy("成立"), sort="founded_on"),
        Column("term_ends_on", gettext_lazy("任期至"), sort="term_ends_on"),
    )  # fmt: skip
    filters = (
        ChoiceFilter("kind", gettext_lazy("类别"), choices=OrganizationKind.choices),
        ChoiceFilter("nature", gettext_lazy("性质"), choices=Nature.choices),
    )

    def get_queryset(self) -> QuerySet[Any]:
        rows = PartyOrganization.objects.visible_to(self.user).existing(clock.today())
        return rows.select_related("unit", "park")

    def prepare(self, rows: Sequence[Any]) -> None:
        units = units_covered(clock.today())
        for row in rows:
            row.units = units.get(row.pk, 0)

    def links(self) -> Sequence[PageLink]:
        trees = [
            PageLink(str(tree), reverse("party:tree", args=[tree.pk]))
            for tree in Tree.objects.all()
        ]
        new = PageLink(_("登记组织"), reverse("party:found"), "party.manage", primary=True)
        return (*trees, new)


class OrganizationPage(DetailPage):
    """One organisation: where it stands, who holds its posts, whom it covers."""

    permission = "party.view"
    place = "party.organization"

    def get_queryset(self) -> QuerySet[PartyOrganization]:
        return PartyOrganization.objects.visible_to(self.user).select_related("unit", "park")

    def facts(self) -> Sequence[Any]:
        one: PartyOrganization = self.subject
        told = [one.get_kind_display(), one.get_nature_display(), str(one.park or "")]
        return [part for part in told if part]

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(REGISTER, reverse("party:organizations")),)

    def links(self) -> Sequence[PageLink]:
        key = [self.subject.pk]
        return (
            PageLink(_("任职"), reverse("party:hold", args=key), "party.manage", primary=True),
            PageLink(_("确定隶属"), reverse("party:place", args=key), "party.manage"),
            PageLink(_("撤销组织"), reverse("party:end", args=key), "party.manage"),
        )


class TreePage(Page):
    """A tree from top to bottom, as it stood on a day."""

    permission = "party.view"
    template_name = "party/tree.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        tree = get_object_or_404(Tree, pk=pk)
        self.title = str(tree)
        return self.answer(tops=tree_on(tree, clock.today()), tree=tree)

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(REGISTER, reverse("party:organizations")),)


class FoundOrganization(FormPage):
    """Register an organisation, and where it stands."""

    permission = "party.manage"
    title = gettext_lazy("登记组织")
    submit = gettext_lazy("登记")
    form_class = OrganizationForm

    def act(self, form: Any) -> str:
        given = dict(form.cleaned_data)
        tree, parent = given.pop("tree"), given.pop("parent")
        one = found_organization(actor=self.user, **given)
        if tree:
            place_organization(
                actor=self.user, organization=one, tree=tree, parent=parent, since=one.founded_on
            )
        self.done = _("已登记。")
        return one.get_absolute_url()

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(REGISTER, reverse("party:organizations")),)


class AboutOneOrganization(FormPage):
    """A form page about one organisation."""

    permission = "party.manage"
    organization: PartyOrganization

    def prepare(self) -> None:
        rows = PartyOrganization.objects.visible_to(self.user)
        self.organization = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.back = self.organization.get_absolute_url()

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(REGISTER, reverse("party:organizations")),
            Crumb(str(self.organization), self.back),
        )


class PlaceOrganization(AboutOneOrganization):
    """Put it under another in a tree."""

    title = gettext_lazy("确定隶属")
    form_class = PlaceForm

    def act(self, form: Any) -> str:
        place_organization(actor=self.user, organization=self.organization, **form.cleaned_data)
        return self.back


class HoldPost(AboutOneOrganization):
    """Somebody takes a post."""

    title = gettext_lazy("任职")
    form_class = PostForm

    def act(self, form: Any) -> str:
        hold_post(actor=self.user, organization=self.organization, **form.cleaned_data)
        return self.back


class LeavePost(AboutOneOrganization):
    """Somebody leaves a post."""

    title = gettext_lazy("离任")
    form_class = EndForm

    def act(self, form: Any) -> str:
        held = PostHolding.objects.filter(post__organization=self.organization)
        holding = get_object_or_404(held, pk=self.kwargs["holding"])
        leave_post(actor=self.user, holding=holding, **form.cleaned_data)
        return self.back


class EndOrganization(AboutOneOrganization):
    """End it, and what it covers."""

    title = gettext_lazy("撤销组织")
    submit = gettext_lazy("撤销")
    is_dangerous = True
    form_class = EndForm

    def act(self, form: Any) -> str:
        end_organization(actor=self.user, organization=self.organization, **form.cleaned_data)
        return reverse("party:organizations")
