"""What a saved list holds now: asked of the same page, as the same person, by the same filters."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from lianshang.core.accounts.models import User
from lianshang.core.saved.models import SavedList
from lianshang.core.ui.lists import RegisterList

MOST = 20_000  # rows that a subscription keeps in mind


def list_page(path: str) -> type[RegisterList] | None:
    """The list page at an address of our own, if there is one."""
    try:
        view: Any = resolve(path).func
    except Resolver404:
        return None
    page = getattr(view, "view_class", None)
    return page if isinstance(page, type) and issubclass(page, RegisterList) else None


def page_as_seen(saved: SavedList) -> RegisterList | None:
    """The page as its owner would open it; None where it is gone or no longer hers to open."""
    page = list_page(saved.path)
    if page is None or (page.permission and not saved.user.may(page.permission)):
        return None
    view = page()
    request = HttpRequest()
    request.method, request.path, request.user = "GET", saved.path, saved.user
    request.GET = QueryDict(saved.query)
    view.setup(request, **resolve(saved.path).kwargs)
    return view


def rows_now(saved: SavedList) -> list[int] | None:
    """Keys of the rows that the list holds now."""
    view = page_as_seen(saved)
    return None if view is None else view.keys(MOST)


def lists_of(user: User, path: str) -> list[SavedList]:
    """What somebody keeps of one page."""
    return list(SavedList.objects.filter(user=user, path=path))
