"""What every page class shares: who may open it, its title, breadcrumbs and head links."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.generic import View

from lianshang.core.ui.access import may, permitted
from lianshang.core.ui.panels import draw, panel_of, panels_of

Text = str | Promise


@dataclass(frozen=True)
class Crumb:
    """One step of the way to a page."""

    label: Text
    url: str


@dataclass(frozen=True)
class PageLink:
    """A button in the head of a page; hidden from those who lack the permission."""

    label: Text
    url: str
    permission: str | None = None
    primary: bool = False


class Page(View):
    """A page: a permission (None: everybody), a title, a template."""

    permission: ClassVar[str | None]
    title: Text = ""
    template_name = "base.html"

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable[..., HttpResponseBase]:
        view = super().as_view(**initkwargs)
        return permitted(cls.permission)(view) if cls.permission else view

    @property
    def user(self) -> Any:
        """Who is signed in; on a public page perhaps nobody (AnonymousUser)."""
        return cast("Any", self.request.user)

    def crumbs(self) -> Sequence[Crumb]:
        return ()

    def links(self) -> Sequence[PageLink]:
        return ()

    def context(self) -> dict[str, Any]:
        allowed = [link for link in self.links() if may(self.user, link.permission)]
        return {"view": self, "title": self.title, "crumbs": self.crumbs(), "links": allowed}

    def answer(self, template: str | None = None, status: int = 200, **more: Any) -> HttpResponse:
        """The response: the page's template with its context and more."""
        context = {**self.context(), **more}
        return render(self.request, template or self.template_name, context, status=status)


class PanelPage(Page):
    """A page whose whole content is composed of panels of the place `place`."""

    place: ClassVar[str]
    template_name = "ui/panel_page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if one := panel_of(self.place, request.GET.get("panel", ""), request):
            return render(request, "ui/one_panel.html", {"html": one.render(request, None)})
        return self.answer(columns=draw(panels_of(self.place, request), request, None))
