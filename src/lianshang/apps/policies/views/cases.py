"""A case: one page for the office and for the firm, and what each does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.cases import decide_stacking, note_case, set_approved
from lianshang.apps.policies.actions.payments import enter_receipt
from lianshang.apps.policies.actions.publicity import settle_objection
from lianshang.apps.policies.choices import CaseState, StepKind
from lianshang.apps.policies.forms import delivery as forms
from lianshang.apps.policies.models import DeliveryCase, Objection
from lianshang.apps.policies.queries import case_tables, delivery, instalments, procedures
from lianshang.apps.policies.queries.wording import policy_name
from lianshang.core.audit.actions import record_access
from lianshang.core.audit.models import AccessKind
from lianshang.core.files.queries import attachments_of
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.pages import Crumb, Page, PageLink

DELIVER = "policies.deliver"


class CasePage(Page):
    """Where one firm's delivery stands, what comes next, and all that was done."""

    permission = "policies.view"
    template_name = "policies/delivery/case.html"
    case: DeliveryCase
    is_office = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        rows = DeliveryCase.objects.visible_to(self.user)
        related = ("round__policy", "round__office", "enterprise__unit", "duty__kind")
        self.case = case = get_object_or_404(rows.select_related(*related), pk=pk)
        self.is_office = delivery_is_seen(self.user, case)
        if self.is_office:
            record_access(actor=self.user, kind=AccessKind.DETAIL, subject=case)
        self.title = case.enterprise.name if self.is_office else policy_name(case.round.policy)
        equation, is_paused = delivery.duty_in_words(case)
        due = procedures.step_due(case) if self.is_office else None
        return self.answer(
            case=case,
            is_office=self.is_office,
            state=case_tables.case_badge(case),
            line=case_tables.case_lines([case])[0],
            next_words=case_tables.next_words(case, is_office=self.is_office),
            equation=equation,
            is_paused=is_paused,
            proofs=delivery.proofs_of_pauses(case),
            step_due=due,
            entries=case_tables.entries_for(case, is_office=self.is_office),
            materials=case_tables.materials_of(case),
            receipts=case.receipts.select_related("instalment"),
            parts=instalments.lines_of(case),
            manages=self.is_office and case.round.office_id in self.user.unit_ids(),
            scans=attachments_of(case, "receipt"),
            objections=case.objections.all() if self.is_office else (),
            stacked=delivery.stacked_with(case) if self.is_office else (),
        )

    def links(self) -> Sequence[PageLink]:
        case, at = self.case, [self.case.pk]
        if self.is_office:
            if case.round.office_id not in self.user.unit_ids():
                return ()
            links = [PageLink(_("内部备注"), reverse("policies:note-case", args=at))]
            if case.step == StepKind.RECEIPT:
                address = reverse("policies:receipt", args=at)
                links.append(PageLink(_("登记到账"), address, primary=True))
            elif case.state in (CaseState.LISTED, CaseState.RUNNING):
                links.append(PageLink(_("核定金额"), reverse("policies:approved", args=at)))
            return links
        return firm_links(case)

    def crumbs(self) -> Sequence[Crumb]:
        if not self.is_office:
            return (Crumb(_("首页"), "/"),)
        url = self.case.round.get_absolute_url()
        rounds = Crumb(_("兑现批次"), reverse("policies:rounds"))
        return (rounds, Crumb(self.case.round.title, url))


def delivery_is_seen(user: Any, case: DeliveryCase) -> bool:
    """Whether the reader is on the office's side; whoever is not reads as the firm."""
    return bool(user.may(DELIVER)) and case.enterprise.unit_id not in user.unit_ids()


