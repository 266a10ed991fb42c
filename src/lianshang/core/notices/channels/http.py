"""One way to ask a provider over HTTP: what each failure means for the message."""

import logging
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from lianshang.core.notices.channels.base import Refused, Transient, Uncertain

# It logs whole addresses, and theirs carry access tokens.
logging.getLogger("httpx").setLevel(logging.WARNING)

NOT_TAKEN = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
MAY_BE_TAKEN = 504  # the provider's own gateway gave up waiting


def ask(method: str, url: str, **request: Any) -> tuple[int, dict[str, Any]]:
    """The status and the JSON of the answer.

    Transient: surely not taken. Uncertain: sent, but no answer came. No text of an error holds the
    address, since tokens stand in it.
    """
    try:
        response = httpx.request(method, url, timeout=settings.NOTICE_TIMEOUT, **request)
    except NOT_TAKEN as error:
        reason = {"reason": type(error).__name__}
        raise Transient(_("连不上渠道服务器（%(reason)s）。") % reason) from None
    except httpx.HTTPError as error:
        reason = {"reason": type(error).__name__}
        raise Uncertain(
            _("渠道服务器没有答复（%(reason)s），不知道是否已收下。") % reason
        ) from None
    if response.status_code == MAY_BE_TAKEN:
        raise Uncertain(_("渠道网关超时（HTTP 504），不知道是否已收下。"))
    try:
        answer = response.json()
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        answer = {}
        if response.status_code < 400:
            raise Uncertain(_("看不懂渠道服务器的答复，不知道是否已收下。"))
    if response.status_code == 429 or response.status_code >= 500:
        raise Transient(f"HTTP {response.status_code} {_said(answer)}".strip())
    if response.status_code >= 400 and not answer:
        raise Refused(f"HTTP {response.status_code}")
    return response.status_code, answer


def _said(answer: dict[str, Any]) -> str:
    """The provider's own words in an error."""
    names = ("code", "Code", "message", "Message", "errmsg")
    return " ".join(str(answer[name]) for name in names if name in answer)[:300]
