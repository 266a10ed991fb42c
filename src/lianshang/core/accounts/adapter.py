"""How sign-in behaves: accounts are given by the security administrator, nobody signs up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """No open registration; refusals say what to do."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "用户名或密码不对。请核对后再试；忘记密码请联系安全管理员。"
        ),
        "too_many_login_attempts": _(
            "失败次数过多，此账号暂停登录 5 分钟。请稍后再试；忘记密码请联系安全管理员重置。"
        ),
        "account_inactive": _("此账号已停用。如有疑问，请联系安全管理员。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
