"""Keys with which programs call the API for a person: their scopes, and how a request shows one."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.errors import HttpError
from ninja.security import HttpBearer, SessionAuth
from ninja.security.base import AuthBase

from lianshang.core import clock
from lianshang.core.accounts.models import ApiToken, User

SCOPES = {
    "duties:read": gettext_lazy("读取事项"),
    "duties:write": gettext_lazy("交办和办理事项"),
}
PREFIX = "ls_"  # lets a leak be recognised where it should not be
LONGEST = timedelta(days=366)
MOST = 20  # in force, per person
NOTED_EVERY = timedelta(minutes=5)  # how exactly the last use is known


def new_secret() -> str:
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Secrets are long and random: a plain hash keeps them."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    """The key in force that has this secret, of somebody who may sign in."""
    known = ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()
    if known is None or not known.is_in_force or not known.user.is_active:
        return None
    return known


class Token(HttpBearer):
    """`Authorization: Bearer ls_…` of a key that has the scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> User:
        known = token_of(token)
        if known is None:
            raise HttpError(401, _("令牌无效、已撤销或已过期：请在“我的账号 › 接口令牌”另建一个。"))
        if self.scope not in known.scopes:
            text = _("这个令牌没有“%(scope)s”的权限：请在“我的账号 › 接口令牌”另建一个。")
            raise HttpError(403, text % {"scope": self.scope})
        _note_use(known)
        request.user = known.user
        return known.user


class Session(SessionAuth):
    """The browser's session, with its CSRF token; who has none is simply not signed in."""

    def __call__(self, request: HttpRequest) -> Any:
        return super().__call__(request) if request.user.is_authenticated else None


def access(scope: str) -> list[AuthBase]:
    """How a request to an operation may sign in: by a key with the scope, or by the session."""
    return [Token(scope), Session()]


def _note_use(token: ApiToken) -> None:
    now = clock.now()
    if token.last_used_at is None or now - token.last_used_at >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
