"""Pages of the procedures: which steps, in which order, who acts, how long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.procedures import (
    StepSetting,
    add_missing_procedures,
    change_procedure,
)
from lianshang.apps.policies.choices import CountsFrom, StepActor
from lianshang.apps.policies.models import Procedure
from lianshang.core.ui.pages import Crumb, Page

DELIVER = "policies.deliver"


class ProcedureList(Page):
    """The procedures of the three channels."""

    permission = DELIVER
    title = _("兑现流程")
    template_name = "policies/delivery/procedures.html"

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if not Procedure.objects.exists():
            add_missing_procedures(actor=self.user)
        return self.answer(procedures=Procedure.objects.prefetch_related("steps"))

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("兑现批次"), reverse("policies:rounds")),)


class ProcedurePage(Page):
    """One procedure: a row per step."""

    permission = DELIVER
    template_name = "policies/delivery/procedure.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return self.page(get_object_or_404(Procedure, pk=pk))

    def page(self, procedure: Procedure, problem: str = "") -> HttpResponseBase:
        self.title = procedure.name
        return self.answer(
            procedure=procedure,
            steps=procedure.steps.all(),
            actors=StepActor.choices,
            counts=CountsFrom.choices,
            problem=problem,
            status=422 if problem else 200,
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        procedure = get_object_or_404(Procedure, pk=pk)
        try:
            change_procedure(
                actor=self.user,
                procedure=procedure,
                settings=[self._setting(step.pk) for step in procedure.steps.all()],
                notice_days=self._number("notice_days") or 0,
                reason=request.POST.get("reason", ""),
            )
        except ValidationError as refusal:
            return self.page(procedure, "；".join(refusal.messages))
        messages.success(request, gettext("流程已保存；已启动的批次仍按启动时的流程。"))
        return HttpResponseRedirect(procedure.get_absolute_url())

    def _number(self, name: str) -> int | None:
        text = self.request.POST.get(name, "").strip()
        if not text:
            return None
        if not text.isdecimal() or int(text) > 365:
            raise ValidationError(gettext("“%s”应为 0 到 365 之间的整数。") % text)
        return int(text)

    def _setting(self, pk: int) -> StepSetting:
        told: Any = self.request.POST
        who, counts = told.get(f"who_{pk}", ""), told.get(f"counts_{pk}", "")
        if who not in StepActor.values or counts not in CountsFrom.values:
            raise ValidationError(gettext("请给每个环节选择由谁办、从何时起算。"))
        return StepSetting(
            pk=pk,
            order=self._number(f"order_{pk}") or 0,
            is_active=f"active_{pk}" in told,
            is_required=f"required_{pk}" in told,
            days=self._number(f"days_{pk}"),
            who=who,
            counts_from=counts,
        )

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("兑现流程"), reverse("policies:procedures")),)
