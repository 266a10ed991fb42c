"""Pages of the policy library and of entitlement."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.policies.actions.evaluation import evaluate_register
from lianshang.apps.policies.choices import Channel, Kind, Level, Standing
from lianshang.apps.policies.models import Assessment, Policy
from lianshang.apps.policies.queries import summary, wording
from lianshang.apps.policies.queries.declared import rests_on_declared, with_declared
from lianshang.apps.policies.queries.explanations import explanation
from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.ui import formats
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.ui.states import badges

SEES_COUNTS = "enterprises.view"
standing_badge = badges(Standing, wording.TONES)


def _count(standing: Standing) -> Column:
    return Column(
        f"n_{standing}", standing.label, sort=f"n_{standing}", numeric=True, permission=SEES_COUNTS
    )


class PolicyList(RegisterList):
    """The policy library; public. Staff also see how many firms stand where."""

    permission = None
    title = _("政策")
    counter = _("项")
    shows_faults = True  # to those who write rules: see `panels.faults`
    columns = (
        Column("name", _("政策"), value=wording.policy_name, sort="name",
               note=lambda one: one.documents),
        Column("kind", _("类别"), value=Policy.get_kind_display, sort="kind", desk_only=True),
        Column("channel", _("渠道"), value=Policy.get_channel_display),
        Column("valid_from", _("有效期起"), sort="valid_from", desk_only=True),
        Column("valid_until", _("有效期止"), sort="valid_until"),
        _count(Standing.ENTITLED),
        _count(Standing.ONE_STEP),
        _count(Standing.NOT_KNOWN),
        Column("entitled_amount", _("可享合计"), sort="entitled_amount", numeric=True,
               display=formats.money, permission=SEES_COUNTS),
    )  # fmt: skip
    filters = (
        ChoiceFilter("kind", _("类别"), choices=Kind.choices),
        ChoiceFilter("level", _("层级"), choices=Level.choices),
        ChoiceFilter("channel", _("渠道"), choices=Channel.choices),
    )
    search_fields = ("name", "name_en", "issuer", "code")
    default_sort = "name"

    def get_queryset(self) -> QuerySet[Policy]:
        policies = Policy.objects.current()
        if not (self.user.is_authenticated and self.user.may(SEES_COUNTS)):
            return policies
        return summary.with_counts(policies, summary.counted_for(self.user))

    def row_url(self, row: Policy) -> str:
        return reverse("policies:detail", args=[row.pk])

    def links(self) -> Sequence[PageLink]:
        return (
            PageLink(_("政策草稿"), reverse("policies:drafts"), "policies.write"),
            PageLink(_("重新评估"), reverse("policies:evaluate"), "policies.evaluate"),
        )


class PolicyDetail(DetailPage):
    """One policy: what it gives, to whom, on what ground."""

    permission = None
    place = "policies.detail"

    def get_queryset(self) -> QuerySet[Policy]:
        return Policy.objects.all()

    def heading(self) -> str:
        return wording.policy_name(self.subject)

    def facts(self) -> Sequence[Any]:
        policy = self.subject
        until = policy.valid_until or _text("长期")
        issuer = wording.label(policy.definition.get("issuer")) or policy.issuer
        return (issuer, policy.documents, f"{policy.valid_from} — {until}")

    def tags(self) -> Sequence[Any]:
        policy = self.subject
        tags = [policy.get_kind_display(), policy.get_channel_display(), policy.get_level_display()]
        return [*tags, _text("待核")] if policy.definition.get("confirm") else tags

    def links(self) -> Sequence[PageLink]:
        pk = self.subject.pk
        return (
            PageLink(_("模拟"), reverse("policies:simulation", args=[pk]), "policies.write"),
            PageLink(_("改写"), reverse("policies:revise", args=[pk]), "policies.write"),
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("政策"), reverse("policies:list")),)


def _declared_note(row: Assessment) -> str:
    """The mark of an answer that rests on what the firm supplied and nobody has checked."""
    return _text("企业自报，待核") if rests_on_declared(row, clock.today()) else ""


class _Assessments(RegisterList):
    """Firms and answers."""

    permission = SEES_COUNTS
    counter = _("条")
    columns = (
        Column("enterprise.name", _("企业"), sort="enterprise__name_key",
               note=lambda one: one.enterprise.credit_code),
        Column("policy", _("政策"), value=lambda one: wording.policy_name(one.policy),
               sort="policy__code"),
        Column("standing", _("结果"), display=standing_badge, note=_declared_note),
        Column("amount", _("金额"), sort="amount", numeric=True, display=formats.money),
        Column("park", _("园区"), value=lambda one: one.enterprise.park),
        Column("on", _("评估日"), sort="on", desk_only=True),
    )  # fmt: skip
    search_fields = ("enterprise__name", "enterprise__credit_code")
    default_sort = "-amount"
    export_permission = "enterprises.export"

    def row_url(self, row: Assessment) -> str:
        page = reverse("enterprises:detail", args=[row.enterprise_id])
        return f"{page}?tab=policies&policy={row.policy.code}"


class PolicyFirms(_Assessments):
    """Who stands where with one policy."""

    filters = (
        ChoiceFilter(
            "standing",
            _("结果"),
            choices=Standing.choices,
            by=summary.standing_in,
        ),
    )

    def get_queryset(self) -> QuerySet[Assessment]:
        self.policy = get_object_or_404(Policy, pk=self.kwargs["pk"])
        self.title = _text("%(policy)s：企业名单") % {"policy": wording.policy_name(self.policy)}
        rows = Assessment.objects.visible_to(self.user).filter(policy=self.policy)
        return with_declared(rows).prefetch_related("enterprise__park", "policy")  # of one page

    def crumbs(self) -> Sequence[Crumb]:
        detail = reverse("policies:detail", args=[self.policy.pk])
        name = wording.policy_name(self.policy)
        return (Crumb(_("政策"), reverse("policies:list")), Crumb(name, detail))


class EvaluateRegister(FormPage):
    """Evaluate every policy over every firm now."""

    permission = "policies.evaluate"
    title = _("重新评估")
    intro = _("按今天的事实和在效政策，对全部企业重新评估。结果为预匹配，以主管部门审核为准。")
    submit = _("开始评估")
    form_class = ReasonForm
    done = _("评估完成。")

    def act(self, form: Any) -> str:
        evaluate_register(actor=self.user, reason=form.cleaned_data["reason"])
        return reverse("policies:list")


class Explain(Page):
    """Why a firm stands where it does with a policy; fills the side of the firm's page."""

    permission = "policies.view"

    def get(self, request: HttpRequest, pk: int, code: str) -> HttpResponse:
        firm = get_object_or_404(Enterprise.objects.visible_to(self.user), pk=pk)
        context = {
            "told": explanation(firm, code, on=clock.today()),
            "firm": firm,
            "is_own": firm.unit_id in self.user.unit_ids(Role.ENTERPRISE),
            "may_record": self.user.may("facts.record"),
        }
        return render(request, "policies/explanation.html", context)
