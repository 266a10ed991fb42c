"""Another system opens duties and follows them with a key of somebody's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.core.workflow.pages import Town, at, do

from lianshang.core import clock
from lianshang.core.accounts.actions import make_token, revoke_token
from lianshang.core.accounts.models import ApiToken, User
from lianshang.core.workflow.models import Duty

pytestmark = pytest.mark.django_db
BODY = {"kind": "request", "title": "示例东门积水", "owner": "示例水务局"}


class Program:
    """Something that calls the API with a key."""

    def __init__(self, user: User, *scopes: str) -> None:
        until = clock.today() + timedelta(days=30)
        self.token, self.secret = make_token(
            actor=user, name="示例平台", scopes=scopes, expires_on=until
        )
        self.client = Client(enforce_csrf_checks=True)

    def headers(self, key: str = "") -> dict[str, str]:
        named = {"Idempotency-Key": key} if key else {}
        return {"Authorization": f"Bearer {self.secret}", **named}

    def get(self, path: str = "") -> Any:
        return self.client.get(f"/api/v1/duties{path}", headers=self.headers())

    def post(self, path: str, body: dict[str, Any], key: str = "") -> Any:
        return self.client.post(
            f"/api/v1/duties{path}", body, "application/json", headers=self.headers(key)
        )


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def office(town: Town) -> Program:
    return Program(town.person(town.office), "duties:read", "duties:write")


def test_a_duty_is_opened_and_read_with_its_equation(town: Town, office: Program) -> None:
    with clock.standing_at(at(23, 9)):
        answer = office.post("", BODY)
        assert answer.status_code == 201
        made = answer.json()
        assert (made["asker"]["name"], made["owner"]["name"]) == ("示例党建办", "示例水务局")
        assert made["due"].startswith("2026-11-23T10:00:30")
        contact = next(one for one in made["clocks"] if one["name"] == "contact")
        assert contact["equation"].startswith("自 11月23日（周一）09:00 起 1 个工作小时")
        assert contact["is_provisional"] is False
        assert [one["label"] for one in made["log"]] == ["交办"]
        assert office.get(f"/{made['id']}").json() == made
        assert "urge" in made["possible"]


def test_the_same_request_makes_one_duty(town: Town, office: Program) -> None:
    first = office.post("", BODY, "k1")
    again = office.post("", BODY, "k1")
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    other = office.post("", {**BODY, "title": "示例别的"}, "k1")
    assert other.status_code == 409
    assert other.json()["detail"] == "这个 Idempotency-Key 已用于另一个请求：请为新请求换一个。"
    assert Duty.objects.count() == 1
    neighbour = Program(town.person(town.roads), "duties:write")
    assert neighbour.post("", BODY, "k1").status_code == 201  # everybody's keys are their own
    assert Duty.objects.count() == 2


def test_the_same_act_is_done_once(town: Town, office: Program) -> None:
    duty = town.duty()
    told = {"act": "urge", "reason": "请今天处理"}
    for _turn in range(2):
        assert office.post(f"/{duty.pk}/acts", told, "k").status_code == 200
    assert office.post(f"/{duty.pk}/acts", {**told, "reason": "别的"}, "k").status_code == 409
    assert duty.log.filter(act="urge").count() == 1


def test_refusals_are_those_of_the_pages(town: Town, office: Program) -> None:
    duty = town.duty()
    not_now = office.post(f"/{duty.pk}/acts", {"act": "confirm"})
    assert (not_now.status_code, not_now.json()["detail"]) == (
        409,
        "现在是“待签收”，不能认可答复。请刷新页面看最新状态。",
    )
    not_theirs = office.post(f"/{duty.pk}/acts", {"act": "accept"})
    assert (not_theirs.status_code, not_theirs.json()["detail"]) == (
        403,
        "您不能对这件事项签收：由有权的一方来做。",
    )
    without = office.post(f"/{duty.pk}/acts", {"act": "urge"})
    assert (without.status_code, without.json()["detail"]) == (422, "reason：请写明理由或内容。")
    foreign = office.post("", {**BODY, "asker": "示例水务局"})
    assert foreign.status_code == 422
    assert "交办方须是您所在的一个单位：示例党建办。" in foreign.json()["detail"]
    assert office.post("", {**BODY, "kind": "nothing"}).status_code == 422
    assert office.post("", {**BODY, "points": 3}).status_code == 422
    assert office.post("", {**BODY, "owner": 99999999}).status_code == 422


def test_what_one_may_not_see_does_not_exist(town: Town) -> None:
    duty = town.duty()
    do(town.water_client, duty, "note", reason="对方电话打不通")
    stranger = Program(town.person(town.roads), "duties:read", "duties:write")
    assert stranger.get(f"/{duty.pk}").status_code == 404
    assert stranger.post(f"/{duty.pk}/acts", {"act": "accept"}).status_code == 404
    assert stranger.get().json() == {"items": [], "next": None}
    asker = Program(town.person(town.office), "duties:read")
    assert "对方电话打不通" not in asker.get(f"/{duty.pk}").content.decode()
    owner = Program(town.person(town.water), "duties:read")
    assert [one["act"] for one in owner.get(f"/{duty.pk}").json()["log"]] == ["open", "note"]


def test_lists_are_filtered_and_paged_by_key(
    town: Town, office: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.standing_at(at(23, 9)):
        late = town.duty("示例急事")
        rest = [town.duty(f"示例{n}", "task") for n in range(4)]
    monkeypatch.setattr("lianshang.core.workflow.api.PAGE", 2)
    with clock.standing_at(at(23, 11)):
        assert [one["id"] for one in office.get("?overdue=true").json()["items"]] == [late.pk]
        seen, after = [], 0
        while after is not None:
            page = office.get(f"?overdue=false&after={after}").json()
            seen += [one["id"] for one in page["items"]]
            after = page["next"]
        assert seen == [one.pk for one in rest]
        assert office.get("?state=closed").json()["items"] == []
        assert len(office.get(f"?owner={town.water.pk}").json()["items"]) == 2
        assert office.get("?owner=0").json()["items"] == []


def test_a_key_does_what_its_scopes_say_until_it_is_revoked(town: Town) -> None:
    reader = Program(town.person(town.office), "duties:read")
    refused = reader.post("", BODY)
    assert refused.status_code == 403
    assert "这个令牌没有“duties:write”的权限" in refused.json()["detail"]
    assert reader.get().status_code == 200
    with clock.moved_to(clock.now() + timedelta(days=31)):
        assert reader.get().status_code == 401
    assert reader.get().status_code == 200
    revoke_token(actor=None, token=ApiToken.objects.get())
    gone = reader.get()
    assert (gone.status_code, gone.json()["detail"]) == (
        401,
        "令牌无效、已撤销或已过期：请在“我的账号 › 接口令牌”另建一个。",
    )


def test_a_key_is_worth_what_its_person_is(town: Town) -> None:
    person = town.person(town.office)
    reader = Program(person, "duties:read")
    person.memberships.update(until=clock.today() - timedelta(days=1))
    assert reader.get().status_code == 403
    person.is_active = False
    person.save()
    assert reader.get().status_code == 401


def test_the_session_works_with_its_csrf_token_only(town: Town) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.get("/api/v1/duties").status_code == 401
    assert browser.post("/api/v1/duties", BODY, "application/json").status_code == 401
    browser.force_login(town.person(town.office))
    assert browser.get("/api/v1/duties").status_code == 200
    assert browser.post("/api/v1/duties", BODY, "application/json").status_code == 403
    browser.get("/duties/new/")
    token = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    sent = browser.post("/api/v1/duties", BODY, "application/json", headers=token)
    assert sent.status_code == 201


def test_a_key_is_made_on_a_page_shown_once_and_kept_as_a_digest(town: Town) -> None:
    client = town.office_client
    until = clock.today() + timedelta(days=10)
    form = {"name": "示例平台", "scopes": ["duties:read"], "expires_on": until.isoformat()}
    page = client.post("/account/tokens/new/", form)
    token = ApiToken.objects.get()
    secret = page.content.decode().split('class="secret">')[1].split("<")[0]
    assert page["Cache-Control"] == "no-store"
    assert secret.endswith(token.last_four)
    assert secret not in token.digest
    listed = client.get("/account/tokens/").content.decode()
    assert secret not in listed
    assert f"…{token.last_four}" in listed
    assert client.get("/account/tokens/new/").status_code == 200
    called = Client().get("/api/v1/duties", headers={"Authorization": f"Bearer {secret}"})
    assert called.status_code == 200
    token.refresh_from_db()
    assert token.last_used_at is not None
    assert town.water_client.get(f"/account/tokens/{token.pk}/revoke/").status_code == 404
    client.post(f"/account/tokens/{token.pk}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is not None
    far = {**form, "expires_on": (clock.today() + timedelta(days=500)).isoformat()}
    assert client.post("/account/tokens/new/", far).status_code == 422
    assert Client().get("/account/tokens/").status_code == 302
