"""My notices, my settings, and what administrators see of sending."""

from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings
from tests import factories
from tests.core.notices.fakes import FakeAliyun, FakeWeCom
from tests.core.notices.told import KIND, states, tell

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import User
from lianshang.core.notices.actions import forget_phones
from lianshang.core.notices.models import Delivery, Notice, Preference, Reach
from lianshang.core.notices.sending import send_due

pytestmark = pytest.mark.django_db
AT_WORK = datetime(2026, 9, 30, 10, tzinfo=clock.zone_time())


def test_unread_notices_are_counted_and_opening_one_reads_it(client: Client, person: User) -> None:
    tell(person, "k1", subject="第一件", url="/account/me/")
    tell(person, "k2", subject="第二件")
    client.force_login(person)
    assert "2<span" in client.get("/account/me/").content.decode()
    page = client.get("/notices/").content.decode()
    assert page.index("第二件") < page.index("第一件")
    first = Notice.objects.get(key="k1")
    response = client.get(f"/notices/{first.pk}/")
    assert response["Location"] == "/account/me/"
    page = client.get("/notices/").content.decode()
    assert "1<span" in page
    assert "全部标为已读" in page
    client.post("/notices/", {"notice": str(Notice.objects.get(key="k2").pk)})
    assert not Notice.objects.unread().exists()
    assert "全部标为已读" not in client.get("/notices/").content.decode()


def test_all_are_read_at_once(client: Client, person: User) -> None:
    other = factories.office()
    for key in ("k1", "k2"):
        tell(person, key)
        tell(other, key)
    client.force_login(person)
    client.post("/notices/")
    assert Notice.objects.unread().visible_to(person).count() == 0
    assert Notice.objects.unread().visible_to(other).count() == 2


def test_nobody_reads_the_notices_of_another(client: Client, person: User) -> None:
    tell(person, subject="只给本人")
    client.force_login(factories.office())
    assert "只给本人" not in client.get("/notices/").content.decode()
    assert client.get(f"/notices/{Notice.objects.get().pk}/").status_code == 404


@pytest.mark.parametrize("path", ["/notices/", "/notices/settings/", "/notices/settings/test/"])
def test_a_visitor_signs_in_first(client: Client, path: str) -> None:
    assert client.get(path)["Location"].startswith("/account/login/?next=/notices/")


SETTINGS = {
    "email": "neu@example.cn",
    "phone": "13800000009",
    "quiet_from": "21:00",
    "quiet_until": "09:00",
    "notices.test:sms": "on",
}


def test_a_person_chooses_channels_and_quiet_times(
    client: Client, aliyun: FakeAliyun, wecom: FakeWeCom, person: User
) -> None:
    client.force_login(person)
    page = client.get("/notices/settings/").content.decode()
    assert 'name="notices.test:sms"' in page
    assert 'name="notices.test:email"' not in page  # not configured
    assert 'value="13800000001"' in page
    assert client.post("/notices/settings/", SETTINGS).status_code == 302
    reach = Reach.objects.get(user=person)
    assert (reach.phone, str(reach.quiet_from), reach.quiet_on_days_off) == (
        "13800000009",
        "21:00:00",
        False,
    )
    person.refresh_from_db()
    assert person.email == "neu@example.cn"
    chosen = Preference.objects.filter(user=person, kind=KIND).values_list("channel", "is_on")
    assert set(chosen) == {("sms", True), ("wecom", False), ("webhook", False)}


def test_the_phone_is_encrypted_where_it_lies(person: User) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM notices_reach")
        assert "13800000001" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"phone": "12"}, "请填写 11 位手机号码"),
        ({"quiet_until": ""}, "要么都填，要么都不填"),
        ({"email": "x"}, "email"),
    ],
)
def test_wrong_settings_are_refused(
    client: Client, aliyun: FakeAliyun, person: User, changed: dict[str, str], complaint: str
) -> None:
    client.force_login(person)
    response = client.post("/notices/settings/", {**SETTINGS, **changed})
    assert response.status_code == 422
    assert complaint in response.content.decode()


def test_a_test_notice_goes_to_every_channel_chosen(
    client: Client, aliyun: FakeAliyun, settings: Settings, person: User
) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "mail.example.cn", "notice@example.cn"
    client.force_login(person)
    with clock.standing_at(AT_WORK):
        client.post("/notices/settings/test/")
        again = client.post("/notices/settings/test/", follow=True)
        send_due()
    assert "一分钟内只能测试一次" in again.content.decode()
    assert len(aliyun.delivered) == 1
    assert [one.subject for one in mail.outbox] == ["测试通知"]


def test_the_administrator_sees_errors_but_not_what_was_told(
    client: Client, aliyun: FakeAliyun, person: User
) -> None:
    aliyun.planned = [(200, {"Code": "isv.AMOUNT_NOT_ENOUGH", "Message": "账户余额不足"})]
    with clock.standing_at(AT_WORK):
        tell(person, subject="某企业的机密")
        send_due()
        client.force_login(factories.user(Role.ZONE_ADMIN))
        page = client.get("/notices/deliveries/").content.decode()
        assert "isv.AMOUNT_NOT_ENOUGH 账户余额不足" in page
        assert "机密" not in page
        address = f"/notices/deliveries/{Delivery.objects.get().pk}/resend/"
        assert address in page
        assert client.post(address, {"reason": "已充值"}).status_code == 302
        assert client.post(address, {"reason": "已充值"}).status_code == 422  # waits already
        send_due()
    assert states() == {"sent": 1}
    assert len(aliyun.delivered) == 1


def test_others_do_not_see_the_deliveries(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get("/notices/deliveries/").status_code == 403


def test_doubt_is_shown_to_the_recipient(client: Client, aliyun: FakeAliyun, person: User) -> None:
    aliyun.planned = [(504, {})]
    with clock.standing_at(AT_WORK):
        tell(person)
        send_due()
    client.force_login(person)
    assert "短信：结果不明" in client.get("/notices/").content.decode()


def test_the_phone_of_a_disabled_account_is_forgotten(person: User) -> None:
    staying = factories.office()
    Reach.objects.create(user=staying, phone="13800000002")
    person.is_active = False
    person.save()
    assert forget_phones(actor=None) == 1
    assert Reach.objects.get(user=person).phone == ""
    assert Reach.objects.get(user=staying).phone == "13800000002"
