"""One's own keys for programs: made, shown once, revoked."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianshang.core import clock
from lianshang.core.accounts import actions
from lianshang.core.accounts.forms import TokenForm
from lianshang.core.accounts.models import ApiToken
from lianshang.core.accounts.tokens import SCOPES
from lianshang.core.ui import forms
from lianshang.core.ui.access import sign_in_first
from lianshang.core.ui.columns import Column
from lianshang.core.ui.form_pages import FormPage
from lianshang.core.ui.lists import RegisterList
from lianshang.core.ui.pages import Crumb, Page, PageLink
from lianshang.core.ui.states import badge

USUALLY = timedelta(days=90)


def state(token: ApiToken) -> str:
    """Whether it works, and why not."""
    if token.revoked_at:
        return badge(_("已撤销"))
    return badge(_("在用"), "met") if token.is_in_force else badge(_("已过期"))


class OwnPage(Page):
    """Everybody has their own; the list is empty for most."""

    permission = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return sign_in_first(request)
        return super().dispatch(request, *args, **kwargs)

    def crumbs(self) -> Sequence[Crumb]:
        return (Crumb(_("我的账号"), reverse("accounts:me")),)


class TokenList(OwnPage, RegisterList):
    """My keys, the last first."""

    title = _("接口令牌")
    counter = _("个令牌")
    columns = (
        Column("name", _("名称"), note=lambda token: f"…{token.last_four}"),
        Column(
            "scopes",
            _("可做什么"),
            value=lambda token: "、".join(str(SCOPES.get(one, one)) for one in token.scopes),
        ),
        Column("expires_on", _("到期日")),
        Column("last_used_at", _("最近使用")),
        Column("state", _("状态"), value=lambda token: token, display=state),
    )
    empty_title = _("还没有令牌")
    empty_text = _("要让别的程序（如政务服务平台）代您交办或查询事项时，建一个令牌给它。")

    def get_queryset(self) -> QuerySet[ApiToken]:
        return ApiToken.objects.filter(user=self.user)

    def row_url(self, row: ApiToken) -> str | None:
        return None if row.revoked_at else reverse("accounts:token-revoke", args=[row.pk])

    def links(self) -> Sequence[PageLink]:
        return (PageLink(_("新建令牌"), reverse("accounts:token-new"), primary=True),)


class NewToken(OwnPage, FormPage):
    """A new key; its secret is shown once."""

    title = _("新建令牌")
    form_class = TokenForm
    submit = _("建立")

    def prepare(self) -> None:
        self.back = reverse("accounts:tokens")

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"expires_on": clock.today() + USUALLY}}

    def act(self, form: TokenForm) -> HttpResponseBase:
        token, secret = actions.make_token(actor=self.user, **form.cleaned_data)
        response = self.answer("accounts/token_once.html", token=token, secret=secret)
        response["Cache-Control"] = "no-store"
        return response


class RevokeToken(OwnPage, FormPage):
    """End a key."""

    title = _("撤销令牌")
    form_class = forms.Form
    submit = _("撤销")
    is_dangerous = True
    done = _("令牌已撤销，用它的程序不能再调用接口。")
    token: ApiToken

    def prepare(self) -> None:
        own = ApiToken.objects.filter(user=self.user, revoked_at__isnull=True)
        self.token = get_object_or_404(own, pk=self.kwargs["pk"])
        self.intro = f"{self.token.name} · …{self.token.last_four}"
        self.back = reverse("accounts:tokens")

    def act(self, form: forms.Form) -> str:
        actions.revoke_token(actor=self.user, token=self.token)
        return self.back
