"""The deeds on a draft: answering the review, submitting, judging, publishing, proposals."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions import drafts as actions
from lianshang.apps.policies.forms.drafts import (
    ApproveForm,
    ConfirmForm,
    PastedForm,
    ReturnForm,
    ReviewForm,
)
from lianshang.apps.policies.models import PolicyDraft
from lianshang.apps.policies.queries import fair_competition, proposals
from lianshang.apps.policies.queries.draft_text import read
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import Form
from lianshang.core.ui.pages import Crumb


class _OfDraft(FormPage):
    """A form about one draft; afterwards back to it."""

    permission = "policies.write"
    form_class: ClassVar[type[Form]] = ConfirmForm

    def prepare(self) -> None:
        drafts = PolicyDraft.objects.visible_to(self.user).select_related("owner")
        self.draft = get_object_or_404(drafts, pk=self.kwargs["pk"])
        self.back = self.draft.get_absolute_url()

    def act(self, form: Any) -> str:
        self.do(form)
        return self.draft.get_absolute_url()

    def do(self, form: Any) -> None:
        raise NotImplementedError

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(_("政策草稿"), reverse("policies:drafts")),
            Crumb(self.draft.name, self.draft.get_absolute_url()),
        )


class AnswerReview(_OfDraft):
    """The fair-competition questions."""

    title = _("公平竞争审查")
    done = _("已保存。")
    form_class = ReviewForm

    def prepare(self) -> None:
        super().prepare()
        self.intro = _text("每个问题答“是”或“否”并写明理由，可以分几次填。依据：%(law)s") % {
            "law": fair_competition.document()
        }

    def form_arguments(self) -> dict[str, Any]:
        return {"held": self.draft.answers}

    def do(self, form: Any) -> None:
        actions.answer_review(actor=self.user, draft=self.draft, answers=form.answers())


class SubmitDraft(_OfDraft):
    """Hand it in."""

    title = _("提交审核")
    intro = _("提交后文本不能再改，由另一人审核；他可以批准，也可以退回。")
    submit = _("提交审核")
    done = _("已提交，等待另一人审核。")

    def do(self, form: Any) -> None:
        actions.submit_draft(actor=self.user, draft=self.draft)


class ReturnDraft(_OfDraft):
    """Send it back."""

    permission = "policies.publish"
    title = _("退回草稿")
    submit = _("退回")
    done = _("已退回，起草人会收到通知。")
    form_class = ReturnForm

    def do(self, form: Any) -> None:
        note = form.cleaned_data["note"]
        actions.return_draft(actor=self.user, draft=self.draft, note=note)


class ApproveDraft(_OfDraft):
    """Approve what another wrote."""

    permission = "policies.publish"
    title = _("批准草稿")
    submit = _("批准")
    form_class = ApproveForm
    intro = _("批准即对条款负责。发布日期为今天的，批准后立即发布；以后的，到日自动发布。")

    def form_arguments(self) -> dict[str, Any]:
        return {"suspicions": fair_competition.suspicions(read(self.draft.text).data)}

    def do(self, form: Any) -> None:
        given = form.cleaned_data
        actions.approve_draft(
            actor=self.user,
            draft=self.draft,
            conclusions=form.conclusions(),
            publish_on=given["publish_on"],
            note=given["note"],
        )


class PublishDraft(_OfDraft):
    """Publish what was approved for today, and had not been possible."""

    permission = "policies.publish"
    title = _("发布政策")
    submit = _("发布")
    done = _("已发布。")

    def do(self, form: Any) -> None:
        actions.publish_draft(actor=self.user, draft=self.draft)


class WithdrawDraft(_OfDraft):
    """Give it up."""

    title = _("撤回草稿")
    submit = _("撤回")
    intro = _("撤回后不能再改，内容仍可查看。")
    done = _("已撤回。")
    is_dangerous = True

    def do(self, form: Any) -> None:
        actions.withdraw_draft(actor=self.user, draft=self.draft)


class ProposeText(_OfDraft):
    """Ask the model that the zone has set for a proposal."""

    title = _("机器起草建议")
    submit = _("请求建议")
    done = _("建议已放在草稿旁边；采用之前不改动文本。")
    intro = _("建议可能有错、有漏：数字、文号和条款须逐一与原文核对。它只放在草稿旁边，不会发布。")
    form_class = PastedForm

    def prepare(self) -> None:
        if not proposals.is_on():
            raise Http404
        super().prepare()

    def act(self, form: Any) -> str:
        draft = self.draft
        try:
            found = proposals.proposal(
                form.cleaned_data["pasted"], code=draft.code, outline=draft.text
            )
        except proposals.NoProposal as error:
            raise ValidationError({"pasted": str(error)}) from error
        actions.keep_proposal(actor=self.user, draft=draft, proposal=found)
        return reverse("policies:draft-edit", args=[draft.pk])


class TakeProposal(_OfDraft):
    """Make the proposal the text."""

    title = _("采用建议")
    submit = _("用建议替换文本")
    intro = _("现有文本会被建议替换（历史中仍有）。采用的人对内容负责。")
    is_dangerous = True

    def act(self, form: Any) -> str:
        actions.take_proposal(actor=self.user, draft=self.draft)
        return reverse("policies:draft-edit", args=[self.draft.pk])
