"""办实事: the list of staff, and the page that anybody may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.models import Unit
from lianshang.core.ui import formats
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter, Choices
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, PageLink
from lianshang.core.ui.states import badge
from lianshang.core.workflow.badges import TONES
from lianshang.core.workflow.choices import FlowName, State
from lianshang.core.workflow.models import Duty
from lianshang.core.workflow.queries import deeds as queries


def _owners(user: Any) -> Choices:
    seen = Duty.objects.visible_to(user).filter(kind__flow=FlowName.DEED).order_by()
    return list(Unit.objects.filter(pk__in=seen.values("owner")).values_list("pk", "name"))


def _state(duty: Duty) -> str:
    return badge(duty.state_label, TONES[State(duty.state)])


class DeedList(RegisterList):
    """Deeds from proposal to publication."""

    permission = "duties.view"
    title = _("办实事")
    counter = _("件实事")
    columns = (
        Column("title", _("实事"), sort="title", note=lambda row: row.asker),
        Column("owner", _("主办"), sort="owner__name"),
        Column("opened_at", _("提出"), display=formats.day, sort="opened_at"),
        Column("promised", _("承诺"), value=queries.promised_on, sort="promised"),
        Column("done", _("办成"), value=queries.done_on, sort="done_at"),
        Column("published", _("公示"), value=queries.published_on, sort="published_at"),
        Column("state", _("状态"), value=_state),
    )
    filters = (
        ChoiceFilter("owner", _("主办"), choices=_owners, path="owner"),
        ChoiceFilter("state", _("状态"), choices=State.choices),
    )
    search_fields = ("title",)
    search_hint = _("搜实事…")
    default_sort = "-opened_at"
    export_permission = "duties.view"
    empty_text = _("从调研走访、会议或新交办里提出；主办单位承诺日期，办成、公示。")

    def get_queryset(self) -> QuerySet[Any]:
        return queries.deeds(Duty.objects.visible_to(self.user))

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("事项"), reverse("workflow:duties")),)

    def links(self) -> Sequence[PageLink]:
        return (PageLink(_("公示页"), reverse("deeds:published")),)


class PublishedDeeds(RegisterList):
    """Published deeds, for anybody."""

    permission = None
    title = _("办实事公示")
    counter = _("件实事")
    columns = (
        Column("title", _("实事")),
        Column("owner", _("谁办的")),
        Column("promised", _("承诺日期"), value=queries.promised_on),
        Column("done", _("办成日期"), value=queries.done_on),
        Column("what", _("办成了什么")),
    )
    search_fields = ("title", "owner__name")
    search_hint = _("搜实事、单位…")
    empty_title = _("还没有公示的实事")
    empty_text = _("实事办成并公示后列在这里。")

    def get_queryset(self) -> QuerySet[Any]:
        return queries.published_deeds()

    def row_url(self, row: Any) -> None:
        """The duty itself is internal."""
