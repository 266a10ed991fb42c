"""Objections to a public notice: what the office enters, and what a firm files itself."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.enterprises.queries.register import own_enterprises
from lianshang.apps.policies.actions.objections import file_objection
from lianshang.apps.policies.actions.publicity import record_objection
from lianshang.apps.policies.forms import delivery as forms
from lianshang.apps.policies.models import DeliveryCase, PublicNotice
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.pages import Crumb

DELIVER, PORTAL = "policies.deliver", "portal.view"


class OfNotice(FormPage):
    """A form about one notice."""

    notice: PublicNotice

    def prepare(self) -> None:
        rows = PublicNotice.objects.select_related("round__office")
        self.notice = get_object_or_404(rows, pk=self.kwargs["pk"])
        self.back = self.notice.get_absolute_url()

    def form_arguments(self) -> dict[str, Any]:
        return {"notice": self.notice}

    def crumbs(self) -> tuple[Crumb, ...]:
        notices = Crumb(_("兑现公示"), reverse("policies:notices"))
        return (notices, Crumb(self.notice.title, self.back))


class RecordObjection(OfNotice):
    """The office enters what somebody said."""

    permission = DELIVER
    title = _("登记公示异议")
    form_class = forms.ObjectionForm
    done = _("异议已登记，个案已退回核实。")

    def prepare(self) -> None:
        super().prepare()
        if self.notice.round.office_id not in self.user.unit_ids():
            raise PermissionDenied(gettext("异议由“%s”登记。") % self.notice.round.office.name)

    def act(self, form: Any) -> str:
        told = dict(form.cleaned_data)
        case = get_object_or_404(DeliveryCase, pk=told.pop("case"))
        record_objection(actor=self.user, notice=self.notice, case=case, **told)
        return case.get_absolute_url()


class FileObjection(OfNotice):
    """A firm says what is wrong with a case in the notice."""

    permission = PORTAL
    title = _("提出公示异议")
    intro = _(
        "写明对哪家企业、什么事实有异议。主办单位核实后答复您；您的名称不公开，也不告知对方。"
    )
    submit = _("提交异议")
    form_class = forms.FiledObjectionForm
    done = _("异议已提交，主办单位核实后在本页答复。")

    def act(self, form: Any) -> str:
        firm = own_enterprises(self.user).select_related("unit").first()
        if firm is None:
            raise PermissionDenied(gettext("您的账号没有对应的企业，请联系管委会核对。"))
        told = dict(form.cleaned_data)
        case = get_object_or_404(DeliveryCase, pk=told.pop("case"))
        file_objection(actor=self.user, enterprise=firm, notice=self.notice, case=case, **told)
        return self.back
