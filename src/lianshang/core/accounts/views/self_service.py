"""One's own page, and the door of a demo."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianshang.core.accounts import queries
from lianshang.core.ui.access import sign_in_first


def me(request: HttpRequest) -> HttpResponseBase:
    """My roles, language, theme, password and second factor."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    context = {"title": _("我的账号"), "has_factor": queries.has_second_factor(request.user)}
    return render(request, "accounts/me.html", context)


@require_POST
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Sign in as a demo account without a password; exists only where LIANSHANG_DEMO is set."""
    user = queries.demo_user(request.POST.get("username", "")) if settings.DEMO else None
    if user is None:
        raise Http404
    login(request, user, "django.contrib.auth.backends.ModelBackend")
    return HttpResponseRedirect("/")
