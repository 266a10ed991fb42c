"""Panels: how an app adds a block to another app's page. There is no second way."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from lianshang.core.ui.access import may

Built = tuple[str, Mapping[str, Any]]  # a template and its context
Build = Callable[[HttpRequest, Any], Built | None]
Count = Callable[[HttpRequest, Any], int]


@dataclass(frozen=True)
class Panel:
    """A block of the page `place`.

    `build(request, subject)` gives template and context, or None to stay away. `tab` puts it under
    a tab of the page ("" is the first); the tab is called as its first panel. `side` puts it into
    the narrow column, `lazy` draws it only after the page is there, `count` is a number beside the
    tab's name.
    """

    place: str
    name: str
    title: str | Promise
    order: int
    permission: str | None
    build: Build
    tab: str = ""
    side: bool = False
    lazy: bool = False
    count: Count | None = None

    def allowed(self, request: HttpRequest) -> bool:
        return may(request.user, self.permission)

    def render(self, request: HttpRequest, subject: Any) -> SafeString | None:
        built = self.build(request, subject)
        if built is None:
            return None
        template, context = built
        return render_to_string(template, {**context, "subject": subject, "panel": self}, request)

    def placeholder(self, request: HttpRequest) -> SafeString:
        """What stands in the page until the panel itself has come."""
        return render_to_string("ui/panel_loading.html", {"panel": self}, request)


@dataclass(frozen=True)
class Tab:
    """A tab of a page, with its panels."""

    name: str
    label: str | Promise
    panels: list[Panel]

    def count(self, request: HttpRequest, subject: Any) -> int | None:
        counters = [one.count for one in self.panels if one.count]
        return sum(count(request, subject) for count in counters) if counters else None


_panels: dict[str, dict[str, Panel]] = defaultdict(dict)


def panel(
    place: str,
    *,
    title: str | Promise,
    order: int = 50,
    permission: str | None = None,
    tab: str = "",
    side: bool = False,
    lazy: bool = False,
    count: Count | None = None,
) -> Callable[[Build], Build]:
    """Declare a function of a `panels.py` as a panel of the page `place` ("enterprises.detail")."""

    def declare(build: Build) -> Build:
        name = f"{build.__module__.rpartition('.')[0]}.{build.__name__}"
        _panels[place][name] = Panel(
            place, name, title, order, permission, build, tab, side, lazy, count
        )
        return build

    return declare


def panels_of(place: str, request: HttpRequest) -> list[Panel]:
    """The panels of a page that this request may see, in their order."""
    allowed = (one for one in _panels[place].values() if one.allowed(request))
    return sorted(allowed, key=lambda one: (one.order, one.name))


def panel_of(place: str, name: str, request: HttpRequest) -> Panel | None:
    """The panel of that name, if this request may see it."""
    return next((one for one in panels_of(place, request) if one.name == name), None)


def tabs_of(place: str, request: HttpRequest, first: str | Promise) -> list[Tab]:
    """The tabs of a page in the order of their panels; the tab "" is called `first`."""
    grouped: dict[str, list[Panel]] = {}
    for one in panels_of(place, request):
        grouped.setdefault(one.tab, []).append(one)
    return [
        Tab(name, panels[0].title if name else first, panels) for name, panels in grouped.items()
    ]


def draw(panels: list[Panel], request: HttpRequest, subject: Any) -> dict[str, list[SafeString]]:
    """The panels as HTML, by column: `main` and `side`."""
    columns: dict[str, list[SafeString]] = {"main": [], "side": []}
    for one in panels:
        html = one.placeholder(request) if one.lazy else one.render(request, subject)
        if html:
            columns["side" if one.side else "main"].append(html)
    return columns
