"""The page of one round, and one deed with many of its cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.policies.actions.cases import DEEDS, EXCLUDE, INCLUDE, review_cases
from lianshang.apps.policies.choices import CaseState, StepKind
from lianshang.apps.policies.models import DeliveryRound
from lianshang.apps.policies.queries import delivery as queries
from lianshang.apps.policies.queries.case_tables import case_lines
from lianshang.apps.policies.queries.instalments import sums_of
from lianshang.core.ui.pages import Crumb, Page
from lianshang.core.workflow.requests import new_key, request_key

DELIVER = "policies.deliver"
MOST = 500  # cases on a page


class RoundPage(Page):
    """One round: its steps with counts, its cases, what can be done with many of them."""

    permission = DELIVER
    template_name = "policies/delivery/round.html"

    delivery: DeliveryRound

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        self.find(pk)
        return self.show(request.GET.get("step", ""))

    def find(self, pk: int) -> None:
        rows = DeliveryRound.objects.visible_to(self.user).select_related("policy", "office")
        self.delivery = get_object_or_404(rows.select_related("meeting"), pk=pk)
        self.title = self.delivery.title

    def show(self, step: str = "", status: int = 200, **told: Any) -> HttpResponseBase:
        """The page; `told` is what became of a deed that was just done from it."""
        delivery = self.delivery
        cases = delivery.cases.select_related("enterprise", "round__policy", "duty")
        if step == "closed":
            cases = cases.filter(state=CaseState.CLOSED)
        elif step in delivery.kinds:
            cases = cases.filter(step=step).exclude(state=CaseState.CLOSED)
        steps = queries.steps_with_counts(delivery)
        return self.answer(
            status=status,
            delivery=delivery,
            steps=steps,
            standing={one["kind"] for one in steps if one["count"]},
            step=step,
            lines=case_lines(cases[:MOST]),
            is_office=delivery.office_id in self.user.unit_ids(),
            opinions=delivery.opinions.select_related("unit", "duty__kind"),
            notices=delivery.notices.all(),
            sums=sums_of(delivery),
            choices=self._deeds(delivery),
            has_list=delivery.cases.filter(state=CaseState.LISTED, duty=None).exists(),
            request_key=new_key(),
            **told,
        )

    def _deeds(self, delivery: DeliveryRound) -> list[tuple[str, Any]]:
        listed = delivery.kinds[0] == StepKind.LIST
        return [(name, label) for name, label in DEEDS.items()
                if listed or name not in (EXCLUDE, INCLUDE)]  # fmt: skip

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("兑现批次"), reverse("policies:rounds")),)


class ReviewMany(RoundPage):
    """One deed with the chosen cases; then the round again, with what became of each."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return HttpResponseRedirect(reverse("policies:round", args=[pk]))

    def post(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        self.find(pk)
        office = self.delivery.office
        if office.pk not in self.user.unit_ids():
            raise PermissionDenied(gettext("这个批次由“%s”办理。") % office.name)
        told = request.POST
        keys = [key for key in told.getlist("case") if key.isdecimal()]
        deed = told.get("deed", "")
        if deed not in DEEDS or not keys:
            problem = gettext("请先选择企业和要办的事，再点“办理”。")
            return self.show(problem=problem, status=422)
        outcomes = review_cases(
            actor=self.user,
            cases=self.delivery.cases.filter(pk__in=keys[:MOST]).select_related("enterprise"),
            deed=deed,
            reason=told.get("reason", ""),
            missing=told.get("missing", "").splitlines(),
            request_key=request_key(self.user, told.get("request_key", "")),
        )
        done = [one for one in outcomes if not one.refused]
        refused = [one for one in outcomes if one.refused]
        if not refused:  # nothing to read: straight back to the round
            words = {"deed": DEEDS[deed], "n": len(done)}
            messages.success(request, gettext("%(deed)s：已办 %(n)s 家，未办 0 家。") % words)
            return HttpResponseRedirect(reverse("policies:round", args=[pk]))
        return self.show(deed=DEEDS[deed], done=done, refused=refused)
