"""A program of a firm: notices as signed JSON, posted to an address that its owner gave.

The address comes from outside, so that it must not lead inside: every address that its name stands
for is checked, and the connection goes to one of those that were checked, whatever the name says a
moment later. Redirects are not followed.
"""

import hashlib
import hmac
import ipaddress
import json
import socket
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from lianshang.core import clock
from lianshang.core.notices.channels.base import (
    Gone,
    Message,
    Receipt,
    Refused,
    Transient,
    Uncertain,
)
from lianshang.core.notices.channels.http import MAY_BE_TAKEN, NOT_TAKEN
from lianshang.core.notices.models import Webhook as Target

HTTP_GONE = 410
TOO_MANY = 429
# Networks that hide an IPv4 address inside an IPv6 one.
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NotAllowed(Exception):
    """The address must not be posted to; the text says why, to the person who gave it."""


class NotFound(NotAllowed):
    """The name stands for no address at the moment; it may again."""


@dataclass(frozen=True)
class Connection:
    """Where to connect: the address with its name replaced by a checked number."""

    url: str
    host: str  # as the Host header says it
    name: str  # for the certificate


class Webhook:
    """A POST per notice; the receiver recognises a repeated one by its `id`."""

    remembers = timedelta(days=1)  # what receivers are asked to do, in docs/notices.md

    def is_configured(self) -> bool:
        return bool(settings.NOTICE_WEBHOOKS)

    def send(self, message: Message) -> Receipt:
        hook = Target.objects.select_related("unit", "user").get(pk=message.to)
        if not hook.is_on:
            raise Refused(_("这个 Webhook 已停用。"))
        body = json.dumps(payload(hook, message), ensure_ascii=False).encode()
        timestamp = f"{int(clock.now().timestamp())}"
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Lianshang-Webhook/1",
            "X-Lianshang-Timestamp": timestamp,
            "X-Lianshang-Signature": f"sha256={signature(hook.secret, timestamp, body)}",
        }
        try:
            where = target(hook.address)
        except NotFound as error:
            raise Transient(str(error)) from None
        except NotAllowed as error:
            raise Refused(str(error)) from None
        return _judged(_post(where, body, headers))


def payload(hook: Target, message: Message) -> dict[str, Any]:
    """What a receiver gets; fields are only ever added."""
    return {
        "event": message.kind,
        "id": message.reference,
        "key": message.key,
        "time": clock.now().isoformat(timespec="seconds"),
        "firm": {"name": hook.unit.name} if hook.unit else None,
        "subject": message.subject,
        "text": message.text,
        "link": message.url,
    }


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over `timestamp.body`, in hexadecimal."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def target(address: str) -> Connection:
    """Where an address leads, if it may be posted to; raises NotAllowed."""
    try:
        url = urlsplit(address)
        port = url.port
    except ValueError:
        raise NotAllowed(_("地址写法有误，应如 https://example.cn/hook。")) from None
    host = url.hostname or ""
    is_trusted = host in settings.NOTICE_WEBHOOK_ALLOWED_HOSTS
    if url.scheme != "https" and not (is_trusted and url.scheme == "http"):
        raise NotAllowed(_("只接受 https:// 开头的地址。"))
    if not host or url.username or url.password:
        raise NotAllowed(_("地址要有主机名，且不能带用户名和密码。"))
    numbers = _resolved(host, port or (443 if url.scheme == "https" else 80))
    if not is_trusted and not all(is_public(number) for number in numbers):
        raise NotAllowed(_("地址指向内部网络，不能使用；请填公网可访问的地址。"))
    shown = f"[{numbers[0]}]" if ":" in numbers[0] else numbers[0]
    place = f"{shown}:{port}" if port else shown
    path = url.path or "/"
    named = f"[{host}]" if ":" in host else host
    return Connection(
        url=urlunsplit((url.scheme, place, path, url.query, "")),
        host=f"{named}:{port}" if port else named,
        name=host,
    )


def is_public(number: str) -> bool:
    """Whether an address is one of the open Internet, also where it hides in another."""
    try:
        found = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        hidden = found.ipv4_mapped or found.sixtofour or (found.teredo or (None, None))[1]
        if hidden is None and found in NAT64:
            hidden = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if hidden is not None:
            return is_public(str(hidden))
    return found.is_global and not found.is_multicast


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise NotFound(_("找不到主机 %(host)s。") % {"host": host}) from None
    return [str(one[4][0]) for one in found]


def _post(where: Connection, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; its body is not read: nobody needs it, and it may be endless."""
    # No proxy of the environment: it would look the name up again, unchecked.
    with httpx.Client(
        timeout=settings.NOTICE_TIMEOUT, trust_env=False, follow_redirects=False
    ) as client:
        request = client.build_request(
            "POST",
            where.url,
            content=body,
            headers={**headers, "Host": where.host},
            extensions={"sni_hostname": where.name},
        )
        try:
            response = client.send(request, stream=True)
        except NOT_TAKEN as error:
            reason = {"reason": type(error).__name__}
            raise Transient(_("连不上接收地址（%(reason)s）。") % reason) from None
        except httpx.HTTPError as error:
            reason = {"reason": type(error).__name__}
            text = _("接收地址没有答复（%(reason)s），不知道是否已收下。")
            raise Uncertain(text % reason) from None
        response.close()
        return response.status_code


def _judged(status: int) -> Receipt:
    if 200 <= status < 300:
        return Receipt(f"HTTP {status}")
    if status == HTTP_GONE:
        raise Gone(_("接收地址答复 HTTP 410（不再接收），已停用。"))
    if status == MAY_BE_TAKEN:
        raise Uncertain(_("接收方网关超时（HTTP 504），不知道是否已收下。"))
    if status == TOO_MANY or status >= 500:
        raise Transient(f"HTTP {status}")
    if 300 <= status < 400:
        raise Refused(
            _("接收地址要求跳转（HTTP %(status)s），不跟随；请改填最终地址。") % {"status": status}
        )
    raise Refused(f"HTTP {status}")
