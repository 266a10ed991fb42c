"""Statistics of a period: every number opens the duties behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit
from lianshang.core.events import publish
from lianshang.core.papers.models import Paper
from lianshang.core.ui import exports
from lianshang.core.ui.columns import Column
from lianshang.core.ui.events import ListExported
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.workflow.actions.papers import issue_bulletin
from lianshang.core.workflow.forms.statistics import BulletinForm, PeriodForm
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries import statistic_tables as tables
from lianshang.core.workflow.queries.statistics import Statistics, statistics
from lianshang.core.workflow.views.papers import Issue


def all_duties() -> Crumb:
    return Crumb(_("事项"), reverse("workflow:duties"))


class OfPeriod(Page):
    """A page about the period that the address asks for; a faulty one falls back to this month."""

    permission = "duties.view"

    @cached_property
    def form(self) -> PeriodForm:
        return PeriodForm(data=self.request.GET)

    @cached_property
    def asked(self) -> dict[str, Any]:
        form = self.form if self.form.is_valid() else PeriodForm(data={})
        form.is_valid()
        return form.cleaned_data

    @property
    def days(self) -> tuple[date, date]:
        return self.asked["first"], self.asked["last"]

    @cached_property
    def found(self) -> Statistics:
        return statistics(self.user, *self.days)

    def query(self, **more: Any) -> str:
        """The period as an address has it, and more."""
        names = ("period", "by", *(("first", "last") if self.asked["period"] == "custom" else ()))
        return urlencode({**{name: self.asked[name] for name in names}, **more})


class StatisticsPage(OfPeriod):
    """The table: by unit or by kind, by name."""

    title = _("事项统计")
    template_name = "workflow/statistics.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        rows = tables.table(self.found, self.asked["by"])
        if (kind := request.GET.get("export", "")) in exports.WRITERS:
            return self.export(kind, rows)
        initial = {name: value for name, value in self.asked.items() if name in {"period", "by"}}
        is_own = self.form.errors or self.asked["period"] == "custom"
        form = self.form if is_own else PeriodForm(initial=initial)
        status = 422 if self.form.errors else 200
        linked = [(row, self.linked(row)) for row in rows]
        return self.answer(form=form, status=status, rows=linked, measures=tables.MEASURES)

    def linked(self, row: tables.TableRow) -> list[tuple[tables.Measure, tables.Figure, str]]:
        """Each number with its column and the address of what is behind it."""
        key = {} if row.key is None else {"key": row.key}
        return [
            (one, figure, f"rows/?{self.query(what=one.name, **key)}" if figure.duties else "")
            for one, figure in zip(tables.MEASURES, row.figures, strict=True)
        ]

    def export(self, kind: str, rows: Sequence[tables.TableRow]) -> HttpResponseBase:
        """Numbers as numbers; a rate that says nothing is left out."""
        publish(ListExported(self.user, "workflow.duty", str(self.title), len(rows), self.query()))
        header = [str(_("名称")), *(f"{one.label}（{one.unit}）" for one in tables.MEASURES)]
        lines = [[row.name, *(_plain(figure) for figure in row.figures)] for row in rows]
        first, last = self.days
        return exports.WRITERS[kind](f"{self.title} {first}–{last}", header, lines)

    def crumbs(self) -> Sequence[Crumb]:
        return (all_duties(),)

    def links(self) -> Sequence[PageLink]:
        return (
            PageLink(_("出简报"), f"bulletin/?{self.query()}", "papers.issue"),
            PageLink(_("导出 Excel"), f"?{self.query(export='xlsx')}"),
            PageLink(_("导出 CSV"), f"?{self.query(export='csv')}"),
        )


def _plain(figure: tables.Figure) -> Any:
    return "" if figure.value is None else round(float(figure.value), 2)


class StatisticsRows(OfPeriod, RegisterList):
    """The duties behind one number."""

    counter = _("件事项")
    columns = (
        Column("title", _("事项"), sort="title", note=lambda duty: duty.origin),
        Column("kind", _("类别"), sort="kind__name"),
        Column("owner", _("主办"), sort="owner__name"),
        Column("opened_at", _("交办时间"), sort="opened_at"),
        Column("state", _("状态"), value=lambda duty: duty.state_label),
    )
    search_fields = ("title",)
    search_hint = _("搜事项…")
    default_sort = "-opened_at"
    export_permission = "duties.view"

    def get_queryset(self) -> QuerySet[Any]:
        duties = Duty.objects.visible_to(self.user).filter(pk__in=self.figure.duties)
        return duties.select_related("kind", "owner", "origin")

    @cached_property
    def figure(self) -> tables.Figure:
        what, key = self.request.GET.get("what", ""), self.request.GET.get("key", "")
        if what not in tables.BY_NAME or not (key.isdecimal() or not key):
            raise Http404
        line = tables.line_of(self.found, self.asked["by"], int(key) if key else None)
        return tables.BY_NAME[what].read(line)

    def context(self) -> dict[str, Any]:
        first, last = self.days
        measure = tables.BY_NAME[self.request.GET["what"]]
        self.title = f"{measure.label} {first} – {last}"
        return super().context()

    def crumbs(self) -> Sequence[Crumb]:
        url = f"{reverse('workflow:statistics')}?{self.query()}"
        return (all_duties(), Crumb(_("事项统计"), url))


class IssueBulletin(OfPeriod, Issue):
    """简报 of a period: the sums, each with source and day."""

    permission = "papers.issue"
    title = _("出事项简报")
    form_class = BulletinForm

    def prepare(self) -> None:
        super().prepare()
        self.back = f"{reverse('workflow:statistics')}?{self.query()}"

    def find(self) -> None:
        """It is about no single thing."""

    def crumbs(self) -> Sequence[Crumb]:
        return (all_duties(), Crumb(_("事项统计"), self.back))

    def form_arguments(self) -> dict[str, Any]:
        first, last = self.days
        counts = {one.name: one.read(self.found.total).text for one in tables.MEASURES}
        text = _(
            "新交办 %(opened)s 件，办结 %(ended)s 件，在办 %(open)s 件，其中超期 %(overdue)s 件。"
        )
        headline = _("%(first)s 至 %(last)s 事项办理情况") % {"first": first, "last": last}
        return {
            **super().form_arguments(),
            "initial": {"headline": headline, "text": text % counts},
        }

    def issue(self, unit: Unit, given: dict[str, Any]) -> Paper:
        return issue_bulletin(
            actor=self.user, statistics=self.found, days=self.days, unit=unit, **given
        )
