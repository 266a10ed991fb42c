"""A card opens without a second sign-in, for its owner and for nobody else."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from tests import factories
from tests.core.notices.fakes import FakeDingTalk, FakeWeCom

from lianshang.core.accounts.models import User
from lianshang.core.notices import entering
from lianshang.core.notices.models import Reach
from lianshang.core.notices.views import doors

pytestmark = pytest.mark.django_db
TO = "/account/me/"


def knock(client: Client, door: str, to: str = TO) -> dict[str, str]:
    """Open a card; what the provider is told."""
    address = urlsplit(client.get(f"/notices/go/{door}/", {"to": to})["Location"])
    return {name: values[0] for name, values in parse_qs(address.query).items()}


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_wecom_is_asked_as_documented(client: Client, wecom: FakeWeCom) -> None:
    response = client.get("/notices/go/wecom/", {"to": TO})
    assert response["Location"].startswith("https://open.weixin.qq.com/connect/oauth2/authorize?")
    assert response["Location"].endswith("#wechat_redirect")
    asked = knock(client, "wecom")
    state = asked.pop("state")
    assert state.isalnum()
    assert len(state) == 48
    assert asked == {
        "appid": "example-corp",
        "redirect_uri": "http://localhost:8000/notices/enter/wecom/",
        "response_type": "code",
        "scope": "snsapi_base",
        "agentid": "1000002",
    }


def test_a_card_of_wecom_opens_for_its_owner(
    client: Client, wecom: FakeWeCom, person: User
) -> None:
    wecom.members["code1"] = "shili"
    state = knock(client, "wecom")["state"]
    response = client.get("/notices/enter/wecom/", {"code": "code1", "state": state})
    assert response["Location"] == TO
    assert signed_in(client) == str(person.pk)
    assert client.get("/notices/go/wecom/", {"to": TO})["Location"] == TO  # straight on


def test_a_card_of_dingtalk_opens_for_its_owner(
    client: Client, dingtalk: FakeDingTalk, person: User
) -> None:
    dingtalk.people["code1"] = "union1"
    asked = knock(client, "dingtalk")
    assert asked["client_id"] == "example-app"
    assert asked["scope"] == "openid"
    answer = {"authCode": "code1", "state": asked["state"]}
    assert client.get("/notices/enter/dingtalk/", answer)["Location"] == TO
    assert signed_in(client) == str(person.pk)


def test_a_state_is_good_once_and_in_its_own_browser(
    client: Client, wecom: FakeWeCom, person: User
) -> None:
    wecom.members.update(code1="shili", code2="shili")
    state = knock(client, "wecom")["state"]
    thief = Client()
    thief.get("/notices/enter/wecom/", {"code": "code1", "state": state})
    assert signed_in(thief) is None
    client.get("/notices/enter/wecom/", {"code": "code1", "state": "伪造"})
    assert signed_in(client) is None
    response = client.get("/notices/enter/wecom/", {"code": "code2", "state": state})
    assert response["Location"] == "/account/login/?next=/"  # the first answer used it up
    assert signed_in(client) is None
    assert set(wecom.members) == {"code1", "code2"}  # WeCom was not even asked


def test_a_code_that_wecom_does_not_know_ends_at_the_sign_in(
    client: Client, wecom: FakeWeCom, person: User
) -> None:
    state = knock(client, "wecom")["state"]
    response = client.get("/notices/enter/wecom/", {"code": "x", "state": state}, follow=True)
    assert response.redirect_chain[0][0] == f"/account/login/?next={TO}"
    assert "企业微信没有确认您的身份" in response.content.decode()


def test_an_account_of_nobody_ends_at_the_sign_in(client: Client, wecom: FakeWeCom) -> None:
    wecom.members["code1"] = "stranger"
    state = knock(client, "wecom")["state"]
    response = client.get("/notices/enter/wecom/", {"code": "code1", "state": state}, follow=True)
    assert "还没有绑定" in response.content.decode()
    assert signed_in(client) is None


def test_an_account_that_is_off_stays_out(client: Client, wecom: FakeWeCom, person: User) -> None:
    person.is_active = False
    person.save()
    wecom.members["code1"] = "shili"
    state = knock(client, "wecom")["state"]
    client.get("/notices/enter/wecom/", {"code": "code1", "state": state})
    assert signed_in(client) is None


def test_a_second_factor_is_not_passed_by(
    client: Client, wecom: FakeWeCom, person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doors, "has_second_factor", lambda user: True)
    wecom.members["code1"] = "shili"
    state = knock(client, "wecom")["state"]
    response = client.get("/notices/enter/wecom/", {"code": "code1", "state": state}, follow=True)
    assert response.redirect_chain[0][0] == f"/account/login/?next={TO}"
    assert "您开启了两步验证" in response.content.decode()
    assert signed_in(client) is None


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:x", ""]
)
def test_nobody_is_led_away_from_the_site(to: str) -> None:
    assert entering.local_path(to) == "/"


def test_a_signed_in_person_binds_an_account_and_takes_it_away(
    client: Client, dingtalk: FakeDingTalk
) -> None:
    person = factories.office()
    client.force_login(person)
    dingtalk.people["code1"] = "union7"
    address = urlsplit(client.get("/notices/settings/bind/dingtalk/")["Location"])
    state = parse_qs(address.query)["state"][0]
    client.get("/notices/enter/dingtalk/", {"authCode": "code1", "state": state})
    reach = Reach.objects.get(user=person)
    assert (reach.dingtalk_union_id, reach.dingtalk_id) == ("union7", "member7")
    client.post("/notices/settings/bind/dingtalk/")
    reach.refresh_from_db()
    assert (reach.dingtalk_union_id, reach.dingtalk_id) == (None, None)


def test_an_account_belongs_to_one_person(client: Client, wecom: FakeWeCom, person: User) -> None:
    other = factories.office()
    client.force_login(other)
    wecom.members["code1"] = "shili"
    address = urlsplit(client.get("/notices/settings/bind/wecom/")["Location"].partition("#")[0])
    state = parse_qs(address.query)["state"][0]
    response = client.get("/notices/enter/wecom/", {"code": "code1", "state": state}, follow=True)
    assert "已绑定到另一位用户" in response.content.decode()
    assert Reach.objects.get(wecom_id="shili").user == person


def test_a_door_that_is_not_configured_is_no_page(client: Client) -> None:
    assert client.get("/notices/go/wecom/").status_code == 404
    assert client.get("/notices/go/other/").status_code == 404
