"""Saved lists: a list under a name, and word of what came into it."""

from datetime import datetime

import pytest
from django.test import Client
from tests import factories

from lianshang.core import clock
from lianshang.core.notices.models import Notice
from lianshang.core.saved.models import SavedList
from lianshang.core.saved.tasks import tell_subscribers

pytestmark = pytest.mark.django_db
LIST = "/enterprises/"


def at(day: int, hour: int) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=clock.zone_time())


def test_a_filtered_list_is_kept_under_a_name(client: Client) -> None:
    officer = factories.office()
    client.force_login(officer)
    page = client.get(f"{LIST}?q=光芯&page=2").content.decode()
    assert "/saved/new/?path=%2Fenterprises%2F&amp;query=q%3D" in page
    kept = client.post("/saved/new/", {"name": "光芯企业", "path": LIST, "query": "q=光芯&page=2"})
    assert kept["Location"] == "/enterprises/?q=%E5%85%89%E8%8A%AF"
    assert "光芯企业" in client.get(LIST).content.decode()
    assert "光芯企业" in client.get("/").content.decode()  # the workbench
    client.force_login(factories.office())
    assert "光芯企业" not in client.get(LIST).content.decode()


def test_a_subscriber_hears_once_a_day_of_what_is_new(client: Client) -> None:
    with clock.moved_to(at(24, 9)):
        officer = factories.office()
    client.force_login(officer)
    with clock.moved_to(at(24, 10)):
        factories.firm("示例光芯一号有限公司")
        client.post(
            "/saved/new/",
            {"name": "全部企业", "path": LIST, "query": "", "is_subscribed": "on"},
        )
    with clock.moved_to(at(25, 7)):
        factories.firm("示例光芯二号有限公司")
        tell_subscribers()
        assert not Notice.objects.exists()  # not before the morning
    with clock.moved_to(at(25, 9)):
        tell_subscribers()
        tell_subscribers()
        notice = Notice.objects.get()
        assert (notice.recipient, notice.subject) == (officer, "“全部企业”有 1 条新内容")
        assert notice.url == "/enterprises/"
    with clock.moved_to(at(26, 9)):
        tell_subscribers()
        assert Notice.objects.count() == 1  # nothing new


def test_a_list_that_is_no_longer_mine_to_open_says_nothing(client: Client) -> None:
    with clock.moved_to(at(24, 9)):
        officer = factories.office()
    client.force_login(officer)
    with clock.moved_to(at(24, 10)):
        client.post(
            "/saved/new/", {"name": "企业", "path": LIST, "query": "", "is_subscribed": "on"}
        )
        officer.memberships.update(until=clock.today())
    with clock.moved_to(at(26, 9)):
        factories.firm()
        tell_subscribers()
    assert not Notice.objects.exists()


def test_only_lists_are_kept_and_only_by_their_owner(client: Client) -> None:
    client.force_login(factories.office())
    for path in ("/", "/no/such/page/", "https://example.com/enterprises/"):
        page = client.post("/saved/new/", {"name": "别的", "path": path, "query": ""})
        assert page.status_code == 422
        assert "这个页面不是列表，不能保存。" in page.content.decode()
    client.post("/saved/new/", {"name": "企业", "path": LIST, "query": ""})
    saved = SavedList.objects.get()
    client.force_login(factories.office())
    assert client.post(f"/saved/{saved.pk}/drop/").status_code == 404
    client.force_login(saved.user)
    assert client.post(f"/saved/{saved.pk}/drop/")["Location"] == LIST
    assert not SavedList.objects.exists()
