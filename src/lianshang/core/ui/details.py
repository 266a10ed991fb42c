"""The detail page: a head, and tabs composed of panels of every app that has something to say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lianshang.core.ui.pages import Page
from lianshang.core.ui.panels import Tab, draw, panel_of, tabs_of


@dataclass(frozen=True)
class TabLink:
    """A tab as the page shows it."""

    label: str | Promise
    url: str
    count: int | None
    is_current: bool


class DetailPage(Page):
    """One thing: give `permission`, `place` and `get_queryset()`; panels do the rest."""

    place: ClassVar[str]
    first_tab: str | Promise = _("概览")
    template_name = "ui/detail.html"
    subject: Any

    def get_queryset(self) -> QuerySet[Any]:
        """Those this user may see; what is outside answers 404, as if it did not exist."""
        raise NotImplementedError

    def opened(self) -> None:
        """Called before anything is shown; the place for `record_access`."""

    def heading(self) -> str:
        """What the page is called."""
        return str(self.subject)

    def facts(self) -> Sequence[Any]:
        """The grey line under the title."""
        return ()

    def tags(self) -> Sequence[Any]:
        """The small labels under it."""
        return ()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.subject = get_object_or_404(self.get_queryset(), pk=kwargs["pk"])
        self.title = self.heading()
        self.opened()  # also for a single panel: no look escapes the access log
        if one := panel_of(self.place, request.GET.get("panel", ""), request):
            return render(request, "ui/one_panel.html", {"html": one.render(request, self.subject)})
        tabs = tabs_of(self.place, request, self.first_tab)
        current = self.current_tab(tabs)
        columns = draw(current.panels if current else [], request, self.subject)
        return self.answer(
            subject=self.subject,
            tabs=[self.tab_link(tab, tab is current) for tab in tabs],
            columns=columns,
        )

    def current_tab(self, tabs: Sequence[Tab]) -> Tab | None:
        """The tab that the address names, else the first."""
        asked = self.request.GET.get("tab", "")
        return next((tab for tab in tabs if tab.name == asked), tabs[0] if tabs else None)

    def tab_link(self, tab: Tab, is_current: bool) -> TabLink:
        url = f"?tab={tab.name}" if tab.name else self.request.path
        return TabLink(tab.label, url, tab.count(self.request, self.subject), is_current)
