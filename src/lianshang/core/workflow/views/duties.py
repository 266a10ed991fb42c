"""The list of duties, and one duty."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit
from lianshang.core.ui.access import may
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter, Choices
from lianshang.core.ui.formats import near_day
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, PageLink
from lianshang.core.workflow.badges import due_reason, due_text, state_badge
from lianshang.core.workflow.choices import Act, OriginKind, Part, State, Urgency
from lianshang.core.workflow.models import Duty, DutyKind
from lianshang.core.workflow.models.duties import DutyQuerySet
from lianshang.core.workflow.queries.lists import AsOpened, InOrder, ListRow, bench_rows, in_tab
from lianshang.core.workflow.queries.reading import duties_in_full, reading_of
from lianshang.core.workflow.queries.rights import possible
from lianshang.core.workflow.queries.workbench import Row, Workbench, workbench

TABS = (
    ("mine", _("我办的"), None),
    ("confirm", _("等我确认"), None),
    ("asked", _("等别人"), None),
    ("former", _("已交接"), None),
    ("all", _("全部"), "duties.supervise"),
)
EMPTY = {
    "mine": _("没有要您办的事"),
    "confirm": _("没有等您确认的事"),
    "asked": _("没有在等别人的事"),
    "former": _("没有交接出去的事"),
    "all": _("还没有事项"),
}
SORTS = (
    ("", _("按到期")),
    ("-due", _("按到期倒序")),
    ("-opened", _("最近交办在前")),
    ("opened", _("最早交办在前")),
)
# What makes sense for many duties in one go.
TOGETHER = (
    *(Act.ACCEPT, Act.REPORT, Act.CLAIM, Act.CONFIRM, Act.PUBLISH, Act.HAND_OVER, Act.JOIN),
    *(Act.URGE, Act.NOTE),
)


def owners(user: Any) -> Choices:
    """Units that own a duty which the reader may see."""
    seen = Duty.objects.visible_to(user).order_by().values("owner")
    return list(Unit.objects.filter(pk__in=seen).order_by("name").values_list("pk", "name"))


def kinds(user: Any) -> Choices:
    return list(DutyKind.objects.order_by("pk").values_list("pk", "name"))


def grey_line(row: Row) -> str:
    """诉求 · 第 3 次会议 · 协办 交警大队."""
    helpers = [one.unit.name for one in row.duty.parties.all() if one.part == Part.CO_OWNER]
    parts = [row.duty.kind.name, str(row.duty.origin or "")]
    if helpers:
        parts.append(_now("协办 %s") % "、".join(helpers))
    return " · ".join(part for part in parts if part)


def due_cell(row: Row) -> str:
    """When it is due, in the accent where it presses; when it ended."""
    if row.standing.ended_at:
        return near_day(row.standing.ended_at)
    css = "pressing" if row.is_overdue or row.is_due_today else ""
    return format_html('<span class="{}">{}</span>', css, due_text(row))


def due_note(row: Row) -> str:
    """Which clock and how it counts; of an ended one, whether it was in time."""
    if not row.standing.ended_at:
        return due_reason(row.clock)
    late = any(run.is_late for run in row.standing.of("close"))
    return _now("逾期办结") if late else row.duty.state_label


def subject_cell(row: ListRow) -> str:
    """What it is about, else who asked."""
    return row.subject.name if row.subject else row.duty.asker.name


def subject_note(row: ListRow) -> str:
    return _now("交办方 %s") % row.duty.asker.name if row.subject else ""


class DutyList(RegisterList):
    """Duties by what they ask of the reader, those due first before the others."""

    permission = "duties.view"
    title = _("事项")
    counter = _("件事项")
    columns = (
        Column("title", _("事项"), value=lambda row: row.duty.title, note=grey_line),
        Column("subject", _("对象 / 交办方"), value=subject_cell, note=subject_note),
        Column("due", _("到期"), value=due_cell, note=due_note),
        Column("state", _("状态"), value=state_badge),
        Column("owner", _("主办"), value=lambda row: row.duty.owner.name),
    )
    filters = (
        ChoiceFilter("kind", _("类别"), choices=kinds),
        ChoiceFilter("state", _("状态"), choices=State.choices),
        ChoiceFilter("urgency", _("缓急"), choices=Urgency.choices),
        ChoiceFilter("owner", _("主办单位"), choices=owners),
        ChoiceFilter("origin", _("来源"), choices=OriginKind.choices, path="origin__kind"),
        ChoiceFilter(
            "when",
            _("时限"),
            choices=(
                ("overdue", _("已超期")),
                ("in_time", _("未超期")),
                ("today", _("今天到期")),
                ("week", _("本周到期")),
            ),
            by=lambda rows, _when: rows.still_open(),  # type: ignore[attr-defined]  # of duties
        ),
    )
    search_fields = ("title",)
    search_hint = _("搜事项…")
    template_name = "workflow/duties.html"
    table_template = "workflow/duties_table.html"

    @cached_property
    def bench(self) -> Workbench:
        return workbench(self.user)

    @property
    def tab(self) -> str:
        known = {name for name, _label, permission in TABS if may(self.user, permission)}
        asked = self.request.GET.get("show", "")
        return asked if asked in known else "mine"

    def get_queryset(self) -> DutyQuerySet:
        return duties_in_full(in_tab(self.user, self.bench, self.tab))

    def _sorted(self, rows: QuerySet[Any]) -> Any:
        """By what the logs say, so not by the database."""
        assert isinstance(rows, DutyQuerySet)
        when = self.filter_form.cleaned_data["when"] if self.filter_form.is_valid() else ""
        if self.asked_order.endswith("opened") and not when:
            return AsOpened(self.user, rows, is_reversed=self.asked_order.startswith("-"))
        known = bench_rows(self.bench, self.tab)
        return InOrder(self.user, rows, known, when=when, is_reversed=self.asked_order == "-due")

    @property
    def asked_order(self) -> str:
        return self.request.GET.get("sort", "")

    def sorts(self) -> list[tuple[str, str]]:
        return [(name, str(label)) for name, label in SORTS]

    def keys(self, most: int) -> list[int]:
        found: Any = self.rows  # as `_sorted` made them
        return list(found.keys[:most])

    def row_url(self, row: Row) -> str:
        return row.duty.get_absolute_url()

    def table(self) -> dict[str, Any]:
        table = super().table()
        shown = list(table["page"].object_list)
        seen = [(row.duty.pk, *rest) for row, rest in zip(shown, table["rows"], strict=True)]
        return {
            **table,
            "rows": seen,
            "tabs": self.tabs(),
            "acts": self.acts_for(shown),
            "empty": EMPTY[self.tab],
            "home": f"?show={self.tab}",
        }

    def tabs(self) -> list[tuple[str, Any, int | None]]:
        """Name, label, number."""
        bench = self.bench
        numbers: dict[str, int | None] = {
            "mine": len(bench.mine),
            "confirm": len(bench.waiting_for_me),
            "asked": len(bench.waiting_for_others),
            "former": in_tab(self.user, bench, "former").count(),
            "all": None,
        }
        allowed = [one for one in TABS if may(self.user, one[2])]
        return [(name, label, numbers[name]) for name, label, _permission in allowed]

    def acts_for(self, rows: Sequence[Row]) -> list[tuple[str, Any]]:
        """What can be done with some of the rows together."""
        can = {one.act for row in rows for one in possible(self.user, row.duty)}
        return [(act.value, act.label) for act in TOGETHER if act in can]

    def links(self) -> Sequence[PageLink]:
        return (
            PageLink(_("来源"), reverse("workflow:origins")),
            PageLink(_("办实事"), reverse("workflow:deeds")),
            PageLink(_("统计"), reverse("workflow:statistics")),
            PageLink(_("类别"), reverse("workflow:kinds")),
            PageLink(_("交办"), reverse("workflow:duty-new"), "duties.open", primary=True),
        )


class DutyDetail(DetailPage):
    """One duty: what to do next, its clocks, its log."""

    permission = "duties.view"
    place = "workflow.duty"
    subject: Duty
    template_name = "workflow/duty.html"

    def get_queryset(self) -> DutyQuerySet:
        return duties_in_full(Duty.objects.visible_to(self.user))

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("事项"), reverse("workflow:duties")),)

    def facts(self) -> Sequence[Any]:
        duty = self.subject
        asked = format_html(_now("{}交办于 {}"), duty.asker.name, near_day(duty.opened_at))
        return (duty.kind.name, _now("主办 %s") % duty.owner.name, asked)

    def badge(self) -> str:
        """Late, due today, or where it stands."""
        return state_badge(reading_of(self.request, self.subject).row)
