"""What became of the deliveries, for those who look after sending."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core.notices import actions, queries
from lianshang.core.notices.choices import Channel, State
from lianshang.core.notices.kinds import kind_label
from lianshang.core.notices.models import Delivery
from lianshang.core.ui.columns import Column
from lianshang.core.ui.filters import ChoiceFilter, DayFilter
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb
from lianshang.core.ui.states import badges

TONES = {
    State.SENT: "met",
    State.FAILED: "short",
    State.UNKNOWN: "person",
    State.WAITING: "unknown",
    State.SENDING: "unknown",
}


class DeliveryList(RegisterList):
    """Every delivery: state, error, and a way to send again. What was told is not shown."""

    permission = "notices.view"
    title = _("通知投递")
    columns = (
        Column("notice.recipient.name", _("接收人"), sort="notice__recipient__name"),
        Column("kind", _("类别"), value=lambda one: kind_label(one.notice.kind)),
        Column("channel", _("渠道"), value=Delivery.get_channel_display, sort="channel"),
        Column("state", _("状态"), display=badges(State, TONES), sort="state"),
        Column("last_error", _("错误")),
        Column("attempts", _("尝试次数"), numeric=True),
        Column("not_before", _("最早发送"), sort="not_before"),
        Column("sent_at", _("发送时间"), sort="sent_at"),
    )
    filters = (
        ChoiceFilter("state", _("状态"), choices=State.choices),
        ChoiceFilter("channel", _("渠道"), choices=Channel.choices),
        DayFilter("day", _("最早发送"), path="not_before__date"),
    )
    search_fields = ("notice__recipient__name", "notice__recipient__username", "last_error")
    search_hint = _("搜接收人、错误…")
    default_sort = "-not_before"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.deliveries_visible_to(self.user)

    def row_url(self, row: Delivery) -> str | None:
        may_resend = row.state in actions.RESENDABLE
        return reverse("notices:resend", args=[row.pk]) if may_resend else None


class Resend(FormPage):
    """A person decides to send again what failed, or what may have arrived."""

    permission = "notices.view"
    title = _("重新发送")
    intro = _("结果不明的通知可能已经送达，重发后对方可能收到两次。请先向对方核实。")
    form_class = ReasonForm
    submit = _("重新发送")
    done = _("已排队重新发送。")
    delivery: Delivery

    def prepare(self) -> None:
        found = queries.deliveries_visible_to(self.user)
        self.delivery = get_object_or_404(found, pk=self.kwargs["pk"])
        self.back = reverse("notices:deliveries")

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("通知投递"), self.back),)

    def act(self, form: ReasonForm) -> str:
        actions.resend(actor=self.user, delivery=self.delivery, **form.cleaned_data)
        return self.back
