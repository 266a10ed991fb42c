"""Public notices and guides, for anybody, on both faces."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.guides import publish_guide
from lianshang.apps.policies.forms import delivery as forms
from lianshang.apps.policies.models import Guide, PublicNotice
from lianshang.apps.policies.queries.notices import objections_shown
from lianshang.apps.policies.queries.wording import policy_name
from lianshang.core import clock
from lianshang.core.ui import formats
from lianshang.core.ui.columns import Column
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.ui.states import badge

DELIVER, PORTAL = "policies.deliver", "portal.view"


def _state(notice: PublicNotice) -> str:
    if notice.ended_at is not None:
        return badge(_("已期满"), "not")
    if clock.now() >= notice.ends_at:  # an objection waits for its answer
        return badge(_("已期满，待办结"), "unknown")
    return badge(_("公示中"), "person")


class NoticeList(RegisterList):
    """Every public notice."""

    permission = None
    title = _("兑现公示")
    counter = _("次公示")
    columns = (
        Column("title", _("公示"), sort="title"),
        Column("round.office", _("单位"), sort="round__office__name"),
        Column("firms", _("企业数"), value=lambda one: len(one.rows), numeric=True),
        Column("starts_at", _("开始"), display=formats.moment, sort="starts_at"),
        Column("ends_at", _("结束"), display=formats.moment, sort="ends_at"),
        Column("state", _("状态"), value=_state),
    )
    search_fields = ("title",)
    default_sort = "-starts_at"
    empty_title = _("还没有公示")
    empty_text = _("拟兑现的企业公示后列在这里。")

    def get_queryset(self) -> QuerySet[PublicNotice]:
        return PublicNotice.objects.select_related("round__office")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("政策"), reverse("policies:list")),)


class NoticePage(Page):
    """One notice: who, how much was declared, how much is approved, until when, how to object."""

    permission = None
    template_name = "policies/delivery/notice.html"
    notice: PublicNotice

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        rows = PublicNotice.objects.select_related("round__office", "round__policy")
        self.notice = get_object_or_404(rows, pk=pk)
        self.title = self.notice.title
        lines = [
            {
                **row,
                "declared": None if row["declared"] is None else Decimal(row["declared"]),
                "approved": None if row["approved"] is None else Decimal(row["approved"]),
            }
            for row in self.notice.rows
        ]
        return self.answer(
            notice=self.notice,
            lines=lines,
            state=_state(self.notice),
            objections=objections_shown(self.notice, request.user),
        )

    def links(self) -> Sequence[PageLink]:
        if self.notice.ended_at is not None or clock.now() >= self.notice.ends_at:
            return ()
        at = [self.notice.pk]
        return (
            PageLink(_("登记异议"), reverse("policies:objection", args=at), DELIVER),
            PageLink(_("提出异议"), reverse("policies:object", args=at), PORTAL),
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("兑现公示"), reverse("policies:notices")),)


class GuidePage(Page):
    """申兑指南 of a policy, for anybody once it is published."""

    permission = None
    template_name = "policies/delivery/guide.html"
    guide: Guide

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        rows = Guide.objects.select_related("policy", "duty__owner")
        self.guide = get_object_or_404(rows, policy=pk, published_at__isnull=False)
        self.title = gettext("申兑指南：%s") % policy_name(self.guide.policy)
        papers = [one["zh"] for one in self.guide.policy.definition.get("materials", ())]
        return self.answer(guide=self.guide, papers=papers)

    def links(self) -> Sequence[PageLink]:
        address = reverse("policies:guide-edit", args=[self.guide.policy_id])
        return (PageLink(_("修改指南"), address, DELIVER),)

    def crumbs(self) -> Sequence[Crumb]:
        policy = self.guide.policy
        return (Crumb(policy_name(policy), reverse("policies:detail", args=[policy.pk])),)


class EditGuide(FormPage):
    """The office writes and publishes the guide."""

    permission = DELIVER
    title = _("申兑指南")
    submit = _("发布")
    form_class = forms.GuideForm
    done = _("申兑指南已发布。")
    guide: Guide

    def prepare(self) -> None:
        rows = Guide.objects.select_related("policy", "duty__owner", "duty__kind")
        self.guide = get_object_or_404(rows, policy=self.kwargs["pk"])
        self.back = reverse("policies:detail", args=[self.guide.policy_id])
        self.intro = policy_name(self.guide.policy)

    def form_arguments(self) -> dict[str, Any]:
        names = forms.GuideForm.base_fields
        return {"initial": {name: getattr(self.guide, name) for name in names}}

    def act(self, form: Any) -> str:
        publish_guide(actor=self.user, guide=self.guide, **form.cleaned_data)
        return reverse("policies:guide", args=[self.guide.policy_id])
