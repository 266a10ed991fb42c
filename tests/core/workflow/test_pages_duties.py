"""A duty from its opening to its end, as the people concerned see it on their pages."""

import pytest
from django.test import Client
from tests import factories
from tests.core.workflow.pages import Town, at, do, text

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.workflow.models import Duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def test_an_office_asks_and_the_department_answers_in_time(town: Town) -> None:
    office, water = town.office_client, town.water_client
    with clock.standing_at(at(23, 9)):
        sent = office.post("/duties/new/", town.form())
        duty = Duty.objects.get()
        assert (sent.status_code, sent["Location"]) == (302, f"/duties/{duty.pk}/")
        listed = text(water.get("/duties/"))
        assert "示例东门积水 问题诉求 示例党建办 今天 10:00" in listed
        assert "首次联系 1 个工作小时：11-23 起，周六日不计 今天到期" in listed
        assert "示例东门积水" not in text(office.get("/duties/"))  # not theirs to do
        assert "示例东门积水" in text(office.get("/duties/?show=asked"))
    with clock.standing_at(at(23, 9, 38)):
        do(water, duty, "accept")
        page = text(water.get(f"/duties/{duty.pk}/"))
        assert "首次联系 2026-11-23 10:00 今天到期" in page
        assert "自 11月23日（周一）09:00 起 1 个工作小时" in page
        assert "办结 2026-11-30 09:00 计时中" in page
        do(water, duty, "contact", reason="电话联系，约下午看现场。")
        assert "已首联" in text(water.get("/duties/"))
        assert "首次联系 2026-11-23 10:00 按时完成" in text(water.get(f"/duties/{duty.pk}/"))


def test_waiting_for_the_other_side_does_not_count(town: Town) -> None:
    office, water = town.office_client, town.water_client
    with clock.standing_at(at(23, 9)):
        duty = town.duty()
        do(water, duty, "accept")
    with clock.standing_at(at(24, 9)):
        refused = do(water, duty, "pause", reason="等泵站图纸")
        assert refused.status_code == 422
        assert "请写明凭据：何时、怎样告知了谁；可以附文件。" in text(refused)
        do(water, duty, "pause", reason="等泵站图纸", proof="24 日短信告知党建办")
        page = text(office.get(f"/duties/{duty.pk}/"))
        assert "办结 暂停计时 暂停" in page
        assert "2026-11-24 09:00 起暂停：等泵站图纸" in page
        assert "凭据：24 日短信告知党建办" in page
    with clock.standing_at(at(25, 9)):
        assert "等待补充" in text(water.get("/duties/?state=paused"))
        do(office, duty, "supply", reason="图纸已送")
        page = text(water.get(f"/duties/{duty.pk}/"))
        assert "办结 2026-12-01 09:00 计时中" in page
        assert "停 1 个工作日" in page


def test_the_asker_returns_and_at_last_confirms(town: Town) -> None:
    office, water = town.office_client, town.water_client
    with clock.standing_at(at(23, 9)):
        duty = town.duty()
        do(water, duty, "accept")
    with clock.standing_at(at(26, 10)):
        do(water, duty, "claim", reason="管道已疏通")
        assert "示例东门积水" in text(office.get("/duties/?show=confirm"))
        assert "已答复，待确认" in text(office.get(f"/duties/{duty.pk}/"))
    with clock.standing_at(at(27, 10)):
        do(office, duty, "return", reason="昨夜又积水")
        page = text(water.get(f"/duties/{duty.pk}/"))
        assert "办结 2026-12-01 09:00 计时中" in page  # the day with the office does not count
    with clock.standing_at(at(30, 10)):
        do(water, duty, "claim", reason="换了泵")
        do(office, duty, "confirm")
        page = text(office.get(f"/duties/{duty.pk}/"))
        assert "示例东门积水 已办结" in page
        assert "办结 2026-12-01 09:00 按时完成" in page
        assert "认可答复" in page


