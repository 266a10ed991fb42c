"""Providers as servers of our own: they check every request against the documented shape, and
answer as documented.

Whatever is not as documented is kept in `complaints`, which the fixture asserts to be empty.
"""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit

PATIENCE = 120  # seconds, for a slow machine


@dataclass
class Request:
    """What a provider was asked."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


Answer = tuple[int, dict[str, Any]]


class Lost(Exception):
    """The request never reached the provider's application: nothing is taken or answered."""


@dataclass
class Gate:
    """Holds a provider in the middle of a request, until the test lets it go on."""

    arrived: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    def hold(self) -> None:
        self.arrived.set()
        assert self.opened.wait(PATIENCE)

    def wait_for_arrival(self) -> None:
        assert self.arrived.wait(PATIENCE), "the provider was not asked"


@dataclass
class Provider:
    """A fake: `answer` is overridden; the next answers can be planned, and requests held."""

    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    planned: list[Answer] = field(default_factory=list)  # instead of accepting
    delivered: list[dict[str, Any]] = field(default_factory=list)  # what people received
    before: Callable[[Request], None] = lambda request: None
    after: Callable[[Request], None] = lambda request: None
    address: str = ""

    def expect(self, is_right: bool, complaint: str) -> None:
        if not is_right:
            self.complaints.append(complaint)

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

    def asked(self, path: str) -> list[Request]:
        return [request for request in self.requests if request.path == path]


def serve(provider: Provider) -> Iterator[str]:
    """Its address, as long as the block lasts."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.handle_any("GET")

        def do_POST(self) -> None:
            self.handle_any("POST")

        def handle_any(self, method: str) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            url = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = json.loads(content) if content else None
            query = dict(parse_qsl(url.query, keep_blank_values=True))
            request = Request(method, url.path, query, headers, body)
            provider.requests.append(request)
            try:
                provider.before(request)
            except Lost:
                return
            status, answer = provider.answer(request)
            provider.after(request)
            self.reply(status, json.dumps(answer).encode())

        def reply(self, status: int, content: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass  # who asked is gone: that is what some tests are about

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def running(provider: Provider) -> Iterator[Provider]:
    for address in serve(provider):
        provider.address = address
        yield provider
    assert provider.complaints == []


@dataclass
class FakeAliyun(Provider):
    """SendSms of Aliyun: recomputes the signature; every accepted call is a text."""

    secret: str = "示例-secret"

    def answer(self, request: Request) -> Answer:
        self.expect(request.method == "POST" and request.path == "/", "POST to /")
        self.expect(request.headers.get("x-acs-action") == "SendSms", "x-acs-action")
        self.expect(request.headers.get("x-acs-version") == "2017-05-25", "x-acs-version")
        wanted = {"PhoneNumbers", "SignName", "TemplateCode", "TemplateParam", "OutId"}
        self.expect(set(request.query) == wanted, f"parameters {sorted(request.query)}")
        self.expect(self.is_signed(request), "the signature")
        if self.planned:
            return self.planned.pop(0)
        self.delivered.append(request.query)
        number = len(self.delivered)
        return 200, {"Code": "OK", "Message": "OK", "BizId": f"biz{number}", "RequestId": "r"}

    def is_signed(self, request: Request) -> bool:
        scheme, _space, rest = request.headers["authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(","))
        names = parts["SignedHeaders"].split(";")
        lines = "".join(f"{name}:{request.headers[name]}\n" for name in names)
        pairs = sorted(request.query.items())
        query = "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs)
        empty = hashlib.sha256(b"").hexdigest()
        canonical = f"POST\n/\n{query}\n{lines}\n{parts['SignedHeaders']}\n{empty}"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        expected = hmac.new(self.secret.encode(), f"{scheme}\n{digest}".encode(), hashlib.sha256)
        return (
            scheme == "ACS3-HMAC-SHA256"
            and parts["Credential"] == "example-key"
            and {"host", "x-acs-action", "x-acs-date", "x-acs-signature-nonce"} <= set(names)
            and parts["Signature"] == expected.hexdigest()
        )


@dataclass
class FakeWeCom(Provider):
    """WeCom's server: tokens, text cards with the duplicate check, members behind codes."""

    tokens: int = 0
    dead_tokens: set[str] = field(default_factory=set)
    members: dict[str, str] = field(default_factory=dict)  # code → userid, each code once
    seen: set[str] = field(default_factory=set)

    def answer(self, request: Request) -> Answer:
        if request.path == "/cgi-bin/gettoken":
            wanted = {"corpid": "example-corp", "corpsecret": "example-secret"}
            self.expect(request.query == wanted, "gettoken")
            self.tokens += 1
            token = {"access_token": f"token{self.tokens}", "expires_in": 7200}
            return 200, {"errcode": 0, "errmsg": "ok", **token}
        used = request.query.get("access_token", "")
        if used != f"token{self.tokens}" or used in self.dead_tokens:
            return 200, {"errcode": 42001, "errmsg": "access_token expired"}
        if request.path == "/cgi-bin/auth/getuserinfo":
            member = self.members.pop(request.query.get("code", ""), None)
            if member is None:
                return 200, {"errcode": 40029, "errmsg": "invalid code"}
            return 200, {"errcode": 0, "errmsg": "ok", "userid": member}
        self.expect(request.path == "/cgi-bin/message/send", f"path {request.path}")
        return self.take(request.body)

    def take(self, body: dict[str, Any]) -> Answer:
        card = body["textcard"]
        self.expect(body["msgtype"] == "textcard" and body["agentid"] == 1000002, "msgtype")
        self.expect(set(card) == {"title", "description", "url", "btntxt"}, "textcard")
        self.expect(len(card["title"].encode()) <= 128, "title longer than 128 bytes")
        self.expect(len(card["description"].encode()) <= 512, "description over 512 bytes")
        self.expect(body["enable_duplicate_check"] == 1, "enable_duplicate_check")
        self.expect(body["duplicate_check_interval"] <= 4 * 3600, "interval over four hours")
        if self.planned:
            return self.planned.pop(0)
        fingerprint = json.dumps(body, sort_keys=True)
        if fingerprint not in self.seen:  # documented: the same request is not received again
            self.seen.add(fingerprint)
            self.delivered.append(body)
        return 200, {"errcode": 0, "errmsg": "ok", "msgid": f"msg{len(self.delivered)}"}


