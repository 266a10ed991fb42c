"""SMS through Aliyun: SendSms (2017-05-25), signed ACS3-HMAC-SHA256.

SendSms: https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms
Signature: https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
Domestic SMS is documented as not idempotent; a repeated call is a second text.
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, timedelta
from urllib.parse import quote, urlsplit

from django.conf import settings

from lianshang.core import clock
from lianshang.core.notices.channels.base import Message, Receipt, Refused, Transient
from lianshang.core.notices.channels.http import ask

ALGORITHM = "ACS3-HMAC-SHA256"
EMPTY_BODY = hashlib.sha256(b"").hexdigest()
LONGEST_VARIABLE = 35  # characters of a template's variable
LATER = ("isv.BUSINESS_LIMIT_CONTROL", "Throttling", "isp.")  # flow control, or the system's own


class Sms:
    """A text by the approved template, whose variable is `subject`."""

    remembers = timedelta()

    def is_configured(self) -> bool:
        return all(settings.NOTICE_SMS.values())

    def send(self, message: Message) -> Receipt:
        mine = settings.NOTICE_SMS
        subject = message.subject[:LONGEST_VARIABLE]
        query = {
            "PhoneNumbers": message.to,
            "SignName": mine["sign_name"],
            "TemplateCode": mine["template"],
            "TemplateParam": json.dumps({"subject": subject}, ensure_ascii=False),
            "OutId": message.reference,
        }
        headers = {
            "host": urlsplit(mine["address"]).netloc,
            "x-acs-action": "SendSms",
            "x-acs-version": "2017-05-25",
            "x-acs-date": clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": uuid.uuid4().hex,
            "x-acs-content-sha256": EMPTY_BODY,
        }
        headers["Authorization"] = authorization(query, headers, mine["key_id"], mine["key_secret"])
        _status, answer = ask(
            "POST", f"{mine['address']}/?{canonical_query(query)}", headers=headers
        )
        if answer.get("Code") == "OK":
            return Receipt(str(answer.get("BizId", "")))
        code = str(answer.get("Code", ""))
        said = f"{code} {answer.get('Message', '')}"
        raise (Transient if code.startswith(LATER) else Refused)(said)


def canonical_query(query: Mapping[str, str]) -> str:
    """Parameters in order, percent-encoded as RFC 3986 says."""
    return "&".join(f"{_encoded(name)}={_encoded(query[name])}" for name in sorted(query))


def authorization(
    query: Mapping[str, str], headers: Mapping[str, str], key_id: str, key_secret: str
) -> str:
    """The Authorization header of a POST to / with an empty body."""
    names = sorted(headers)
    signed = ";".join(names)
    lines = "".join(f"{name}:{headers[name]}\n" for name in names)
    request = "\n".join(["POST", "/", canonical_query(query), lines, signed, EMPTY_BODY])
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(key_secret.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
    return f"{ALGORITHM} Credential={key_id},SignedHeaders={signed},Signature={signature}"


def _encoded(text: str) -> str:
    return quote(text, safe="-_.~")