def firm_links(case: DeliveryCase) -> list[PageLink]:
    """What the firm can do now, the expected first."""
    at = [case.pk]
    links = []
    if case.state == CaseState.WAITING and case.step == StepKind.WISH:
        label = _("确认享受并填写账户")
        links.append(PageLink(label, reverse("policies:answer-wish", args=at), primary=True))
    elif case.state == CaseState.WAITING:
        links.append(PageLink(_("补充"), reverse("policies:supply", args=at), primary=True))
    if case.state == CaseState.PAID:
        links.append(PageLink(_("确认并评价"), reverse("policies:rate", args=at), primary=True))
    if case.state in (CaseState.PAID, CaseState.DECLINED):
        links.append(PageLink(_("不认可"), reverse("policies:dispute", args=at)))
    if case.state in (CaseState.RUNNING, CaseState.WAITING):
        links.append(PageLink(_("放弃"), reverse("policies:withdraw", args=at)))
    return links


class OfCase(FormPage):
    """A form of the office about one case."""

    permission = DELIVER
    form_class: ClassVar[type[BaseForm]] = ReasonForm
    case: DeliveryCase

    def prepare(self) -> None:
        rows = DeliveryCase.objects.visible_to(self.user)
        rows = rows.select_related("round__policy", "round__office", "enterprise__unit", "duty")
        self.case = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.back = self.case.get_absolute_url()
        self.check()

    def check(self) -> None:
        office = self.case.round.office
        if office.pk not in self.user.unit_ids():
            raise PermissionDenied(gettext("这个个案由“%s”办理。") % office.name)

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(self.case.enterprise.name, self.back),)


class EnterReceipt(OfCase):
    """One receipt."""

    title = _("登记到账")
    intro = _("按财政部门的凭证登记；平台只记录拨付，不办理支付。")
    form_class = forms.ReceiptForm
    done = _("到账已登记。")

    def form_arguments(self) -> dict[str, Any]:
        awaited = instalments.awaited(self.case)
        left = (self.case.due_amount or 0) - delivery.paid_amount(self.case)
        first = awaited[0] if awaited else None
        initial = {"amount": first.left if first else left, "instalment": first and first.part.pk}
        return {"initial": initial, "awaited": awaited}

    def act(self, form: Any) -> str:
        told = dict(form.cleaned_data)
        part = self.case.instalments.filter(pk=told.pop("instalment", None) or 0).first()
        enter_receipt(actor=self.user, case=self.case, instalment=part, **told)
        return self.back


class SetApproved(OfCase):
    """What is granted."""

    title = _("核定金额")
    form_class = forms.ApprovedForm
    done = _("已核定。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"approved": self.case.due_amount}}

    def act(self, form: Any) -> str:
        set_approved(actor=self.user, case=self.case, **form.cleaned_data)
        return self.back


class DecideStacking(OfCase):
    """从高不重复."""

    title = _("从高不重复取舍")
    intro = _("写明同组的几项兑现中采用哪一项、为什么；不采用的请用“不予兑现”。")
    done = _("取舍已写明。")

    def act(self, form: Any) -> str:
        decide_stacking(actor=self.user, case=self.case, reason=form.cleaned_data["reason"])
        return self.back


class NoteCase(OfCase):
    """A note that the firm does not see."""

    title = _("内部备注")
    intro = _("只有主办单位看得到，企业看不到。")

    def act(self, form: Any) -> str:
        note_case(actor=self.user, case=self.case, reason=form.cleaned_data["reason"])
        return self.back


class SettleObjection(OfCase):
    """What looking again found."""

    title = _("核实公示异议")
    done = _("核实结果已登记。")
    objection: Objection

    def prepare(self) -> None:
        super().prepare()
        rows = self.case.objections.filter(settled_at=None).select_related("unit")
        self.objection = get_object_or_404(rows, pk=self.kwargs["objection"])
        self.intro = self.objection.text
        if self.objection.unit:  # the office alone learns who it was
            text = gettext("%(text)s（%(unit)s提出，不公开；核实结果会告知提出的企业）")
            words = {"text": self.objection.text, "unit": self.objection.unit.name}
            self.intro = text % words

    def act(self, form: Any) -> str:
        reason = form.cleaned_data["reason"]
        settle_objection(actor=self.user, objection=self.objection, reason=reason)
        messages.info(self.request, gettext("核实后，请在批次页办理通过或不予兑现。"))
        return self.back
