"""Each channel against a server that checks what the provider documents."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test.utils import override_settings
from tests.core.notices.fakes import FakeAliyun, FakeDingTalk, FakeWeCom
from tests.core.notices.mail_server import MailServer, mail_server

from lianshang.core import clock
from lianshang.core.notices.channels import dingtalk as dingtalk_channel
from lianshang.core.notices.channels import offered
from lianshang.core.notices.channels.base import Message, Refused, Transient, Uncertain
from lianshang.core.notices.channels.dingtalk import DingTalkCard, DingTalkTodo
from lianshang.core.notices.channels.email import Email
from lianshang.core.notices.channels.sms import Sms, authorization
from lianshang.core.notices.channels.wecom import WeCom, shortened

pytestmark = pytest.mark.django_db
NOWHERE = "http://127.0.0.1:9"  # nobody listens at the discard port


def message(to: str, subject: str = "联合走访：请于周五前答复", text: str = "三个问题") -> Message:
    link = "/notices/go/wecom/?to=%2Fnotices%2F1%2F"
    return Message("ref-0", to, subject, text, "http://localhost:8000/notices/1/", link)


# SMS


def test_the_signature_is_the_one_of_the_published_example() -> None:
    query = {
        "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
        "RegionId": "cn-shanghai",
    }
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    header = authorization(query, headers, "YourAccessKeyId", "YourAccessKeySecret")
    assert header.endswith(
        "Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    )


def test_a_text_goes_out_by_the_template(aliyun: FakeAliyun) -> None:
    assert Sms().send(message("13800000001")).reference == "biz1"
    assert aliyun.delivered[0]["PhoneNumbers"] == "13800000001"
    assert aliyun.delivered[0]["SignName"] == "示例高新区"
    assert aliyun.delivered[0]["TemplateParam"] == '{"subject": "联合走访：请于周五前答复"}'
    assert aliyun.delivered[0]["OutId"] == "ref-0"


def test_aliyun_refuses_in_its_own_words(aliyun: FakeAliyun) -> None:
    aliyun.planned = [(200, {"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "手机号码格式错误"})]
    with pytest.raises(Refused, match=r"isv\.MOBILE_NUMBER_ILLEGAL 手机号码格式错误"):
        Sms().send(message("1"))


def test_flow_control_and_server_errors_pass(aliyun: FakeAliyun) -> None:
    aliyun.planned = [
        (200, {"Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "触发分钟级流控"}),
        (503, {"Code": "ServiceUnavailable", "Message": "busy"}),
    ]
    with pytest.raises(Transient, match="触发分钟级流控"):
        Sms().send(message("13800000001"))
    with pytest.raises(Transient, match="HTTP 503 ServiceUnavailable busy"):
        Sms().send(message("13800000001"))


def test_after_a_gateway_timeout_nobody_knows(aliyun: FakeAliyun) -> None:
    aliyun.planned = [(504, {})]
    with pytest.raises(Uncertain):
        Sms().send(message("13800000001"))


def test_where_nobody_listens_nothing_was_taken(aliyun: FakeAliyun) -> None:
    values = {"address": NOWHERE, "key_id": "k", "key_secret": "s", "sign_name": "n"}
    with override_settings(NOTICE_SMS={**values, "template": "t"}), pytest.raises(Transient):
        Sms().send(message("13800000001"))


# WeCom


def test_a_card_leads_through_the_door(wecom: FakeWeCom) -> None:
    assert WeCom().send(message("shili")).reference == "msg1"
    card = wecom.delivered[0]["textcard"]
    assert card["title"] == "联合走访：请于周五前答复"
    assert card["url"] == "http://localhost:8000/notices/go/wecom/?to=%2Fnotices%2F1%2F"


def test_one_token_serves_all_until_wecom_takes_it_no_more(wecom: FakeWeCom) -> None:
    WeCom().send(message("shili"))
    WeCom().send(message("shili", "二"))
    assert wecom.tokens == 1
    wecom.dead_tokens.add("token1")  # 42001
    WeCom().send(message("shili", "三"))
    assert wecom.tokens == 2
    assert len(wecom.delivered) == 3


def test_a_token_near_its_end_is_fetched_anew(wecom: FakeWeCom) -> None:
    WeCom().send(message("shili"))
    with clock.moved_to(clock.now() + timedelta(seconds=7000)):
        WeCom().send(message("shili", "二"))
    assert wecom.tokens == 2


def test_the_same_request_is_received_once(wecom: FakeWeCom) -> None:
    WeCom().send(message("shili"))
    WeCom().send(message("shili"))
    assert len(wecom.delivered) == 1


def test_wecom_refuses_somebody_outside_the_application(wecom: FakeWeCom) -> None:
    wecom.planned = [(200, {"errcode": 81013, "errmsg": "user & party & tag all invalid"})]
    with pytest.raises(Refused, match="81013 user & party & tag all invalid"):
        WeCom().send(message("nobody"))
    wecom.planned = [(200, {"errcode": 0, "errmsg": "ok", "invaliduser": "nobody"})]
    with pytest.raises(Refused, match="账号 nobody 不在应用可见范围内"):
        WeCom().send(message("nobody"))


def test_wecom_is_busy(wecom: FakeWeCom) -> None:
    wecom.planned = [(200, {"errcode": -1, "errmsg": "system busy"})]
    with pytest.raises(Transient, match="-1 system busy"):
        WeCom().send(message("shili"))


def test_a_card_keeps_to_its_bytes(wecom: FakeWeCom) -> None:
    WeCom().send(message("shili", "长" * 100, "<b>" + "长" * 600))
    card = wecom.delivered[0]["textcard"]
    assert card["title"] == "长" * 41 + "…"  # 126 bytes: one more character would be 129
    assert card["description"].startswith("&lt;b&gt;长")
    assert shortened("短", 128) == "短"


# DingTalk


def test_a_work_notification(dingtalk: FakeDingTalk) -> None:
    assert DingTalkCard().send(message("member1")).reference == "256271667526"
    DingTalkCard().send(message("member1"))
    assert len(dingtalk.delivered) == 1
    assert dingtalk.delivered[0]["userid_list"] == "member1"
    assert len(dingtalk.asked("/v1.0/oauth2/accessToken")) == 1


def test_dingtalk_refuses_with_the_inner_code(dingtalk: FakeDingTalk) -> None:
    inner = {"errcode": 88, "sub_code": "60011", "sub_msg": "没有调用该接口的权限", "errmsg": "e"}
    dingtalk.planned = [(200, inner)]
    with pytest.raises(Refused, match="60011 没有调用该接口的权限"):
        DingTalkCard().send(message("member1"))


def test_a_stale_token_of_dingtalk_is_fetched_anew(dingtalk: FakeDingTalk) -> None:
    stale = {"errcode": 88, "sub_code": "40014", "sub_msg": "不合法的access_token", "errmsg": "e"}
    dingtalk.planned = [(200, stale)]
    DingTalkCard().send(message("member1"))
    assert len(dingtalk.asked("/v1.0/oauth2/accessToken")) == 2
    assert len(dingtalk.delivered) == 1


def test_a_to_do_is_made_once(dingtalk: FakeDingTalk) -> None:
    assert DingTalkTodo().send(message("union1")).reference == "task1"
    assert DingTalkTodo().send(message("union1")).reference == "ref-0"  # it existed already
    assert list(dingtalk.todos) == ["ref-0"]
    assert dingtalk.todos["ref-0"]["executorIds"] == ["union1"]


def test_who_is_behind_a_code_of_dingtalk(dingtalk: FakeDingTalk) -> None:
    dingtalk.people["code1"] = "union1"
    assert dingtalk_channel.account_of("code1") == "union1"
    assert dingtalk_channel.member_of("union1") == "member1"
    with pytest.raises(Refused, match="不存在的临时授权码"):
        dingtalk_channel.account_of("code1")


# E-mail


def mail_settings(server: MailServer) -> override_settings:
    return override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=server.port,
        EMAIL_USE_SSL=False,
        DEFAULT_FROM_EMAIL="示例高新区 <notice@example.cn>",
    )


def test_a_mail_has_the_message_id_of_its_notice() -> None:
    with mail_server() as server, mail_settings(server):
        assert Email().send(message("person@example.cn")).reference == "<ref-0@example.cn>"
    mail = message_from_bytes(server.mails[0], policy=policy.default)
    assert mail["Message-ID"] == "<ref-0@example.cn>"
    assert mail["Subject"] == "联合走访：请于周五前答复"
    assert mail["To"] == "person@example.cn"
    body = mail.get_content().replace("\r\n", "\n").strip()  # type: ignore[attr-defined]  # EmailMessage
    assert body == "三个问题\n\n打开：http://localhost:8000/notices/1/"


def test_what_a_mail_server_says_decides() -> None:
    with mail_server() as server, mail_settings(server):
        server.to_recipient = "550 no such user"
        with pytest.raises(Refused, match="550 no such user"):
            Email().send(message("nobody@example.cn"))
        server.to_recipient = "450 mailbox busy"
        with pytest.raises(Transient, match="450 mailbox busy"):
            Email().send(message("person@example.cn"))
        server.to_recipient, server.after_text = "250 ok", ""
        with pytest.raises(Uncertain, match="邮件服务器中断"):
            Email().send(message("person@example.cn"))
        assert server.mails == []
    with mail_settings(server), pytest.raises(Transient, match="连不上邮件服务器"):
        Email().send(message("person@example.cn"))


# All


def test_nothing_is_offered_that_is_not_configured(aliyun: FakeAliyun) -> None:
    assert offered() == ["sms", "webhook"]
