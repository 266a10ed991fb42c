"""Who may open a view: decided once, by permission name."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def sign_in_first(request: HttpRequest) -> HttpResponseBase:
    """To the sign-in page and back; a part of a page asks the browser to go there as a whole."""
    if request.headers.get("HX-Request"):
        target = redirect_to_login(request.headers.get("HX-Current-URL", "/")).url
        return HttpResponse(headers={"HX-Redirect": target})
    return redirect_to_login(request.get_full_path())


def may(user: Any, permission: str | None) -> bool:
    """Whether somebody may do a thing; visitors may what needs no permission."""
    return permission is None or (user.is_authenticated and user.may(permission))


def permitted(permission: str) -> Callable[[View[P]], View[P]]:
    """Open to users who hold the permission; others sign in first, or are told what they lack."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def check(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return sign_in_first(request)
            if not request.user.may(permission):
                raise PermissionDenied(_("您的角色没有打开此页的权限，请联系安全管理员。"))
            return view(request, *args, **kwargs)

        check.permission = permission  # type: ignore[attr-defined]  # read by the consistency test
        return check  # type: ignore[return-value]  # functools.wraps names the first argument

    return decorate
