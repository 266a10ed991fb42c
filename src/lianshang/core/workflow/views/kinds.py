"""Kinds of duties: what they are, and how their clocks and ladder are set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts.queries import offices
from lianshang.core.calendars.presets import Preset
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.forms import ReasonForm
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.workflow.actions.kinds import put_duty_kind, retire_duty_kind
from lianshang.core.workflow.definitions import ClockDefinition
from lianshang.core.workflow.flows import FLOWS, Flow
from lianshang.core.workflow.forms.kinds import KindForm, Start, filled_by, usable_presets
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.queries.kind_tables import all_kinds, transitions
from lianshang.core.workflow.queries.kinds import definition_of


def all_kinds_crumb() -> Sequence[Crumb]:
    duties = Crumb(_("事项"), reverse("workflow:duties"))
    return (duties, Crumb(_("事项类别"), reverse("workflow:kinds")))


class KindList(Page):
    """Every kind with its clocks and its ladder."""

    permission = "duties.view"
    title = _("事项类别")
    template_name = "workflow/kinds.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return self.answer(kinds=all_kinds(), may_set=self.user.may("duties.kinds"))

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("事项"), reverse("workflow:duties")),)

    def links(self) -> Sequence[PageLink]:
        url = reverse("workflow:kind-new")
        return (PageLink(_("新增类别"), url, "duties.kinds", primary=True),)


class NewKind(FormPage):
    """A kind of the zone's own."""

    permission = "duties.kinds"
    title: Any = _("新增类别")
    form_class = KindForm
    done = _("类别已保存。")
    template_name = "workflow/kind_form.html"
    kind: DutyKind | None = None

    def prepare(self) -> None:
        self.back = reverse("workflow:kinds")

    def crumbs(self) -> Sequence[Crumb]:
        return all_kinds_crumb()

    @cached_property
    def preset(self) -> Preset | None:
        """The one that the address asks to fill in."""
        asked = self.request.GET.get("preset", "")
        return next((one for one in usable_presets() if one.code == asked), None)

    def with_preset(self, clocks: tuple[ClockDefinition, ...]) -> tuple[ClockDefinition, ...]:
        return filled_by(self.preset, clocks) if self.preset else clocks

    def form_arguments(self) -> dict[str, Any]:
        return {"begin": Start(clocks=self.with_preset(()))}

    def flow(self) -> Flow | None:
        return None

    def context(self) -> dict[str, Any]:
        flow = self.flow()
        more = {
            "presets": usable_presets(),
            "unit_names": offices(),
            "transitions": transitions(flow) if flow else [],
        }
        return {**super().context(), **more}

    def act(self, form: KindForm) -> str:
        definition, reason = form.definition(), form.cleaned_data["reason"]
        put_duty_kind(actor=self.user, definition=definition, reason=reason)
        return self.back


class EditKind(NewKind):
    """The clocks, the ladder and the name of a kind."""

    def prepare(self) -> None:
        super().prepare()
        self.kind = get_object_or_404(DutyKind, pk=self.kwargs["pk"])
        self.known = definition_of(self.kind)
        self.title = self.kind.name

    def links(self) -> Sequence[PageLink]:
        assert self.kind
        if not self.kind.is_active:
            return ()
        return (PageLink(_("停用"), reverse("workflow:kind-retire", args=[self.kind.pk])),)

    def form_arguments(self) -> dict[str, Any]:
        known = self.known
        begin = Start(known.name, known.is_public, self.with_preset(known.clocks), known.ladder)
        return {"begin": begin, "known": known}

    def flow(self) -> Flow | None:
        return FLOWS[self.known.flow]


class RetireKind(FormPage):
    """No new duties of a kind."""

    permission = "duties.kinds"
    title = _("停用类别")
    form_class = ReasonForm
    intro = _("停用后不能再用它交办；已经交办的事项照常办理。重新保存这个类别即恢复。")
    submit = _("停用")
    is_dangerous = True
    done = _("类别已停用。")

    def prepare(self) -> None:
        self.back = reverse("workflow:kinds")
        self.kind = get_object_or_404(DutyKind, pk=self.kwargs["pk"])

    def crumbs(self) -> Sequence[Crumb]:
        return (*all_kinds_crumb(), Crumb(self.kind.name, self.back))

    def act(self, form: ReasonForm) -> str:
        retire_duty_kind(actor=self.user, kind=self.kind, **form.cleaned_data)
        return self.back
