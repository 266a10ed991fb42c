"""Pages of the office: rounds, one round, what is done for all its cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.payments import enter_receipts, issue_payment_letter
from lianshang.apps.policies.actions.publicity import publish_notice
from lianshang.apps.policies.actions.rounds import (
    ask_opinions,
    open_round,
    record_decision,
    send_list,
)
from lianshang.apps.policies.choices import Channel, StepKind
from lianshang.apps.policies.forms import delivery as forms
from lianshang.apps.policies.models import DeliveryRound, Policy
from lianshang.apps.policies.queries import delivery as queries
from lianshang.apps.policies.queries import receipts, round_words
from lianshang.apps.policies.queries.wording import policy_name
from lianshang.core.files.refusals import FileRefused
from lianshang.core.ui import formats
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, PageLink
from lianshang.core.workflow.choices import OriginKind
from lianshang.core.workflow.models import Origin
from lianshang.core.workflow.requests import request_key

DELIVER = "policies.deliver"


class RoundList(RegisterList):
    """The rounds that the user may see."""

    permission = DELIVER
    title = _("兑现批次")
    counter = _("个批次")
    columns = (
        Column("title", _("批次"), sort="title", note=lambda one: policy_name(one.policy)),
        Column("channel", _("渠道"), value=DeliveryRound.get_channel_display),
        Column("office", _("主办单位"), sort="office__name"),
        Column("year", _("年度"), sort="year", numeric=True),
        Column("n_cases", _("企业数"), numeric=True, sort="n_cases"),
        Column("opened_at", _("启动"), display=formats.day, sort="opened_at"),
    )
    filters = (ChoiceFilter("channel", _("渠道"), choices=Channel.choices),)
    search_fields = ("title", "policy__name")
    default_sort = "-opened_at"
    empty_title = _("还没有兑现批次")
    empty_text = _("打开一项政策，在“兑现”里启动批次。")

    def get_queryset(self) -> QuerySet[DeliveryRound]:
        rows = DeliveryRound.objects.visible_to(self.user).select_related("policy", "office")
        return rows.annotate(n_cases=Count("cases", distinct=True))

    def links(self) -> Sequence[PageLink]:
        return (
            PageLink(_("流程"), reverse("policies:procedures"), DELIVER),
            PageLink(_("公示"), reverse("policies:notices")),
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("政策"), reverse("policies:list")),)


class OpenRound(FormPage):
    """A round of a policy."""

    permission = DELIVER
    title = _("启动兑现批次")
    submit = _("启动")
    form_class = forms.OpenRoundForm
    done = _("批次已启动。")
    policy: Policy

    def prepare(self) -> None:
        self.policy = get_object_or_404(Policy, pk=self.kwargs["pk"])
        self.back = reverse("policies:detail", args=[self.policy.pk])
        self.intro = gettext(
            "%(policy)s · %(channel)s。免申即享按今天的预匹配结果生成名单，名单由人核对后才发出。"
        ) % {
            "policy": policy_name(self.policy),
            "channel": self.policy.get_channel_display(),
        }

    def form_arguments(self) -> dict[str, Any]:
        offices = queries.offices_of(self.user)
        year = forms.this_year()
        title = f"{year}年{self.policy.name}"  # as Chinese papers will call it
        first = offices.first()
        initial = {"year": year, "title": title[:120], "office": first and first.pk}
        return {"offices": offices, "initial": initial}

    def act(self, form: Any) -> str:
        told = dict(form.cleaned_data)
        key = request_key(self.user, told.pop("request_key"))
        made = open_round(actor=self.user, policy=self.policy, request_key=key, **told)
        return made.get_absolute_url()


class OfRound(FormPage):
    """A form about one round that the user's office holds.

    One that concerns the cases at a `step` says before it is sent how many they are.
    """

    permission = DELIVER
    delivery: DeliveryRound
    step: StepKind | None = None
    remark: str | Promise = ""  # what else to know before sending

    def prepare(self) -> None:
        rows = DeliveryRound.objects.visible_to(self.user).select_related("policy", "office")
        self.delivery = get_object_or_404(rows, pk=self.kwargs["pk"])
        if self.delivery.office_id not in self.user.unit_ids():
            raise PermissionDenied(gettext("这个批次由“%s”办理。") % self.delivery.office.name)
        self.back = self.delivery.get_absolute_url()
        concerned = [round_words.at_step_in_words(self.delivery, self.step)] if self.step else []
        self.intro = "".join(map(str, filter(None, [*concerned, self.remark])))

    def crumbs(self) -> Sequence[Crumb]:
        rounds = Crumb(_("兑现批次"), reverse("policies:rounds"))
        return (rounds, Crumb(self.delivery.title, self.back))


class SendList(OfRound):
    """The reviewed list goes out."""

    title = _("发出名单")
    step = StepKind.LIST
    remark = _("发出后逐家通知企业；需要移出的请先在批次页逐家处理。")
    submit = _("核对无误，发出")
    form_class = ReasonForm
    done = _("名单已发出，企业已收到通知。")

    def act(self, form: Any) -> str:
        reason = form.cleaned_data["reason"]
        send_list(actor=self.user, delivery=self.delivery, reason=reason)
        return self.back


class AskOpinions(OfRound):
    """Other departments' opinions."""

    title = _("征求部门意见")
    step = StepKind.OPINIONS
    submit = _("发出")
    form_class = forms.OpinionsForm
    done = _("已向部门征求意见，各自计时。")

    def act(self, form: Any) -> str:
        ask_opinions(actor=self.user, delivery=self.delivery, **form.cleaned_data)
        return self.back


