"""The officer's list of firms that little separates from an entitlement, and telling them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.telling import tell_firms
from lianshang.apps.policies.choices import Kind, Nearness, Standing
from lianshang.apps.policies.models import Assessment
from lianshang.apps.policies.queries import one_step, wording
from lianshang.apps.policies.queries.declared import rests_on_declared, with_declared
from lianshang.apps.policies.queries.summary import best_blocks
from lianshang.core import clock
from lianshang.core.ui import formats
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter, RangeFilter, YesNoFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, PageLink

TOLD_AT_ONCE = 200  # firms; each is computed afresh before it is told


def _what(row: Any) -> str:
    """What separates the firm now; rows of the page only."""
    near: one_step.Near | None = row.near
    if near is None:
        return gettext("政策已不在有效期")
    if near.standing is Standing.ENTITLED:
        return gettext("按最新信息已可享")
    return near.way.text or gettext("没有找到能使本政策通过的改变。")


def _when(row: Any) -> str:
    """By when; and on a phone, whose cards have no column for it, that the firm was told."""
    timing = row.near.way.timing if row.near else ""
    if not row.is_told:
        return timing
    return format_html("{} <span data-phone-only>{}</span>", timing, gettext("已告知"))


def _marks(row: Any) -> str:
    """What is lacking, and whether the answer rests on what nobody has checked yet."""
    lacking = str(row.get_nearness_display()) if row.nearness else ""
    declared = gettext("企业自报，待核") if rests_on_declared(row, clock.today()) else ""
    return " · ".join(filter(None, (lacking, declared)))


class OneStepList(RegisterList):
    """Firms that one fact, one paper, one percentage point or one clause separates from an
    entitlement: the largest amounts first, of equal ones those that close first.
    """

    permission = "workbench.view"
    title = _("差一步")
    counter = _("条")
    empty_title = _("没有差一步的企业")
    empty_text = _("评估之后，只差一项信息、一个百分点或一个条款的企业会列在这里。")
    search_fields = ("enterprise__name", "enterprise__credit_code")
    default_sort = "-amount"
    page_size = 25  # each is computed afresh, with the cheapest way to an entitlement
    template_name = "policies/one_step_list.html"
    export_permission = "enterprises.export"
    filters = (
        ChoiceFilter("nearness", _("差什么"), choices=Nearness.choices[1:]),
        ChoiceFilter(
            "policy", _("政策"), choices=one_step.near_policies, path="policy__code"
        ),
        ChoiceFilter("kind", _("类别"), choices=Kind.choices, path="policy__kind"),
        RangeFilter("amount", _("金额（元）")),
        YesNoFilter("told", _("已告知"), path="is_told"),
    )  # fmt: skip

    columns = (
        Column("enterprise.name", _("企业"), sort="enterprise__name_key",
               note=lambda one: one.enterprise.credit_code),
        Column("policy", _("政策"), value=lambda one: wording.policy_name(one.policy),
               sort="policy__code", note=_marks),
        Column("amount", _("金额"), sort="amount", numeric=True, display=formats.money),
        Column("what", _("差什么"), value=_what, note=_when,
               exported=False),
        Column("closes", _("截止"), sort="closes", desk_only=True),
        Column("is_told", _("已告知"), display=formats.yes_no, desk_only=True),
        Column("on", _("评估日"), sort="on", desk_only=True),
    )  # fmt: skip

    @property
    def is_narrowed(self) -> bool:
        """Whether the list is of the largest amounts only; the page then says so."""
        return best_blocks(self.user) is not None

    def get_queryset(self) -> QuerySet[Assessment]:
        return with_declared(one_step.near_firms(self.user, clock.today()))

    def _sorted(self, rows: QuerySet[Assessment]) -> QuerySet[Assessment]:
        """Of equal amounts the one that closes first."""
        ordered = super()._sorted(rows)
        if self.sort != self.default_sort:
            return ordered
        first, last = F("amount").desc(nulls_last=True), F("closes").asc(nulls_last=True)
        return ordered.order_by(first, last, "pk")

    def prepare(self, rows: Sequence[Any]) -> None:
        now = one_step.as_they_stand(rows, clock.today())
        for row in rows:
            row.near = now.get(row.pk)

    def row_url(self, row: Assessment) -> str:
        page = reverse("enterprises:detail", args=[row.enterprise_id])
        return f"{page}?tab=policies&policy={row.policy.code}"

    def links(self) -> Sequence[PageLink]:
        query = self.request.GET.urlencode()
        address = f"{reverse('policies:tell')}?{query}" if query else reverse("policies:tell")
        return (PageLink(_("告知企业"), address, "facts.record"),)


class TellFirms(FormPage):
    """Send each firm of the list, as it was filtered, a notice of what it lacks."""

    permission = "facts.record"  # who cares for firms
    title = _("告知企业")
    submit = _("发送通知")
    form_class = ReasonForm
    template_name = "policies/tell.html"

    def prepare(self) -> None:
        listed = OneStepList()
        listed.setup(self.request)
        waiting = one_step.not_yet_told(listed.rows)
        self.rows = list(waiting[:TOLD_AT_ONCE])
        total = len(self.rows) if len(self.rows) < TOLD_AT_ONCE else waiting.count()
        self.back = f"{reverse('policies:one-step')}?{self.request.GET.urlencode()}"
        self.intro = gettext(
            "名单中尚未告知的有 %(total)s 条，这次发送前 %(n)s 条。每家企业每项政策只告知一次，"
            "内容是所差的信息或条件和截止时间；没有账号、已可享或无法改变的不发送。"
        ) % {"total": total, "n": len(self.rows)}

    def act(self, form: Any) -> str:
        told = tell_firms(
            actor=self.user,
            assessments=[row.pk for row in self.rows],
            reason=form.cleaned_data["reason"],
        )
        self.done = ngettext("已告知 %(n)s 条。", "已告知 %(n)s 条。", told) % {"n": told}
        return reverse("policies:one-step")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("差一步"), reverse("policies:one-step")),)
