"""The calendar page: everybody on the staff looks and tries, the administrator enters."""

from datetime import date
from html import unescape

import pytest
from django.test import Client
from tests import factories

from lianshang.core.accounts.choices import Role
from lianshang.core.calendars.models import OfficeHours, SpecialDay
from lianshang.core.calendars.queries import calendar

pytestmark = pytest.mark.django_db
PAGE = "/calendar/"
TRY = {
    "start": "2026-09-29T16:40",
    "amount": "3",
    "unit": "working_days",
    "begin": "same",
}
SPORTS = {
    "on": "2026-12-07",
    "kind": "morning",
    "name": "区运动会",
    "scope": "zone",
    "source": "示例管委会通知〔2026〕3号",
    "published_on": "2026-11-20",
    "reason": "登记通知",
}


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(factories.user(Role.ZONE_ADMIN))
    return client


def text(client: Client, **asked: str) -> str:
    return unescape(client.get(PAGE, asked).content.decode())


def test_a_year_shows_days_off_make_up_days_and_their_source(client: Client) -> None:
    client.force_login(factories.user(Role.SERVICE_OFFICER))
    page = text(client, year="2026")
    assert page.count('<table class="calendar-month">') == 12
    assert "国庆节 放假" in page
    assert "国庆节 调休上班" in page
    assert "国务院办公厅 2026 年节假日安排" in page
    assert "18 个工作日" in page  # October: 17 weekdays and the make-up Saturday
    assert "暂定" not in page
    assert "登记特殊日" not in page  # an officer enters nothing


def test_a_year_that_is_not_announced_says_so_in_words(client: Client) -> None:
    client.force_login(factories.user(Role.OFFICE_STAFF))
    page = text(client, year="2027")
    assert page.count("calendar-provisional") == 12
    assert "放假安排未公布：暂按周一至周五计算" in page
    assert "《全国年节及纪念日放假办法》的法定节日" in page


def test_a_limit_is_tried(client: Client) -> None:
    client.force_login(factories.user(Role.OFFICE_STAFF))
    expected = "10月9日 周五 → 2026-10-09 16:40；10月10日 周六为调休上班"
    whole = text(client, **TRY)
    assert expected in whole
    part = client.get(PAGE, TRY, headers={"HX-Request": "true", "HX-Target": "tried"})
    assert expected in part.content.decode()
    assert "<html" not in part.content.decode()
    wrong = text(client, **{**TRY, "amount": "-1"})
    assert "期限：" in wrong


def test_the_administrator_enters_and_removes_a_day_of_the_zone(admin: Client) -> None:
    answer = admin.post(f"{PAGE}days/new/", SPORTS)
    assert answer.headers["Location"] == "/calendar/?year=2026"
    page = text(admin, year="2026")
    assert "区运动会 只上午上班" in page
    assert "示例管委会通知〔2026〕3号 · 2026-11-20" in page
    day = SpecialDay.objects.get()
    admin.post(f"{PAGE}days/{day.pk}/remove/", {"reason": "运动会取消"})
    assert not SpecialDay.objects.exists()
    assert "区运动会" not in text(admin, year="2026").partition("calendar-year")[2]


def test_the_administrator_announces_a_year(admin: Client) -> None:
    form = {"year": "2027", "document": "示例〔2026〕9号", "published_on": "2026-11-04"}
    early = admin.post(f"{PAGE}announcements/new/", {**form, "reason": "公布"})
    assert early.status_code == 422
    assert "请先按文件登记 2027 年" in early.content.decode()
    national = {**SPORTS, "on": "2027-01-03", "kind": "work", "name": "元旦"}
    admin.post(f"{PAGE}days/new/", {**national, "scope": "national"})
    admin.post(f"{PAGE}announcements/new/", {**form, "reason": "公布"})
    assert calendar().announced_until == date(2027, 12, 31)
    page = text(admin, year="2027")
    assert "示例〔2026〕9号" in page
    assert "calendar-provisional" not in page


def test_the_administrator_sets_summer_hours(admin: Client) -> None:
    assert 'value="17:30"' in admin.get(f"{PAGE}hours/new/").content.decode()
    hours = {
        "since": "2026-06-01",
        "opens": "09:00",
        "pauses": "12:00",
        "resumes": "14:30",
        "closes": "18:00",
    }
    admin.post(f"{PAGE}hours/new/", {**hours, "reason": "夏季作息"})
    assert str(OfficeHours.objects.get()) == "09:00–12:00 14:30–18:00"
    assert "09:00–12:00 14:30–18:00" in text(admin)


def test_who_may_not_enter_is_refused(client: Client) -> None:
    client.force_login(factories.user(Role.OFFICE_STAFF))
    for path in ("days/new/", "announcements/new/", "hours/new/"):
        assert client.post(PAGE + path, SPORTS).status_code == 403
    assert not SpecialDay.objects.exists()
    client.force_login(factories.user(Role.BANK))
    assert client.get(PAGE).status_code == 403


def test_a_year_out_of_reach_is_not_found(client: Client) -> None:
    client.force_login(factories.user(Role.OFFICE_STAFF))
    assert client.get(PAGE, {"year": "1999"}).status_code == 404
    assert client.get(PAGE, {"year": "abc"}).status_code == 200


def test_the_page_is_english_for_english_readers(client: Client) -> None:
    client.force_login(factories.user(Role.OFFICE_STAFF))
    client.cookies["django_language"] = "en"
    page = text(client, year="2026", **TRY)
    assert "3 working days from Tue 2026-09-29 16:40" in page
    assert "National Day" in page
