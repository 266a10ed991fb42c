"""Coverage of the zone on a day: the rates with their parts, every firm with its reason and what
would cover it, and recording it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy

from lianshang.apps.enterprises.models import Enterprise
from lianshang.apps.party.actions.coverage import (
    count_again,
    count_members,
    cover_firm,
    end_coverage,
    leave_out,
)
from lianshang.apps.party.choices import State
from lianshang.apps.party.forms import CoveringForm, EndForm, LeaveOutForm, MembersForm
from lianshang.apps.party.models import Coverage, LeftOut
from lianshang.apps.party.queries.coverage import firms_on, month_ends, rates
from lianshang.apps.party.queries.explanations import Standing, standings, suggestions_on
from lianshang.core import clock
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter, Filter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import DayField, ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb

MONTHS = 12  # of the curve


@dataclass(frozen=True)
class AsOf(Filter):
    """The day the whole page is of; it narrows nothing."""

    def fields(self, user: Any) -> dict[str, forms.Field]:
        return {self.name: DayField(label=str(self.label))}

    def narrow(self, rows: QuerySet[Any], values: Any) -> QuerySet[Any]:
        return rows


def _standing(row: Any) -> Standing:
    standing: Standing = row.standing
    return standing


class CoverageList(RegisterList):
    """The firms of the denominator, each with its state, its reasons and a suggestion."""

    permission = "party.view"
    title = gettext_lazy("党建覆盖")
    counter = gettext_lazy("家")
    template_name = "party/coverage.html"
    search_fields = ("name", "credit_code")
    default_sort = "name"
    export_permission = "party.view"
    empty_title = gettext_lazy("没有这样的企业")
    empty_text = gettext_lazy("企业登记簿里存续的企业和社会组织会列在这里。")
    columns = (
        Column("name", gettext_lazy("企业"), sort="name_key", note=lambda one: one.credit_code),
        Column("state", gettext_lazy("状态"), value=lambda one: State(one.state).label,
               sort="state"),
        Column("reasons", gettext_lazy("依据"),
               value=lambda one: "；".join(_standing(one).reasons)),
        Column("advice", gettext_lazy("建议"), value=lambda one: _standing(one).advice),
        Column("park.name", gettext_lazy("园区"), sort="park__name"),
    )  # fmt: skip
    filters = (
        AsOf("on", gettext_lazy("截至")),
        ChoiceFilter("state", gettext_lazy("状态"), choices=State.choices),
    )

    @cached_property
    def on(self) -> date:
        """The day that is asked for; no later one than today."""
        try:
            asked = parse_date(self.request.GET.get("on", ""))
        except ValueError:  # the 31st of February
            asked = None
        return min(asked or clock.today(), clock.today())

    def get_queryset(self) -> QuerySet[Any]:
        return firms_on(self.on, self.user).select_related("park")

    def prepare(self, rows: Sequence[Any]) -> None:
        keys = [row.pk for row in rows]
        explained = standings(rows, self.on, suggestions_on(self.on, self.user, keys))
        for row in rows:
            row.standing = explained[row.pk]

    def context(self) -> dict[str, Any]:
        return {**super().context(), "rates": rates(self.on, self.user), "on": self.on}

    def curve(self) -> list[Any]:
        """The rates at the ends of the last months; asked by the template."""
        return [rates(day, self.user) for day in month_ends(self.on, MONTHS)]

    def row_url(self, row: Enterprise) -> str:
        return f"{reverse('enterprises:detail', args=[row.pk])}?tab=party"


class AboutOneFirm(FormPage):
    """A form page about the coverage of one firm."""

    permission = "party.manage"
    firm: Enterprise

    def prepare(self) -> None:
        firms = Enterprise.objects.visible_to(self.user)
        self.firm = get_object_or_404(firms, pk=self.kwargs["pk"])
        self.back = f"{reverse('enterprises:detail', args=[self.firm.pk])}?tab=party"

    def crumbs(self) -> Sequence[Crumb]:
        return (
            Crumb(gettext_lazy("党建覆盖"), reverse("party:coverage")),
            Crumb(self.firm.name, self.back),
        )


class CoverFirm(AboutOneFirm):
    """Record that an organisation covers the firm."""

    title = gettext_lazy("登记覆盖")
    form_class = CoveringForm

    def act(self, form: Any) -> str:
        cover_firm(actor=self.user, enterprise=self.firm, **form.cleaned_data)
        return self.back


class EndCoverage(AboutOneFirm):
    """Record that a coverage ended."""

    title = gettext_lazy("结束覆盖")
    form_class = EndForm

    def act(self, form: Any) -> str:
        rows = Coverage.objects.filter(enterprise=self.firm, until=None)
        coverage = get_object_or_404(rows, pk=self.kwargs["coverage"])
        end_coverage(actor=self.user, coverage=coverage, **form.cleaned_data)
        return self.back


class CountMembers(AboutOneFirm):
    """Record how many members work in the firm."""

    title = gettext_lazy("登记党员人数")
    form_class = MembersForm
    intro = gettext_lazy("只记人数，不记姓名。名册以组织部门的党员信息系统为准。")

    def act(self, form: Any) -> str:
        count_members(actor=self.user, enterprise=self.firm, **form.cleaned_data)
        return self.back


class LeaveOut(AboutOneFirm):
    """Take the firm out of the denominator."""

    title = gettext_lazy("不计入覆盖统计")
    form_class = LeaveOutForm

    def act(self, form: Any) -> str:
        leave_out(actor=self.user, enterprise=self.firm, **form.cleaned_data)
        return self.back


class CountAgain(AboutOneFirm):
    """Count the firm again."""

    title = gettext_lazy("恢复计入")
    form_class = ReasonForm

    def act(self, form: Any) -> str:
        row = get_object_or_404(LeftOut, enterprise=self.firm, until=None)
        count_again(actor=self.user, left_out=row, **form.cleaned_data)
        return self.back
