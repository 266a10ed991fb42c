"""The first page: for each kind of reader another one, composed of panels."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianshang.apps.home.queries import bench_of
from lianshang.core import clock
from lianshang.core.ui.formats import weekday
from lianshang.core.ui.pages import PanelPage


class Workbench(PanelPage):
    """What the staff of the zone must do today."""

    permission = "workbench.view"
    place = "home.workbench"
    template_name = "home/workbench.html"

    def context(self) -> dict[str, Any]:
        today = clock.today()
        self.title = _("%(weekday)s，%(month)s 月 %(day)s 日") % {
            "weekday": weekday(today),
            "year": today.year,
            "month": today.month,
            "day": today.day,
        }
        bench = bench_of(self.request) if self.user.may("duties.view") else None
        return {**super().context(), "bench": bench}


class Portal(PanelPage):
    """What an enterprise sees of itself."""

    permission = "portal.view"
    place = "home.portal"
    template_name = "home/portal.html"

    def context(self) -> dict[str, Any]:
        names = [one.unit.name for one in self.user.current_memberships if one.role == "enterprise"]
        self.title = "、".join(names)
        return super().context()


class Landing(PanelPage):
    """For operators, banks and administrators: where they can go."""

    permission = None
    place = "home.landing"
    title = gettext_lazy("首页")
    template_name = "home/landing.html"


class PublicHome(PanelPage):
    """For people without an account."""

    permission = None
    place = "home.public"
    template_name = "home/public.html"


def index(request: HttpRequest) -> HttpResponseBase:
    """The first page of whoever asks."""
    return page_of(request.user).as_view()(request)


def page_of(user: Any) -> type[PanelPage]:
    if not user.is_authenticated:
        return PublicHome
    if user.may("workbench.view"):
        return Workbench
    return Portal if user.may("portal.view") else Landing
