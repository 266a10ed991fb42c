"""What every page knows: its menu, its face, its language, its theme."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from lianshang.core.app import MenuItem, PartConfig
from lianshang.core.ui.access import may

ON_THE_TOP_BAR = 6  # what fits beside the search on a small desk; the rest is under "more"
ON_THE_BOTTOM_BAR = 4  # as many as thumbs can tell apart; the rest is in the sheet


@dataclass(frozen=True)
class Entry:
    """A menu item with its address, and whether it is where the reader is."""

    label: str | Promise
    url: str
    icon: str
    is_current: bool


def menu_items() -> list[MenuItem]:
    """Every declared entry, in order."""
    items = [
        item
        for config in apps.get_app_configs()
        if isinstance(config, PartConfig)
        for item in config.menu
    ]
    return sorted(items, key=lambda item: item.order)


def menu_for(user: Any) -> list[MenuItem]:
    """The navigation entries this user may open, in order."""
    return [item for item in menu_items() if may(user, item.permission)]


def entries(request: HttpRequest, user: Any) -> list[Entry]:
    """The menu with addresses; the entry under which this page lies is current."""
    items = [(item, url) for item in menu_for(user) if (url := address(item.url_name))]
    near = [(nearness(request.path, (url, *item.covers)), url) for item, url in items]
    nearest = max(near, default=(0, ""))
    return [
        Entry(item.label, url, item.icon, nearest[0] > 0 and url == nearest[1])
        for item, url in items
    ]


def nearness(path: str, beginnings: Iterable[str]) -> int:
    """How much of an address an entry has in common with a page that belongs to it; else 0."""
    return max((len(one) for one in beginnings if lies_under(path, one)), default=0)


def lies_under(path: str, url: str) -> bool:
    """Whether a page belongs to a menu entry: /account/users/7/ lies under /account/users/."""
    return path == url or (url != "/" and path.startswith(url))


def address(url_name: str) -> str | None:
    """The address of a page without arguments, None where this face has no such page."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


def unread_notices(user: Any) -> int:
    """How many notices somebody has not read; asked only by pages that show it."""
    return int(user.notices.unread().count()) if user and user.is_authenticated else 0


def page(request: HttpRequest) -> dict[str, Any]:
    user = getattr(request, "user", None)
    return {
        "menu": entries(request, user) if user is not None else [],
        "top_bar_length": ON_THE_TOP_BAR,
        "menu_bar_length": ON_THE_BOTTOM_BAR,
        "unread_notices": partial(unread_notices, user),
        "search_url": address("search:results"),
        "theme": request.COOKIES.get("theme", ""),
        "site_name": settings.SITE_NAME,
        "face": settings.FACE,
        "is_demo": settings.DEMO,
    }
