"""The way in from a card of WeCom or DingTalk, and binding an account there."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lianshang.core.accounts.queries import has_second_factor
from lianshang.core.notices import actions, entering, queries
from lianshang.core.notices.channels.base import NotSent
from lianshang.core.notices.entering import Door, Entry
from lianshang.core.notices.views.mine import OwnPage
from lianshang.core.ui.pages import Page

BACKEND = "django.contrib.auth.backends.ModelBackend"


def door_named(name: str) -> Door:
    door = entering.DOORS.get(name)
    if door is None or not door.is_open:
        raise Http404
    return door


def return_address(door: Door) -> str:
    return settings.NOTICE_SITE_ADDRESS + reverse("notices:enter", args=[door.name])


def fail(request: HttpRequest, to: str, text: str) -> HttpResponseBase:
    """On to the usual sign-in, or back to the settings of who is signed in."""
    messages.error(request, text)
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("notices:settings"))
    return redirect_to_login(to)


class Go(Page):
    """The link of a card: straight on for who is signed in, else by way of the provider."""

    permission = None

    def get(self, request: HttpRequest, door: str) -> HttpResponseBase:
        found = door_named(door)
        to = entering.local_path(request.GET.get("to", "/"))
        if self.user.is_authenticated:
            return HttpResponseRedirect(to)
        state = entering.begin(request, found, to, binds=False)
        return HttpResponseRedirect(found.sign_in_url(return_address(found), state))


class Enter(Page):
    """Back from the provider, with a code that says who it is."""

    permission = None

    def get(self, request: HttpRequest, door: str) -> HttpResponseBase:
        found = door_named(door)
        entry = entering.finish(request, found)
        if entry is None:
            return fail(request, "/", _("登录链接已失效，请重新打开通知，或在此登录。"))
        code = request.GET.get("authCode") or request.GET.get("code", "")
        try:
            account = found.account_of(code) if code else ""
            if entry.binds:
                return self.bind(request, found, account)
        except (NotSent, KeyError):
            text = _("%(provider)s没有确认您的身份，请在此登录。") % {"provider": found.label}
            return fail(request, entry.to, text)
        return self.enter(request, found, entry, account)

    def enter(
        self, request: HttpRequest, door: Door, entry: Entry, account: str
    ) -> HttpResponseBase:
        user = queries.user_with(door.field, account)
        if user is None:
            text = _("这个%(provider)s账号还没有绑定，请登录后在通知设置中绑定。")
            return fail(request, entry.to, text % {"provider": door.label})
        if has_second_factor(user):  # a provider's word is one factor
            text = _("您开启了两步验证，请用密码和验证码登录。")
            return fail(request, entry.to, text)
        login(request, user, BACKEND)
        return HttpResponseRedirect(entry.to)

    def bind(self, request: HttpRequest, door: Door, account: str) -> HttpResponseBase:
        back = reverse("notices:settings")
        if not self.user.is_authenticated or not account:
            return fail(request, back, _("没有绑定：请先登录本站，再用本单位的账号确认。"))
        try:
            actions.bind(actor=self.user, accounts=door.accounts(account))
        except ValidationError as error:
            return fail(request, back, error.messages[0])
        messages.success(request, _("%(provider)s账号已绑定。") % {"provider": door.label})
        return HttpResponseRedirect(back)


class Bind(OwnPage):
    """Bind one's account at a provider by signing in there, or take the binding away."""

    def get(self, request: HttpRequest, door: str) -> HttpResponseBase:
        """A link, since the content security policy lets no form lead to another host."""
        found = door_named(door)
        state = entering.begin(request, found, reverse("notices:settings"), binds=True)
        return HttpResponseRedirect(found.sign_in_url(return_address(found), state))

    def post(self, request: HttpRequest, door: str) -> HttpResponseBase:
        """Take the binding away."""
        actions.bind(actor=self.user, accounts=door_named(door).accounts(""))
        messages.success(request, _("已解除绑定。"))
        return HttpResponseRedirect(reverse("notices:settings"))
