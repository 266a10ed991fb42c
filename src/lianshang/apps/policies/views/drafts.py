"""Pages of drafts: the list, a new one, and the page on which one is judged."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.drafts import start_draft
from lianshang.apps.policies.choices import DraftState
from lianshang.apps.policies.forms.drafts import NewDraftForm, TemplateForm
from lianshang.apps.policies.models import Policy, PolicyDraft
from lianshang.apps.policies.queries import differences, fair_competition
from lianshang.apps.policies.queries.draft_templates import from_policy, from_template
from lianshang.apps.policies.queries.readiness import examination, obstacles, unjudged
from lianshang.apps.policies.queries.wording import policy_name
from lianshang.core import clock
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.ui.states import badges

TONES = {
    DraftState.DRAFTING: "not",
    DraftState.SUBMITTED: "person",
    DraftState.RETURNED: "short",
    DraftState.APPROVED: "unknown",
    DraftState.PUBLISHED: "met",
    DraftState.WITHDRAWN: "not",
}


class DraftList(RegisterList):
    """What the zone is writing."""

    permission = "policies.write"
    title = _("政策草稿")
    counter = _("份草稿")
    columns = (
        Column("name", _("名称"), sort="name", note=lambda one: one.code),
        Column("state", _("状态"), display=badges(DraftState, TONES), sort="state"),
        Column("owner.name", _("责任单位"), sort="owner__name"),
        Column("publish_on", _("发布日期"), sort="publish_on"),
        Column("updated_at", _("更新时间"), sort="updated_at"),
    )
    filters = (ChoiceFilter("state", _("状态"), choices=DraftState.choices),)
    search_fields = ("name", "code")
    default_sort = "-updated_at"
    empty_title = _("还没有草稿")
    empty_text = _("从空白、模板或已发布的政策开始起草；发布前须由另一人审核。")

    def get_queryset(self) -> QuerySet[PolicyDraft]:
        return PolicyDraft.objects.visible_to(self.user).select_related("owner")

    def links(self) -> Sequence[PageLink]:
        return (
            PageLink(_("起草政策"), reverse("policies:draft-new"), "policies.write", primary=True),
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("政策"), reverse("policies:list")),)


class NewDraft(FormPage):
    """Begin a draft from nothing or from a template."""

    permission = "policies.write"
    title = _("起草政策")
    submit = _("开始起草")
    form_class = TemplateForm

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.user}

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        text, cases = from_template(
            given["template"],
            code=given["code"],
            name=given["name"],
            owner=given["owner"].name,
            day=clock.today().isoformat(),
        )
        draft = start_draft(
            actor=self.user, name=given["name"], owner=given["owner"], text=text, cases=cases
        )
        return reverse("policies:draft-edit", args=[draft.pk])

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("政策草稿"), reverse("policies:drafts")),)


class RevisePolicy(FormPage):
    """Begin a draft from a published version."""

    permission = "policies.write"
    title = _("改写政策")
    intro = _("从这一版的全文开始。新版发布后，旧版在新版生效前一日结束，两版都保留。")
    submit = _("开始起草")
    form_class = NewDraftForm

    def prepare(self) -> None:
        self.policy = get_object_or_404(Policy, pk=self.kwargs["pk"])

    def form_arguments(self) -> dict[str, Any]:
        return {"user": self.user, "initial": {"name": self.policy.name}}

    def act(self, form: Any) -> str:
        given = form.cleaned_data
        text, cases = from_policy(self.policy, code=given["code"])
        draft = start_draft(
            actor=self.user,
            name=given["name"],
            owner=given["owner"],
            text=text,
            cases=cases,
            base=self.policy,
        )
        return reverse("policies:draft-edit", args=[draft.pk])

    def crumbs(self) -> Sequence[Crumb]:
        page = reverse("policies:detail", args=[self.policy.pk])
        return (Crumb(_("政策"), reverse("policies:list")), Crumb(policy_name(self.policy), page))


class DraftPage(Page):
    """Everything a second person needs to judge a draft, and its next deeds."""

    permission = "policies.write"
    template_name = "policies/draft.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        drafts = PolicyDraft.objects.visible_to(self.user).select_related(
            "owner", "base", "published", "approved_by"
        )
        self.draft = get_object_or_404(drafts.prefetch_related("authors"), pk=pk)
        self.title = self.draft.name
        self.is_author = self.user in self.draft.authors.all()
        found = examination(self.draft)
        before = self.draft.base.definition if self.draft.base else {}
        return self.answer(
            draft=self.draft,
            awaits_another=self.is_author and self.draft.state == DraftState.SUBMITTED,
            tone=TONES[DraftState(self.draft.state)],
            examination=found,
            obstacles=[] if self.draft.published else obstacles(self.draft, found),
            suspicions=[
                (one, self.draft.conclusions.get(one.key))
                for one in fair_competition.suspicions(found.mapping)
            ],
            unjudged=unjudged(self.draft, found),
            questions=[(q, self.draft.answers.get(q.id)) for q in fair_competition.questions()],
            law=fair_competition.document(),
            lines=differences.text_diff(
                differences.normal(before), differences.normal(found.mapping)
            ),
            changes=differences.meaning_diff(before, found.mapping),
        )

    def links(self) -> Sequence[PageLink]:
        draft, found = self.draft, []
        if draft.is_open:
            found.append(self.to("draft-edit", _("编辑")))
            found.append(self.to("draft-review", _("公平竞争审查")))
            found.append(self.to("draft-submit", _("提交审核"), primary=True))
        if draft.text:
            found.append(self.to("draft-simulation", _("模拟")))
        if draft.state == DraftState.SUBMITTED and not self.is_author:
            found.append(self.to("draft-approve", _("批准"), "policies.publish", primary=True))
        if draft.state in (DraftState.SUBMITTED, DraftState.APPROVED):
            found.append(self.to("draft-return", _("退回"), "policies.publish"))
        if draft.state == DraftState.APPROVED:
            found.append(self.to("draft-publish", _("发布"), "policies.publish", primary=True))
        if draft.state not in (DraftState.PUBLISHED, DraftState.WITHDRAWN):
            found.append(self.to("draft-withdraw", _("撤回")))
        return found

    def to(
        self, name: str, text: Any, permission: str = "policies.write", *, primary: bool = False
    ) -> PageLink:
        return PageLink(
            text, reverse(f"policies:{name}", args=[self.draft.pk]), permission, primary
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(_("政策"), reverse("policies:list")),
            Crumb(_("政策草稿"), reverse("policies:drafts")),
        )
