"""What a user's page shows."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lianshang.core.accounts import queries
from lianshang.core.accounts.models import User
from lianshang.core.ui.panels import panel

PLACE = "accounts.user"


@panel(PLACE, title=_("角色"), order=10)
def roles(request: HttpRequest, subject: User) -> tuple[str, Mapping[str, Any]]:
    memberships = subject.memberships.select_related("unit").order_by("-since", "role")
    open_keys = set(queries.open_memberships(subject).values_list("pk", flat=True))
    return "accounts/panels/roles.html", {"memberships": memberships, "open_keys": open_keys}


@panel(PLACE, title=_("登录安全"), order=20, side=True)
def sign_in(request: HttpRequest, subject: User) -> tuple[str, Mapping[str, Any]]:
    return "accounts/panels/sign_in.html", {"has_factor": queries.has_second_factor(subject)}
