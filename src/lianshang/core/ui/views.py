"""The theme, and the page that stands in when there is no network."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

THEMES = ("", "light", "dark")  # "": as the reader's system has it
A_YEAR = 365 * 24 * 3600


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or the system's theme in a cookie, and go back."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme", "")
    response.set_cookie("theme", theme if theme in THEMES else "", A_YEAR, samesite="Lax")
    return response


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What allauth's rate limits answer."""
    return render(request, "429.html", status=429)


def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/offline.html")