def test_an_overdue_duty_says_so(town: Town) -> None:
    with clock.standing_at(at(23, 9)):
        duty = town.duty()
    with clock.standing_at(at(23, 10, 1)):
        assert "周六日不计 已超期 示例水务局" in text(town.water_client.get("/duties/"))
        assert "首次联系 2026-11-23 10:00 已超期" in text(
            town.water_client.get(f"/duties/{duty.pk}/")
        )


def test_whoever_handed_it_over_still_sees_it(town: Town) -> None:
    duty = town.duty()
    do(town.water_client, duty, "hand_over", unit="示例市政局", reason="属路面设施")
    assert "示例东门积水" in text(town.water_client.get("/duties/?show=former"))
    assert "示例东门积水" not in text(town.water_client.get("/duties/"))
    assert "示例东门积水" in text(town.roads_client.get("/duties/"))
    page = text(town.office_client.get(f"/duties/{duty.pk}/"))
    assert "移交给：示例市政局" in page
    assert "曾主办 示例水务局" in page


def test_a_wrong_unit_is_refused_with_those_near(town: Town) -> None:
    duty = town.duty()
    refused = do(town.water_client, duty, "hand_over", unit="市政", reason="属路面设施")
    assert refused.status_code == 422
    assert "没有名为“市政”的单位。相近的有：示例市政局。" in text(refused)


def test_strangers_find_nothing(town: Town) -> None:
    duty = town.duty()
    for path in ("", "acts/accept/"):
        assert town.roads_client.get(f"/duties/{duty.pk}/{path}").status_code == 404
    assert do(town.roads_client, duty, "accept").status_code == 404
    assert "示例东门积水" not in text(town.roads_client.get("/duties/?show=all"))
    firm = Client()
    firm.force_login(factories.user(Role.ENTERPRISE, unit=factories.firm().unit))
    assert firm.get("/duties/").status_code == 403


def test_an_internal_note_stays_inside(town: Town) -> None:
    duty = town.duty()
    do(town.water_client, duty, "note", reason="对方电话打不通")
    for inside in (town.water_client, town.watch_client):
        assert "对方电话打不通" in text(inside.get(f"/duties/{duty.pk}/"))
    outside = text(town.office_client.get(f"/duties/{duty.pk}/"))
    assert "对方电话打不通" not in outside
    assert "内部备注" not in outside


def test_a_form_sent_twice_acts_once(town: Town) -> None:
    duty = town.duty()
    for _turn in range(2):
        answer = do(town.office_client, duty, "urge", reason="请今天处理", request_key="k1")
        assert answer.status_code == 302
    assert duty.log.filter(act="urge").count() == 1
    for _turn in range(2):
        town.office_client.post("/duties/new/", town.form(title="示例路灯", request_key="k2"))
    assert Duty.objects.filter(title="示例路灯").count() == 1


def test_a_form_left_open_says_that_the_duty_went_on(town: Town) -> None:
    duty = town.duty()
    do(town.water_client, duty, "accept")
    late = do(town.water_client, duty, "object", reason="不属本局")
    assert late.status_code == 422
    assert "现在是“办理中”，不能提出异议。请刷新页面看最新状态。" in text(late)
    asked = town.water_client.get(f"/duties/{duty.pk}/acts/object/", follow=True)
    assert "现在是“办理中”，您不能提出异议。" in text(asked)
    not_theirs = do(town.office_client, duty, "report", reason="代为反馈")
    assert not_theirs.status_code == 422
    assert "您不能对这件事项阶段反馈：由有权的一方来做。" in text(not_theirs)


def test_the_form_comes_into_the_page_and_leads_back(town: Town) -> None:
    duty = town.duty()
    part = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "next-act"}
    url = f"/duties/{duty.pk}/acts/urge/"
    form = town.office_client.get(url, **part).content.decode()
    assert "<html" not in form
    assert f'hx-post="{url}"' in form
    done = town.office_client.post(url, {"reason": "请今天处理"}, **part)
    assert done["HX-Redirect"] == f"/duties/{duty.pk}/"
    refused = town.office_client.post(url, {"reason": ""}, **part)
    assert refused.status_code == 422
    assert "请写明理由或内容。" in text(refused)
