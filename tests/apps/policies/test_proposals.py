"""The optional drafting helper, against a real local server that speaks the chat protocol."""

import json
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from tests import factories

from lianshang.apps.policies.actions.drafts import start_draft
from lianshang.apps.policies.models import Policy, PolicyDraft
from lianshang.core import clock
from lianshang.core.accounts.models import User

pytestmark = pytest.mark.django_db
ANSWER = "```yaml\nid: zone.new\nname: {zh: 示例建议}\n```"


class ChatServer(ThreadingHTTPServer):
    """Answers every question as it was told to, and remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.body = json.dumps({"choices": [{"message": {"content": ANSWER}}]})
        self.asked: dict[str, Any] = {}
        self.key = ""
        self.released = threading.Event()
        self.released.set()


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked = json.loads(self.rfile.read(length))
        self.server.asked["path"] = self.path
        self.server.key = self.headers.get("Authorization", "")
        self.server.released.wait(10)
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with ChatServer() as one:
        thread = threading.Thread(target=one.serve_forever, daemon=True)
        thread.start()
        yield one
        one.released.set()
        one.shutdown()


@pytest.fixture
def draft() -> Iterator[PolicyDraft]:
    with clock.moved_to(date(2026, 6, 1)):
        factories.zone()
        author = factories.office()
        unit = author.memberships.get().unit
        yield start_draft(actor=author, name="示例", owner=unit, text="id: zone.new\n", cases="")


@pytest.fixture
def client(draft: PolicyDraft) -> Client:
    author: User = draft.authors.get()
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(author)
    return client


def turned_on(settings: Any, server: ChatServer, timeout: float = 5) -> None:
    address = f"http://127.0.0.1:{server.server_port}/v1"
    settings.DRAFTING = {
        "endpoint": address, "key": "示例-key".encode().hex(), "model": "示例", "timeout": timeout,
    }  # fmt: skip


def ask(client: Client, draft: PolicyDraft) -> tuple[int, str]:
    address = f"/policies/drafts/{draft.pk}/propose/"
    answer = client.post(address, {"pasted": "研发费用 100 万元以上的企业奖励 5%"})
    return answer.status_code, answer.content.decode()


def test_off_by_default_there_is_neither_page_nor_button(
    client: Client, draft: PolicyDraft
) -> None:
    assert client.get(f"/policies/drafts/{draft.pk}/propose/").status_code == 404
    editor = client.get(f"/policies/drafts/{draft.pk}/edit/").content.decode()
    assert "机器起草建议" not in editor


def test_a_proposal_lies_beside_the_draft_until_somebody_takes_it(
    client: Client, draft: PolicyDraft, server: ChatServer, settings: Any
) -> None:
    turned_on(settings, server)
    assert ask(client, draft)[0] == 302
    assert server.asked["path"] == "/v1/chat/completions"
    assert "研发费用 100 万元以上" in server.asked["messages"][1]["content"]
    assert "rd_exp" in server.asked["messages"][0]["content"]
    assert server.key == f"Bearer {'示例-key'.encode().hex()}"
    draft.refresh_from_db()
    assert (draft.text, draft.is_proposed) == ("id: zone.new\n", False)
    assert draft.proposal == "id: zone.new\nname: {zh: 示例建议}\n"
    editor = client.get(f"/policies/drafts/{draft.pk}/edit/").content.decode()
    assert "机器起草建议（未采用，未核对）" in editor

    client.post(f"/policies/drafts/{draft.pk}/take/")
    draft.refresh_from_db()
    assert (draft.name, draft.is_proposed, draft.proposal) == ("示例建议", True, "")
    judged = client.get(f"/policies/drafts/{draft.pk}/").content.decode()
    assert "采用过机器起草建议" in judged
    assert not Policy.objects.exists()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((401, "{}"), "起草助手拒绝了请求（HTTP 401）"),
        ((200, "<html>"), "看不懂起草助手的答复"),
        ((200, "{}"), "答复里没有文本"),
        ((200, '{"choices": [{"message": {"content": " "}}]}'), "答复里没有文本"),
    ],
)
def test_a_failure_is_told_and_changes_nothing(
    client: Client, server: ChatServer, settings: Any, answer: tuple[int, str], told: str
) -> None:
    turned_on(settings, server)
    server.status, server.body = answer
    draft = PolicyDraft.objects.get()
    code, page = ask(client, draft)
    assert code == 422
    assert told in page
    assert "研发费用 100 万元以上" in page  # what was pasted is still there
    draft.refresh_from_db()
    assert draft.proposal == ""


def test_no_answer_in_time_is_told(
    client: Client, draft: PolicyDraft, server: ChatServer, settings: Any
) -> None:
    turned_on(settings, server, timeout=0.2)
    server.released.clear()
    code, page = ask(client, draft)
    assert code == 422
    assert "秒内没有答复" in page


def test_no_server_is_told(
    client: Client, draft: PolicyDraft, server: ChatServer, settings: Any
) -> None:
    turned_on(settings, server)
    settings.DRAFTING["endpoint"] = "http://127.0.0.1:1/v1"
    code, page = ask(client, draft)
    assert code == 422
    assert "连不上起草助手（ConnectError）" in page
