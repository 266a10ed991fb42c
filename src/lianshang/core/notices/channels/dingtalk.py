"""DingTalk (钉钉): work notifications and to-dos of an organisation's own application.

accessToken: https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app
asyncsend_v2: https://open.dingtalk.com/document/orgapp/asynchronous-sending-of-enterprise-session-messages
To-do: https://open.dingtalk.com/document/orgapp/add-dingtalk-to-do-task
Sign-in: https://open.dingtalk.com/document/orgapp/obtain-identity-credentials
"""

from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from lianshang.core.notices.channels.base import Message, Receipt, Refused, Transient
from lianshang.core.notices.channels.http import ask
from lianshang.core.notices.channels.tokens import token

STALE_TOKEN = frozenset({"40014", "42001", "InvalidAuthentication"})
LATER = (
    "-1",
    "90018",
    "90002",
    "Throttling",
    "todo.taskCreate.flowControl",
    "todo.taskCreate.lock",
)
ALREADY = "task exist"
TITLE, DESCRIPTION = 100, 500  # characters; the whole notification may take 2048 bytes


class DingTalkCard:
    """An action card; DingTalk drops the same content to the same person within a day."""

    # "Once a day" may mean until midnight: a few hours are sure, and quiet hours lie around it.
    remembers = timedelta(hours=4)

    def is_configured(self) -> bool:
        return all(settings.NOTICE_DINGTALK.values())

    def send(self, message: Message) -> Receipt:
        card = {
            "title": message.subject[:TITLE],
            "markdown": f"### {message.subject[:TITLE]}\n\n{message.text[:DESCRIPTION]}",
            "single_title": _("打开"),
            "single_url": _link(message),
        }
        answer = call_old(
            "/topapi/message/corpconversation/asyncsend_v2",
            {
                "agent_id": int(settings.NOTICE_DINGTALK["agent_id"]),
                "userid_list": message.to,
                "msg": {"msgtype": "action_card", "action_card": card},
            },
        )
        return Receipt(str(answer.get("task_id", "")))


class DingTalkTodo:
    """A to-do under the notice's own sourceId: DingTalk refuses to make it a second time."""

    remembers = timedelta.max

    def is_configured(self) -> bool:
        return all(settings.NOTICE_DINGTALK.values())

    def send(self, message: Message) -> Receipt:
        link = _link(message)
        status, answer = call(
            "POST",
            f"/v1.0/todo/users/{quote(message.to, safe='')}/tasks",
            params={"operatorId": message.to},
            json={
                "sourceId": message.reference,
                "subject": message.subject,
                "description": message.text[:DESCRIPTION],
                "creatorId": message.to,
                "executorIds": [message.to],
                "detailUrl": {"appUrl": link, "pcUrl": link},
                "isOnlyShowExecutor": True,
            },
        )
        if status < 400:
            return Receipt(str(answer.get("id", "")))
        if ALREADY in str(answer.get("message", "")):  # an earlier attempt had arrived
            return Receipt(message.reference)
        raise _refusal(str(answer.get("code", status)), str(answer.get("message", "")))


def call(method: str, path: str, **request: Any) -> tuple[int, dict[str, Any]]:
    """Ask the present API with the application's token."""

    def once(used: str) -> tuple[int, dict[str, Any]]:
        headers = {"x-acs-dingtalk-access-token": used}
        return ask(method, settings.NOTICE_DINGTALK["address"] + path, headers=headers, **request)

    used = token("dingtalk", _fetch)
    status, answer = once(used)
    if str(answer.get("code", "")) in STALE_TOKEN:
        status, answer = once(token("dingtalk", _fetch, not_this=used))
    return status, answer


def call_old(path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Ask the older API, which takes the same token in the address and answers with errcode."""

    def once(used: str) -> dict[str, Any]:
        url = settings.NOTICE_DINGTALK["old_address"] + path
        return ask("POST", url, params={"access_token": used}, json=body)[1]

    used = token("dingtalk", _fetch)
    answer = once(used)
    if _code(answer) in STALE_TOKEN:
        answer = once(token("dingtalk", _fetch, not_this=used))
    if _code(answer) == "0":
        return answer
    raise _refusal(_code(answer), str(answer.get("sub_msg") or answer.get("errmsg", "")))


def sign_in_url(return_to: str, state: str) -> str:
    """Where DingTalk lets the member confirm and answers with authCode."""
    mine = settings.NOTICE_DINGTALK
    query = {
        "redirect_uri": return_to,
        "response_type": "code",
        "client_id": mine["app_key"],
        "scope": "openid",
        "state": state,
        "prompt": "consent",
    }
    return f"{mine['sign_in_address']}/oauth2/auth?{urlencode(query)}"


def account_of(code: str) -> str:
    """The unionId of the person behind a code."""
    mine = settings.NOTICE_DINGTALK
    body = {
        "clientId": mine["app_key"],
        "clientSecret": mine["app_secret"],
        "code": code,
        "grantType": "authorization_code",
    }
    status, answer = ask("POST", f"{mine['address']}/v1.0/oauth2/userAccessToken", json=body)
    if status >= 400:
        raise _refusal(str(answer.get("code", status)), str(answer.get("message", "")))
    headers = {"x-acs-dingtalk-access-token": str(answer["accessToken"])}
    status, answer = ask("GET", f"{mine['address']}/v1.0/contact/users/me", headers=headers)
    if status >= 400:
        raise _refusal(str(answer.get("code", status)), str(answer.get("message", "")))
    return str(answer.get("unionId", ""))


def member_of(union_id: str) -> str:
    """The member's number in the organisation, to which work notifications go."""
    answer = call_old("/topapi/user/getbyunionid", {"unionid": union_id})
    return str(answer["result"]["userid"])


def _link(message: Message) -> str:
    return f"{settings.NOTICE_SITE_ADDRESS}{message.enter_path}"


def _code(answer: dict[str, Any]) -> str:
    """88 says only that sub_code knows more."""
    code = str(answer.get("errcode", ""))
    return str(answer.get("sub_code", code)) if code == "88" else code


def _refusal(code: str, said: str) -> Refused | Transient:
    passes = code in STALE_TOKEN or code.startswith(LATER)
    return (Transient if passes else Refused)(f"{code} {said}")


def _fetch() -> tuple[str, int]:
    mine = settings.NOTICE_DINGTALK
    body = {"appKey": mine["app_key"], "appSecret": mine["app_secret"]}
    status, answer = ask("POST", f"{mine['address']}/v1.0/oauth2/accessToken", json=body)
    if status >= 400:
        raise _refusal(str(answer.get("code", status)), str(answer.get("message", "")))
    return str(answer["accessToken"]), int(answer["expireIn"])