class RecordDecision(OfRound):
    """The meeting's decision."""

    title = _("登记会议审定")
    step = StepKind.DECISION
    form_class = forms.DecisionForm
    done = _("会议审定已登记。")

    def form_arguments(self) -> dict[str, Any]:
        meetings = Origin.objects.visible_to(self.user).filter(kind=OriginKind.MEETING)
        return {"meetings": meetings}

    def act(self, form: Any) -> str:
        record_decision(actor=self.user, delivery=self.delivery, **form.cleaned_data)
        return self.back


class PublishNotice(OfRound):
    """A public notice of what was approved."""

    title = _("发布公示")
    step = StepKind.NOTICE
    remark = _("发布后任何人可以看到企业名称、信用代码和金额。")
    submit = _("发布")
    form_class = forms.NoticeForm
    done = _("公示已发布。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"days": self.delivery.notice_days}}

    def act(self, form: Any) -> str:
        made = publish_notice(actor=self.user, delivery=self.delivery, **form.cleaned_data)
        return made.get_absolute_url()


class IssueLetter(OfRound):
    """The payment letter."""

    title = _("出拨付函")
    step = StepKind.PAYMENT_LETTER
    remark = _("拨付函写明收款账号全文，供财政部门办理；平台只记录拨付，不办理支付。")
    submit = _("出函")
    form_class = forms.LetterForm

    def act(self, form: Any) -> HttpResponseBase:
        made = issue_payment_letter(
            actor=self.user, delivery=self.delivery, addressee=form.cleaned_data["addressee"]
        )
        return self.answer("policies/delivery/letter.html", letter=made)


class EnterReceipts(OfRound):
    """Many receipts at once."""

    title = _("批量登记到账")
    submit = _("登记")
    form_class = forms.ReceiptsForm

    def act(self, form: Any) -> HttpResponseBase:
        file = form.cleaned_data["file"]
        try:
            lines = (
                receipts.lines_of_file(file.read(), file.name)
                if file
                else receipts.lines_of_text(form.cleaned_data["text"])
            )
        except FileRefused as refusal:
            raise ValidationError({"file": str(refusal)}) from refusal
        outcomes = enter_receipts(actor=self.user, delivery=self.delivery, lines=lines)
        return self.answer("policies/delivery/receipts.html", outcomes=outcomes)
