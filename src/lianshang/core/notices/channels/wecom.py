"""WeCom (企业微信): messages of a corporation's own application, and who opened a link.

gettoken: https://developer.work.weixin.qq.com/document/path/91039
message/send: https://developer.work.weixin.qq.com/document/path/90236
Error codes: https://developer.work.weixin.qq.com/document/path/90313
Authorisation link: https://developer.work.weixin.qq.com/document/path/91022
auth/getuserinfo: https://developer.work.weixin.qq.com/document/path/91023
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

from lianshang.core.notices.channels.base import Message, Receipt, Refused, Transient
from lianshang.core.notices.channels.http import ask
from lianshang.core.notices.channels.tokens import token

REMEMBERS = (
    4 * 3600
)  # seconds in which the same request is not delivered again; the longest allowed
STALE_TOKEN = frozenset({40014, 42001, 41001})
LATER = frozenset({-1, 45009, 45033})  # busy; called too often; too many at once
TITLE, DESCRIPTION = 128, 512  # bytes of a text card


class WeCom:
    """A text card; WeCom itself drops the same request within four hours."""

    remembers = timedelta(seconds=REMEMBERS)

    def is_configured(self) -> bool:
        return all(settings.NOTICE_WECOM.values())

    def send(self, message: Message) -> Receipt:
        card = {
            "title": shortened(message.subject, TITLE),
            "description": shortened(escape(message.text), DESCRIPTION),
            "url": f"{settings.NOTICE_SITE_ADDRESS}{message.enter_path}",
            "btntxt": _("打开"),
        }
        answer = call(
            "POST",
            "/cgi-bin/message/send",
            json={
                "touser": message.to,
                "msgtype": "textcard",
                "agentid": int(settings.NOTICE_WECOM["agent_id"]),
                "textcard": card,
                "enable_duplicate_check": 1,
                "duplicate_check_interval": REMEMBERS,
            },
        )
        if answer.get("invaliduser") or answer.get("unlicenseduser"):
            text = _("账号 %(account)s 不在应用可见范围内，或没有接口许可。")
            raise Refused(text % {"account": message.to})
        return Receipt(str(answer.get("msgid", "")))


def call(method: str, path: str, *, query: dict[str, str] | None = None, **request: Any) -> Any:
    """Ask WeCom with the application's token; a token that it no longer takes is fetched anew."""
    used = token("wecom", _fetch)
    answer = _once(method, path, used, query, request)
    if answer.get("errcode", 0) in STALE_TOKEN:
        used = token("wecom", _fetch, not_this=used)
        answer = _once(method, path, used, query, request)
    return checked(answer)


def checked(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, or WeCom's refusal in its own words."""
    code = answer.get("errcode", 0)
    if code == 0:
        return answer
    said = f"{code} {answer.get('errmsg', '')}"
    raise (Transient if code in LATER or code in STALE_TOKEN else Refused)(said)


def sign_in_url(return_to: str, state: str) -> str:
    """Where WeCom asks nothing and answers with a code."""
    mine = settings.NOTICE_WECOM
    query = {
        "appid": mine["corp_id"],
        "redirect_uri": return_to,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
        "agentid": mine["agent_id"],
    }
    return f"{mine['sign_in_address']}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"


def account_of(code: str) -> str:
    """The member's account behind a code; empty for somebody outside the corporation."""
    answer = call("GET", "/cgi-bin/auth/getuserinfo", query={"code": code})
    return str(answer.get("userid", ""))


def shortened(text: str, limit: int) -> str:
    """As much of a text as fits into so many bytes, ending in … where something is missing."""
    if len(text.encode()) <= limit:
        return text
    return text.encode()[: limit - 3].decode(errors="ignore") + "…"


def _once(
    method: str, path: str, used: str, query: dict[str, str] | None, request: dict[str, Any]
) -> dict[str, Any]:
    url = settings.NOTICE_WECOM["address"] + path
    return ask(method, url, params={"access_token": used, **(query or {})}, **request)[1]


def _fetch() -> tuple[str, int]:
    mine = settings.NOTICE_WECOM
    params = {"corpid": mine["corp_id"], "corpsecret": mine["secret"]}
    answer = checked(ask("GET", f"{mine['address']}/cgi-bin/gettoken", params=params)[1])
    return str(answer["access_token"]), int(answer["expires_in"])
