"""The register: list, one firm, correction, contact."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises import forms
from lianshang.apps.enterprises.actions.register import (
    assign_officer,
    correct_enterprise,
    release_officer,
)
from lianshang.apps.enterprises.choices import ActorKind, ActorStatus
from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries import register, wording
from lianshang.apps.enterprises.queries.fact_rows import fact_rows
from lianshang.apps.enterprises.queries.ledger import ledger
from lianshang.apps.enterprises.views.one_firm import AboutOneFirm
from lianshang.core import clock
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.consent.choices import Use
from lianshang.core.privacy import shown
from lianshang.core.search.queries import keys_matching
from lianshang.core.ui.access import permitted
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter, DayFilter
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.ui.states import badges

STATUS_TONES = {ActorStatus.OPERATING: "met", ActorStatus.SUSPENDED: "unknown"}


class EnterpriseList(RegisterList):
    """The enterprises this user may see."""

    permission = "enterprises.view"
    title = _("企业")
    counter = _("家")
    columns = (
        Column("name", _("名称"), sort="name_key", note=lambda firm: firm.credit_code),
        Column("industry", _("行业"), value=lambda firm: wording.industry_text(firm.industry_code)),
        Column("park.name", _("园区"), sort="park__name"),
        Column("kind", _("类型"), value=Enterprise.get_kind_display),
        Column("registered_on", _("成立日期"), sort="registered_on"),
        Column("status", _("登记状态"), display=badges(ActorStatus, STATUS_TONES)),
    )
    filters = (
        ChoiceFilter("park", _("园区"), choices=register.parks_for),
        ChoiceFilter("section", _("行业门类"), choices=register.sections(), by=register.in_section),
        ChoiceFilter("kind", _("类型"), choices=ActorKind.choices),
        ChoiceFilter("status", _("登记状态"), choices=ActorStatus.choices),
        ChoiceFilter(
            "served",
            _("服务专员"),
            choices=[("some", _("已安排")), ("none", _("未安排"))],
            by=register.served_by,
        ),
        DayFilter("registered", _("成立日期"), path="registered_on"),
    )
    search_fields = ("name",)
    search_hint = _("名称、曾用名或信用代码")
    default_sort = "name"
    export_permission = "enterprises.export"
    empty_title = _("还没有您可以查看的企业")
    empty_text = _("导入企业名录，或请部门工作人员把企业分给您服务。")

    def get_queryset(self) -> QuerySet[Enterprise]:
        return Enterprise.objects.visible_to(self.user).select_related("park")

    def links(self) -> Sequence[PageLink]:
        taken_out = reverse("imports:export", args=["enterprises"])
        return (
            PageLink(_("导出登记表"), taken_out, "enterprises.export"),
            PageLink(_("导入"), reverse("imports:batches"), "enterprises.import", primary=True),
        )

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        return rows.filter(pk__in=keys_matching("enterprises.enterprise", words))

    def row_url(self, row: Enterprise) -> str:
        return reverse("enterprises:detail", args=[row.pk])


class EnterpriseDetail(DetailPage):
    """一企一档: one firm, with what every app has to say about it."""

    permission = "enterprises.view"
    place = "enterprises.detail"

    def get_queryset(self) -> QuerySet[Enterprise]:
        return Enterprise.objects.visible_to(self.user).select_related("park", "unit")

    def opened(self) -> None:
        record_access(
            actor=self.user, kind=AccessKind.DETAIL, subject=self.subject, purpose=_text("服务企业")
        )

    def facts(self) -> Sequence[Any]:
        firm = self.subject
        founded = firm.registered_on and _text("成立 %(day)s") % {"day": firm.registered_on}
        parts = (firm.credit_code, wording.industry_text(firm.industry_code), firm.park, founded)
        return [part for part in parts if part]

    def tags(self) -> Sequence[Any]:
        titles = [
            wording.quantity_label(fact.quantity) for fact in register.titles_of(self.subject)
        ]
        return [self.subject.get_status_display(), *titles]

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("企业"), reverse("enterprises:list")),)

    def links(self) -> Sequence[PageLink]:
        key = self.subject.pk
        return (
            PageLink(
                _("更正登记"), reverse("enterprises:correct", args=[key]), "enterprises.change"
            ),
            PageLink(_("补录事实"), reverse("enterprises:pick", args=[key]), "facts.record", True),
        )


class CorrectEnterprise(AboutOneFirm):
    """Correct what the register says."""

    permission = "enterprises.change"
    title = _("更正登记")
    form_class = forms.CorrectionForm
    done = _("已更正，变更记录可在“变更”栏查看。")

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.firm}

    def act(self, form: Any) -> str:
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "reason"}
        correct_enterprise(
            actor=self.user,
            enterprise=Enterprise.objects.get(pk=self.firm.pk),
            changes=changes,
            reason=form.cleaned_data["reason"],
        )
        return self.back


@permitted("enterprises.view")
def reveal_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The contact in clear, for those who serve the firm; the access log has it first."""
    firm = get_object_or_404(Enterprise.objects.visible_to(request.user), pk=pk)  # type: ignore[arg-type]  # signed in
    if not register.may_reveal_contact(request.user, firm):  # type: ignore[arg-type]  # signed in
        raise Http404
    record_access(
        actor=request.user,  # type: ignore[arg-type]  # signed in
        kind=AccessKind.REVEAL,
        subject=firm,
        purpose=_text("联系企业"),
    )
    contact = {name: shown(firm, name, reveal=True) for name in ("contact_name", "contact_phone")}
    return render(request, "enterprises/contact.html", contact)


class AssignOfficer(AboutOneFirm):
    """Let an officer serve the firm."""

    permission = "officers.assign"
    title = _("安排服务专员")
    form_class = forms.OfficerForm
    done = _("已安排，专员即可看到该企业。")

    def act(self, form: Any) -> str:
        assign_officer(actor=self.user, enterprise=self.firm, **form.cleaned_data)
        return self.back


class ReleaseOfficer(AboutOneFirm):
    """End a service relation."""

    permission = "officers.assign"
    title = _("结束服务关系")
    submit = _("结束")
    is_dangerous = True
    form_class = ReasonForm

    def act(self, form: Any) -> str:
        serving = get_object_or_404(self.firm.officers.in_force(), pk=self.kwargs["serving"])
        release_officer(actor=self.user, serving=serving, **form.cleaned_data)
        return self.back


class HeldAboutUs(Page):
    """For a firm: every value held about it, with source and date."""

    permission = "portal.view"
    title = _("高新区掌握的本企业信息")
    template_name = "enterprises/held.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        firm = get_object_or_404(register.own_enterprises(self.user), pk=pk)
        entries = ledger(firm, purpose=Use.SERVICE, on=clock.today())
        return self.answer(rows=fact_rows(entries, self.user))
