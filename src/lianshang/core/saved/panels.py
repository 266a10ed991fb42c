"""Saved lists on every list page, and on the workbench."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.core.saved.models import SavedList
from lianshang.core.saved.queries import lists_of
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.panels import Built, panel


@panel("ui.register", title=_("我的列表"), order=10, permission="saved.use")
def on_register(request: HttpRequest, subject: RegisterList) -> Built:
    """The lists kept of this page, and keeping the one that is open."""
    query = request.GET.urlencode()
    return "saved/on_register.html", {
        "lists": lists_of(request.user, request.path),  # type: ignore[arg-type]  # signed in
        "keep": urlencode({"path": request.path, "query": query}),
    }


@panel("home.workbench", title=_("我的列表"), order=70, permission="saved.use", side=True)
def on_workbench(request: HttpRequest, subject: None) -> Built | None:
    lists = list(SavedList.objects.filter(user=request.user.pk))
    return ("saved/on_workbench.html", {"lists": lists}) if lists else None