@dataclass
class FakeDingTalk(Provider):
    """DingTalk's servers, old and new: tokens, work notifications, to-dos, people behind codes."""

    people: dict[str, str] = field(default_factory=dict)  # code → unionId, each code once
    todos: dict[str, dict[str, Any]] = field(default_factory=dict)  # sourceId → to-do

    def answer(self, request: Request) -> Answer:
        if request.path == "/v1.0/oauth2/accessToken":
            wanted = {"appKey": "example-app", "appSecret": "example-secret"}
            self.expect(request.body == wanted, "accessToken")
            return 200, {"accessToken": "app-token", "expireIn": 7200}
        if request.path == "/v1.0/oauth2/userAccessToken":
            return self.user_token(request.body)
        if request.path == "/v1.0/contact/users/me":
            union_id = request.headers["x-acs-dingtalk-access-token"].removeprefix("user-")
            return 200, {"nick": "示例", "unionId": union_id, "openId": "o"}
        if request.path.startswith("/topapi/"):
            self.expect(request.query == {"access_token": "app-token"}, "access_token")
            return self.old(request)
        self.expect(request.headers["x-acs-dingtalk-access-token"] == "app-token", "token")
        return self.todo(request)

    def user_token(self, body: dict[str, str]) -> Answer:
        self.expect(body["clientId"] == "example-app", "clientId")
        self.expect(body["clientSecret"] == "example-secret", "clientSecret")
        self.expect(body["grantType"] == "authorization_code", "grantType")
        union_id = self.people.pop(body["code"], None)
        if union_id is None:
            return 400, {
                "code": "invalidParameter.authCode.notFound",
                "message": "不存在的临时授权码",
            }
        return 200, {"accessToken": f"user-{union_id}", "expireIn": 7200, "refreshToken": "r"}

    def old(self, request: Request) -> Answer:
        if request.path == "/topapi/user/getbyunionid":
            member = request.body["unionid"].replace("union", "member")
            return 200, {"errcode": 0, "result": {"contact_type": 0, "userid": member}}
        is_send = request.path == "/topapi/message/corpconversation/asyncsend_v2"
        self.expect(is_send, f"path {request.path}")
        self.expect(request.body["agent_id"] == 123, "agent_id")
        message = request.body["msg"]
        self.expect(message["msgtype"] == "action_card", "msgtype")
        wanted = {"title", "markdown", "single_title", "single_url"}
        self.expect(set(message["action_card"]) == wanted, "action_card")
        if self.planned:
            return self.planned.pop(0)
        if request.body not in self.delivered:  # documented: once a day, the rest is not received
            self.delivered.append(request.body)
        return 200, {"errcode": 0, "errmsg": "ok", "task_id": 256271667526}

    def todo(self, request: Request) -> Answer:
        body = request.body
        path = f"/v1.0/todo/users/{body['creatorId']}/tasks"
        self.expect(request.path == path, f"path {request.path}")
        self.expect(request.query == {"operatorId": body["creatorId"]}, "operatorId")
        self.expect(set(body["detailUrl"]) == {"appUrl", "pcUrl"}, "detailUrl")
        if body["sourceId"] in self.todos:
            return 400, {"code": "todo.taskCreate.paramError", "message": "task exist"}
        self.todos[body["sourceId"]] = body
        return 200, {"id": f"task{len(self.todos)}", "sourceId": body["sourceId"]}
