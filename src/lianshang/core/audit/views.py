"""Pages of the audit administrator: deeds, and looks."""

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from pghistory.models import Context

from lianshang.core import action
from lianshang.core.audit import queries
from lianshang.core.audit.models import AccessKind, AccessLog
from lianshang.core.ui.columns import Column
from lianshang.core.ui.details import DetailPage
from lianshang.core.ui.filters import ChoiceFilter, DayFilter
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb


def name_of(deed: Context) -> str:
    """What the deed is called: 新建用户; its code where its verb has no label."""
    code = str(deed.metadata["action"])
    return str(action.labels.get(code, code))


def part_of(deed: Context) -> str:
    """What the part of the program is called whose verb it was: accounts.create_user → 账号."""
    part = apps.app_configs.get(deed.metadata["action"].partition(".")[0])
    return str(part.verbose_name) if part else ""


def doer_of(deed: Context) -> str:
    return str(deed.metadata.get("actor_name") or _("系统"))


class ActionList(RegisterList):
    """Every deed that changed something: who, when, why."""

    permission = "audit.view"
    title = _("操作审计")
    columns = (
        Column("action", _("操作"), value=name_of, note=part_of),
        Column("actor", _("操作人"), value=doer_of),
        Column("reason", _("事由"), value=lambda deed: deed.metadata.get("reason")),
        Column("created_at", _("时间"), sort="created_at"),
        Column("request", _("请求编号"), value=lambda deed: deed.metadata.get("request_id")),
    )
    filters = (
        ChoiceFilter(
            "action",
            _("操作"),
            path="metadata__action",
            choices=lambda user: sorted(action.labels.items()),
        ),
        DayFilter("day", _("日期"), path="created_at__date"),
    )
    search_fields = (
        "metadata__actor_name",
        "metadata__reason",
        "metadata__request_id",
        "metadata__action",
    )
    search_hint = _("搜操作人、事由、请求编号…")
    default_sort = "-created_at"
    export_permission = "audit.view"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.actions_visible_to(self.user)

    def search(self, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
        """Also by what a deed is called on the page."""
        codes = [code for code, label in action.labels.items() if words in str(label)]
        called = rows.filter(metadata__action__in=codes)
        return super().search(rows, words) | called

    def row_url(self, row: Context) -> str:
        return reverse("audit:action", args=[row.pk])


class ActionDetail(DetailPage):
    """One deed: what it changed, before and after."""

    permission = "audit.view"
    place = "audit.action"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.actions_visible_to(self.user)

    def opened(self) -> None:
        self.title = name_of(self.subject)

    def facts(self) -> Sequence[Any]:
        return (part_of(self.subject), self.subject.metadata["action"])

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("操作审计"), reverse("audit:actions")),)


class AccessList(RegisterList):
    """Every look at somebody's data."""

    permission = "audit.view"
    title = _("访问记录")
    columns = (
        Column("subject_text", _("对象"), note=lambda look: look.subject_label),
        Column("kind", _("类别"), value=AccessLog.get_kind_display),
        Column("user.name", _("用户"), note=lambda look: look.unit_names),
        Column("purpose", _("用途")),
        Column("at", _("时间"), sort="at"),
        Column("request_id", _("请求编号")),
    )
    filters = (
        ChoiceFilter("kind", _("类别"), choices=AccessKind.choices),
        DayFilter("day", _("日期"), path="at__date"),
    )
    search_fields = ("subject_text", "user__name", "purpose", "request_id")
    search_hint = _("搜对象、用户、用途…")
    default_sort = "-at"
    export_permission = "audit.view"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.accesses_visible_to(self.user)
