"""Where duties come from: the list, a sheet per kind with rows, one origin, its end (销号)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core.calendars import dates
from lianshang.core.ui import formats
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter, DayFilter, YesNoFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.ui.states import badge
from lianshang.core.workflow.actions.origins import (
    add_to_origin,
    open_from_origin,
    reopen_origin,
    settle_origin,
)
from lianshang.core.workflow.choices import OriginKind
from lianshang.core.workflow.forms.origins import (
    SHEETS,
    MoreForm,
    Options,
    SettleForm,
    SheetForm,
)
from lianshang.core.workflow.models import Origin
from lianshang.core.workflow.queries import origins as queries
from lianshang.core.workflow.requests import request_key
from lianshang.core.workflow.views.rows import WithRows


def all_origins() -> Crumb:
    return Crumb(_("事项来源"), reverse("workflow:origins"))


def settled_badge(is_settled: bool) -> str:
    return badge(_("已销号"), "met") if is_settled else badge(_("未销号"), "unknown")


def _settled_on(origin: Origin) -> str:
    return formats.day(dates.local(origin.settled_at)) if origin.settled_at else ""


class Settled(YesNoFilter):
    """Whether it is ended."""

    def narrow(self, rows: QuerySet[Any], values: Any) -> QuerySet[Any]:
        chosen = values[self.name]
        return rows.filter(settled_at__isnull=chosen == "no") if chosen else rows


class OriginList(RegisterList):
    """Meetings, instructions, inspections and visits, with how far their duties are."""

    permission = "duties.view"
    title = _("事项来源")
    counter = _("项来源")
    columns = (
        Column("title", _("标题"), sort="title", note=lambda origin: origin.number),
        Column("kind", _("来源"), value=Origin.get_kind_display, sort="kind"),
        Column("held_on", _("日期"), sort="held_on"),
        Column("lead", _("牵头单位"), sort="lead__name"),
        Column("ended", _("办结"), value=lambda origin: f"{origin.ended} / {origin.total}"),
        Column("overdue", _("超期"), numeric=True),
        Column("is_settled", _("销号"), display=settled_badge, note=_settled_on),
    )
    filters = (
        ChoiceFilter("kind", _("来源"), choices=OriginKind.choices),
        Settled("settled", _("已销号")),
        DayFilter("held", _("日期"), path="held_on"),
    )
    search_fields = ("title", "number")
    search_hint = _("搜标题、文号…")
    default_sort = "-held_on"
    empty_text = _("会议、领导批示、检查、调研走访登记在这里，交办的事项从这里跟到销号。")

    def get_queryset(self) -> QuerySet[Any]:
        return queries.with_counts(Origin.objects.visible_to(self.user)).select_related("lead")

    @cached_property
    def overdue(self) -> dict[int, int]:
        return queries.overdue_by_origin(self.get_queryset())

    def cells(self, row: Any) -> list[Any]:
        row.overdue = self.overdue.get(row.pk, 0)
        return super().cells(row)

    def links(self) -> Sequence[PageLink]:
        kinds = queries.kinds_for(self.user)
        return [
            PageLink(SHEETS[kind].title, reverse("workflow:origin-new", args=[kind.value]))
            for kind in kinds
        ]


class NewOrigin(WithRows):
    """A sheet of one kind."""

    form_class = SheetForm

    def prepare(self) -> None:
        kind = self.kwargs["kind"]
        if kind not in OriginKind.values:
            raise Http404
        if kind not in queries.kinds_for(self.user):
            raise PermissionDenied(_now("批示和检查由部门工作人员或督办人员登记。"))
        self.kind, self.sheet = OriginKind(kind), SHEETS[kind]
        self.title, self.intro, self.rows_title = (
            self.sheet.title,
            self.sheet.intro,
            self.sheet.rows,
        )
        self.offered, self.back = Options(kind), reverse("workflow:origins")

    def crumbs(self) -> Sequence[Crumb]:
        return (all_origins(),)

    def form_arguments(self) -> dict[str, Any]:
        return {"kind": self.kind, "user": self.user}

    def act(self, form: SheetForm, rows: Any) -> str:
        origin = open_from_origin(
            actor=self.user,
            origin_fields=form.origin_fields(),
            rows=rows,
            request_key=request_key(self.user, form.cleaned_data["request_key"]) or "",
        )
        return origin.get_absolute_url()


class OfOrigin(Page):
    """A page about an origin that the user sees."""

    origin: Origin

    def find(self) -> None:
        """Load the origin that the address names."""
        origins = Origin.objects.visible_to(self.user).select_related("lead", "about")
        self.origin = get_object_or_404(origins, pk=self.kwargs["pk"])
        self.back = self.origin.get_absolute_url()

    def crumbs(self) -> Sequence[Crumb]:
        return (all_origins(), Crumb(str(self.origin), self.back))


class AddRows(OfOrigin, WithRows):
    """More duties from an origin."""

    title = _("补充事项")
    done = _("事项已交办。")
    form_class = MoreForm
    intro = ""

    def prepare(self) -> None:
        self.find()
        if not queries.may_add(self.user, self.origin):
            raise PermissionDenied(_now("这项来源不能再补充事项。"))
        self.offered, self.rows_title = Options(self.origin.kind), SHEETS[self.origin.kind].rows

    def act(self, form: MoreForm, rows: Any) -> str:
        key = request_key(self.user, form.cleaned_data["request_key"]) or ""
        add_to_origin(actor=self.user, origin=self.origin, rows=rows, request_key=key)
        return self.back


class OriginDetail(DetailPage):
    """One origin: what it is, its duties, its papers, its reply."""

    permission = "duties.view"
    place = "workflow.origin"

    def get_queryset(self) -> QuerySet[Any]:
        origins = Origin.objects.visible_to(self.user)
        return origins.select_related("lead", "about", "written_by", "written_by_unit")

    def facts(self) -> Sequence[Any]:
        origin = self.subject
        return [one for one in (origin.number, origin.held_on.isoformat(), origin.lead) if one]

    def tags(self) -> Sequence[Any]:
        settled = _("已销号") if self.subject.is_settled else _("未销号")
        return (self.subject.get_kind_display(), settled)

    def crumbs(self) -> Sequence[Crumb]:
        return (all_origins(),)

    def links(self) -> Sequence[PageLink]:
        origin, found = self.subject, []
        if queries.may_add(self.user, origin):
            found.append(PageLink(_("补充事项"), reverse("workflow:origin-add", args=[origin.pk])))
        if queries.may_settle(self.user, origin):
            name = "workflow:origin-reopen" if origin.is_settled else "workflow:origin-settle"
            label = _("撤回销号") if origin.is_settled else _("销号")
            url = reverse(name, args=[origin.pk])
            ready = not origin.is_settled and not queries.open_duties(origin)
            found.append(PageLink(label, url, primary=ready))
        return found


class Ending(OfOrigin, FormPage):
    """A page for those who may end an origin, or take its end back."""

    permission = "duties.view"

    def prepare(self) -> None:
        self.find()
        if not queries.may_settle(self.user, self.origin):
            raise PermissionDenied(
                _now("批示和检查由督办人员销号；会议和调研也可以由召集单位销号。")
            )


class SettleOrigin(Ending):
    """The reply, and the end."""

    title = _("销号")
    form_class = SettleForm
    intro = _("全部事项办结后才能销号。")
    submit = _("确认销号")
    done = _("已销号。")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"reply": self.origin.reply}}

    def act(self, form: SettleForm) -> str:
        settle_origin(actor=self.user, origin=self.origin, **form.cleaned_data)
        return self.back


class ReopenOrigin(Ending):
    """Take the end back."""

    title = _("撤回销号")
    form_class = ReasonForm
    intro = _("撤回后可以补充事项、重写回复，再次销号。")
    submit = _("撤回销号")
    done = _("销号已撤回。")

    def act(self, form: ReasonForm) -> str:
        reopen_origin(actor=self.user, origin=self.origin, **form.cleaned_data)
        return self.back
