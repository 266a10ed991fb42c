"""What a firm does about deliveries: apply, answer, supply, rate. Reachable on both faces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.enterprises.queries.register import own_enterprises
from lianshang.apps.policies.actions import applications
from lianshang.apps.policies.choices import StepKind
from lianshang.apps.policies.forms import delivery as forms
from lianshang.apps.policies.models import DeliveryRound
from lianshang.apps.policies.queries import delivery
from lianshang.apps.policies.queries.explanations import explanation
from lianshang.apps.policies.views.cases import OfCase
from lianshang.core import clock
from lianshang.core.privacy import mask_name
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.pages import Crumb

PORTAL = "portal.view"


def held_account(firm: Enterprise) -> dict[str, str]:
    """Under the field: the account that is held, masked, and from which case."""
    case = delivery.account_held(firm)
    if case is None:
        return {}
    text = gettext("已存 %(account)s（%(bank)s，%(round)s 填写）；空着即沿用")
    words = {
        "account": delivery.account_shown(case),
        "bank": case.bank,
        "round": case.round.title,
    }
    return {"number": text % words}


class Apply(FormPage):
    """One page: what is held is shown with its source, only the rest is asked for."""

    permission = PORTAL
    template_name = "policies/delivery/apply.html"
    form_class = forms.ApplyForm
    submit = _("提交")
    done = _("已提交，办理进度在“我的兑现”里看。")
    delivery: DeliveryRound
    firm: Enterprise

    def prepare(self) -> None:
        rows = DeliveryRound.objects.filter(is_open=True).select_related("policy", "office")
        self.delivery = get_object_or_404(rows, pk=self.kwargs["pk"])
        if self.delivery.kinds[0] == StepKind.LIST:
            raise Http404
        own = own_enterprises(self.user)
        asked = self.request.GET.get("firm", "")
        firm = own.filter(pk=asked).first() if asked.isdecimal() else own.first()
        if firm is None:
            raise PermissionDenied(gettext("您的账号没有对应的企业，请联系管委会核对。"))
        self.firm = firm
        self.title = self.delivery.title
        self.back = "/"

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("首页"), "/"),)

    def form_arguments(self) -> dict[str, Any]:
        wanted = delivery.wanted_materials(self.delivery.policy, self.firm)
        answer = delivery.answer_of(self.delivery.policy, self.firm, clock.today())
        initial = {"declared": answer.amount if answer else None}
        return {"wanted": wanted, "initial": initial, "held": held_account(self.firm)}

    def show(self, form: Any, status: int = 200) -> HttpResponseBase:
        try:
            told = explanation(self.firm, self.delivery.policy.code, on=clock.today())
        except Http404:  # not in force today: the office judges
            told = None
        contact = self.firm.contact_name and mask_name(self.firm.contact_name)
        return self.answer(form=form, status=status, told=told, firm=self.firm, contact=contact)

    def act(self, form: Any) -> str:
        made = applications.apply(
            actor=self.user,
            delivery=self.delivery,
            enterprise=self.firm,
            account=form.account(),
            papers=form.papers(),
            declared=form.cleaned_data["declared"],
        )
        return made.get_absolute_url()


class OwnCase(OfCase):
    """A form of the firm about its own case."""

    permission = PORTAL

    def check(self) -> None:
        if self.case.enterprise.unit_id not in self.user.unit_ids():
            raise PermissionDenied(gettext("只有企业自己的账号可以办理。"))


class AnswerWish(OwnCase):
    """Yes, and where the money goes."""

    title = _("确认享受并填写账户")
    intro = _("您答复后，主办单位继续计时办理。不想享受的，请回上一页点“放弃”。")
    submit = _("确认享受")
    form_class = forms.AccountForm
    done = _("已确认，主办单位继续办理。")

    def form_arguments(self) -> dict[str, Any]:
        return {"held": held_account(self.case.enterprise)}

    def act(self, form: Any) -> str:
        applications.answer_wish(actor=self.user, case=self.case, account=form.account())
        return self.back


class Supply(OwnCase):
    """What was asked for in a return."""

    title = _("补充")
    submit = _("提交补充")
    form_class = forms.PapersForm
    done = _("已补充，主办单位继续办理。")

    def prepare(self) -> None:
        super().prepare()
        last = self.case.entries.filter(outcome="returned").last()
        self.intro = last.reason if last else ""

    def form_arguments(self) -> dict[str, Any]:
        case = self.case
        wanted = (
            delivery.wanted_materials(case.round.policy, case.enterprise, case.missing)
            if case.missing
            else []
        )
        return {"wanted": wanted, "held": held_account(case.enterprise)}

    def act(self, form: Any) -> str:
        applications.supply_missing(
            actor=self.user, case=self.case, papers=form.papers(), account=form.account()
        )
        return self.back


class Withdraw(OwnCase):
    """The firm does not want it."""

    title = _("放弃兑现")
    submit = _("放弃")
    is_dangerous = True
    form_class = ReasonForm
    done = _("已放弃。")

    def act(self, form: Any) -> str:
        reason = form.cleaned_data["reason"]
        applications.withdraw_case(actor=self.user, case=self.case, reason=reason)
        return self.back


class Rate(OwnCase):
    """The money has come, and how it went."""

    title = _("确认到账并评价")
    submit = _("确认到账")
    form_class = forms.RatingForm
    done = _("谢谢，已办结。")

    def act(self, form: Any) -> str:
        applications.rate_case(actor=self.user, case=self.case, **form.cleaned_data)
        return self.back


class Dispute(OwnCase):
    """Not paid, or declined without ground."""

    title = _("不认可结果")
    intro = _("没有收到款项，或不同意不予兑现的理由，请写明；主办单位重新办理，时限继续计算。")
    form_class = ReasonForm
    done = _("已退回主办单位重新办理。")

    def act(self, form: Any) -> str:
        reason = form.cleaned_data["reason"]
        applications.dispute_case(actor=self.user, case=self.case, reason=reason)
        return self.back
