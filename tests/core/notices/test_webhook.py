"""Notices posted to a firm's own program: signed, once for each firm, never inside."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings
from tests import factories
from tests.core.notices.told import KIND

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit, User
from lianshang.core.notices.actions import add_webhook, notify
from lianshang.core.notices.channels import webhook as channel
from lianshang.core.notices.models import Delivery, Webhook
from lianshang.core.notices.sending import send_due

pytestmark = pytest.mark.django_db(transaction=True)
# A working day at noon: nothing waits for the end of a quiet time.
NOON = datetime(2026, 6, 3, 12, 0, tzinfo=clock.zone_time())


@dataclass
class Receiver:
    """A firm's program: keeps what it was sent, answers as planned, 200 after that."""

    address: str = ""
    planned: list[int] = field(default_factory=list)
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver(settings: Settings) -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found.taken.append(({k.lower(): v for k, v in self.headers.items()}, body))
            self.send_response(found.planned.pop(0) if found.planned else 200)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    settings.NOTICE_WEBHOOK_ALLOWED_HOSTS = ["127.0.0.1"]
    found.address = f"http://127.0.0.1:{server.server_address[1]}/hook?firm=1"
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.moved_to(NOON):
        yield


@pytest.fixture
def firm() -> Unit:
    return factories.firm("示例接口有限公司").unit


@pytest.fixture
def person(firm: Unit) -> User:
    return factories.user(Role.ENTERPRISE, unit=firm)


def tell(people: list[User], key: str, unit: Unit | None) -> None:
    words = {
        "subject": "示例企业：1 项政策有变化",
        "text": "新符合：示例奖励",
        "url": "/policies/mine/",
    }
    notify(actor=None, recipients=people, kind=KIND, key=key, unit=unit, **words)


def state() -> tuple[str, int]:
    delivery = Delivery.objects.get(channel="webhook")
    return delivery.state, delivery.attempts


def test_it_arrives_signed_as_the_documentation_says(
    receiver: Receiver, firm: Unit, person: User
) -> None:
    hook = add_webhook(actor=person, address=receiver.address, unit=firm)
    with clock.moved_to(NOON):
        tell([person], "k1", firm)
        send_due()
    ((headers, body),) = receiver.taken
    signed = headers["x-lianshang-timestamp"].encode() + b"." + body
    expected = hmac.new(hook.secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["x-lianshang-signature"] == f"sha256={expected}"
    assert headers["x-lianshang-timestamp"] == f"{int(NOON.timestamp())}"
    told = json.loads(body)
    assert (told["event"], told["firm"], told["key"]) == (KIND, {"name": firm.name}, "k1")
    assert told["link"].startswith("http://localhost:8000/notices/")
    assert state() == ("sent", 1)


def test_a_firms_program_hears_once_whatever_the_number_of_its_people(
    receiver: Receiver, firm: Unit, person: User
) -> None:
    colleague = factories.user(Role.ENTERPRISE, unit=firm)
    add_webhook(actor=person, address=receiver.address, unit=firm)
    with clock.moved_to(NOON):
        tell([person, colleague], "k1", firm)
        tell([colleague, person], "k1", firm)
        send_due()
    assert len(receiver.taken) == 1


def test_what_is_about_another_firm_or_about_none_is_not_posted(
    receiver: Receiver, firm: Unit, person: User
) -> None:
    add_webhook(actor=person, address=receiver.address, unit=firm)
    with clock.moved_to(NOON):
        tell([person], "k1", factories.firm().unit)
        tell([person], "k2", None)
        send_due()
    assert receiver.taken == []


def test_it_is_tried_again_and_turned_off_when_it_is_gone(
    receiver: Receiver, firm: Unit, person: User
) -> None:
    hook = add_webhook(actor=person, address=receiver.address, unit=firm)
    receiver.planned = [500, 410]
    with clock.moved_to(NOON):
        tell([person], "k1", firm)
        send_due()
        assert state() == ("waiting", 1)
    with clock.moved_to(NOON + timedelta(minutes=2)):
        send_due()
    assert state() == ("failed", 2)
    first, second = (json.loads(body)["id"] for _headers, body in receiver.taken)
    assert first == second
    hook.refresh_from_db()
    assert (hook.is_on, "410" in hook.off_reason) == (False, True)
    with clock.moved_to(NOON + timedelta(minutes=2)):
        tell([person], "k2", firm)
        send_due()
    assert len(receiver.taken) == 2


def test_a_redirect_is_not_followed_and_may_be_sent_again_by_its_owner(
    receiver: Receiver, firm: Unit, person: User
) -> None:
    add_webhook(actor=person, address=receiver.address, unit=firm)
    receiver.planned = [302]
    client = Client(headers={"accept-language": "zh-hans"})
    stranger = Client()
    stranger.force_login(factories.user(Role.ENTERPRISE, unit=factories.firm().unit))
    with clock.moved_to(NOON):
        client.force_login(person)
        tell([person], "k1", firm)
        send_due()
        assert state() == ("failed", 1)
        assert "不跟随" in client.get("/notices/webhooks/").content.decode()
        path = f"/notices/webhooks/again/{Delivery.objects.get().pk}/"
        assert stranger.post(path).status_code == 404
        client.post(path)
        send_due()
    assert state() == ("sent", 1)
    assert len(receiver.taken) == 2


def test_the_secret_is_shown_once(receiver: Receiver, firm: Unit, person: User) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(person)
    answer = client.post("/notices/webhooks/new/", {"address": receiver.address, "unit": firm.pk})
    hook = Webhook.objects.get()
    assert hook.secret in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert hook.secret not in client.get("/notices/webhooks/").content.decode()
    other = factories.firm().unit
    refused = client.post("/notices/webhooks/new/", {"address": receiver.address, "unit": other.pk})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_no_inside_address_is_public(number: str) -> None:
    assert not channel.is_public(number)


@pytest.mark.parametrize(
    "number", ["8.8.8.8", "114.114.114.114", "2400:3200::1", "64:ff9b::808:808"]
)
def test_open_addresses_are(number: str) -> None:
    assert channel.is_public(number)


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://example.cn/hook", "https"),
        ("https://127.0.0.1/hook", "内部网络"),
        ("https://localhost/hook", "内部网络"),
        ("https://2130706433/hook", "内部网络"),  # 127.0.0.1 as one number
        ("https://[::1]/hook", "内部网络"),
        ("https://user:word@8.8.8.8/", "用户名"),
        ("ftp://8.8.8.8/", "https"),
        ("https://8.8.8.8:99999/", "写法有误"),
    ],
)
def test_an_address_that_must_not_be_posted_to_is_refused(
    person: User, address: str, why: str
) -> None:
    with pytest.raises(ValidationError, match=why):
        add_webhook(actor=person, address=address)
    assert not Webhook.objects.exists()


def test_the_connection_goes_to_the_number_that_was_checked() -> None:
    where = channel.target("https://8.8.8.8:8443/a?b=1")
    assert (where.url, where.host, where.name) == (
        "https://8.8.8.8:8443/a?b=1",
        "8.8.8.8:8443",
        "8.8.8.8",
    )


def test_a_name_that_leads_inside_later_is_refused_when_it_is_sent(
    receiver: Receiver, firm: Unit, person: User, settings: Settings
) -> None:
    add_webhook(actor=person, address=receiver.address, unit=firm)
    settings.NOTICE_WEBHOOK_ALLOWED_HOSTS = []
    Webhook.objects.update(address="https://localhost/hook")
    with clock.moved_to(NOON):
        tell([person], "k1", firm)
        send_due()
    assert state() == ("failed", 1)
    assert receiver.taken == []
