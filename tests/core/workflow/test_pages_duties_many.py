"""Lists of duties: tabs, filters, many at once, a firm's duties, how much they ask."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests import factories
from tests.core.workflow.pages import Town, at, do, text

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Unit
from lianshang.core.workflow.models import Duty, DutyKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town()


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/duties/{query}")
    assert page.status_code == 200
    return [cells[0].html for _pk, _url, cells in page.context["rows"]]


def test_rows_stand_as_they_are_due(town: Town) -> None:
    with clock.standing_at(at(23, 9)):
        town.duty("示例较晚", "task")
        town.duty("示例定日", "task", close_by=at(25, 0).date())
        town.duty("示例最早", "request")
    with clock.standing_at(at(24, 9)):
        water = town.water_client
        assert titles(water) == ["示例最早", "示例定日", "示例较晚"]
        assert titles(water, "?sort=-due") == ["示例较晚", "示例定日", "示例最早"]
        assert titles(water, "?sort=-opened") == ["示例最早", "示例定日", "示例较晚"]
        assert titles(water, "?when=overdue") == ["示例最早"]
        assert titles(water, "?when=week") == ["示例最早", "示例定日"]
        assert titles(water, "?q=定日") == ["示例定日"]
        request = DutyKind.objects.get(code="request")
        assert titles(water, f"?kind={request.pk}") == ["示例最早"]
        assert "定于 11-25" in text(water.get("/duties/"))
    with clock.standing_at(at(25, 18)):
        row = text(town.water_client.get("/duties/?q=定日"))
        assert "今天 办结：定于 11-25 今天到期" in row  # the day ends at 24:00, not tomorrow


def test_supervisors_have_all_and_others_not(town: Town) -> None:
    duty = town.duty()
    do(town.office_client, duty, "cancel", reason="重复登记")
    assert titles(town.watch_client, "?show=all") == ["示例东门积水"]
    assert "已撤销" in text(town.watch_client.get("/duties/?show=all"))
    tabs = town.water_client.get("/duties/?show=all").context["tabs"]
    assert [name for name, _label, _number in tabs] == ["mine", "confirm", "asked", "former"]


def test_many_at_once_and_what_became_of_each(town: Town) -> None:
    first, second = town.duty("示例一"), town.duty("示例二")
    do(town.water_client, second, "accept")
    address = f"/duties/together/?act=accept&duty={first.pk}&duty={second.pk}"
    asked = text(town.water_client.get(address))
    assert "选中 2 件：" in asked
    for _turn in range(2):  # sent twice, done once
        page = text(town.water_client.post(address, {"request_key": "k", "reason": ""}))
        assert "已办 1 件，未办 1 件。" in page
        assert "示例二 现在是“办理中”，不能签收。请刷新页面看最新状态。" in page
    assert first.log.filter(act="accept").count() == 1


def test_many_that_need_a_reason_ask_for_it_once(town: Town) -> None:
    first, second = town.duty("示例一"), town.duty("示例二")
    address = f"/duties/together/?act=urge&duty={first.pk}&duty={second.pk}"
    refused = town.office_client.post(address, {"reason": ""})
    assert refused.status_code == 422
    assert "已办 2 件，未办 0 件。" in text(
        town.office_client.post(address, {"reason": "请本周办完"})
    )
    assert [one.log.last().reason for one in (first, second)] == ["请本周办完"] * 2


def test_a_file_is_kept_as_proof(town: Town) -> None:
    duty = town.duty()
    do(town.water_client, duty, "accept")
    file = SimpleUploadedFile("示例回执.txt", "已收到".encode())
    told = {"reason": "等图纸", "proof": "", "files": file, "request_key": "k"}
    sent = town.water_client.post(f"/duties/{duty.pk}/acts/pause/", told)
    assert sent.status_code == 302
    assert "附件： 示例回执.txt" in text(town.office_client.get(f"/duties/{duty.pk}/"))


def test_the_form_shows_its_clocks_before_it_is_sent(town: Town) -> None:
    kind = DutyKind.objects.get(code="task")
    with clock.standing_at(at(23, 16, 40)):
        query = f"?kind={kind.pk}&urgency=normal&close_by="
        shown = text(town.office_client.get(f"/duties/new/clocks/{query}"))
        assert "办结 2026-11-30 16:40" in shown
        shown = text(
            town.office_client.get(f"/duties/new/clocks/?kind={kind.pk}&close_by=2026-11-27")
        )
        assert "办结 2026-11-27 24:00 定于 2026-11-27" in shown
        assert "没有设时限" in text(town.office_client.get("/duties/new/clocks/?kind=x"))


def test_what_is_wrong_stands_in_the_form(town: Town) -> None:
    wrong = town.form(owner="水务", co_owners="示例市政局、示例没有", close_by="2020-01-01")
    page = town.office_client.post("/duties/new/", wrong)
    assert page.status_code == 422
    assert "没有名为“水务”的单位。相近的有：示例水务局。" in text(page)
    assert "没有名为“示例没有”的单位。请填单位全称。" in text(page)
    past = town.office_client.post("/duties/new/", town.form(close_by="2020-01-01"))
    assert "办结日期已经过去，请填今天或以后的日期。" in text(past)
    foreign = town.office_client.post("/duties/new/", town.form(asker=str(town.water.pk)))
    assert foreign.status_code == 422
    assert not Duty.objects.exists()


def test_a_firm_has_its_duties_on_its_page(town: Town) -> None:
    factories.zone()
    firm = factories.firm("示例光芯科技有限公司")
    page = town.office_client.get(f"/enterprises/{firm.pk}/?tab=duties")
    assert f"/duties/new/?subject=enterprises.enterprise:{firm.pk}" in page.content.decode()
    address = f"/duties/new/?subject=enterprises.enterprise:{firm.pk}"
    assert "关于： 示例光芯科技有限公司" in text(town.office_client.get(address))
    town.office_client.post(address, town.form(co_owners="示例市政局"))
    listed = text(town.office_client.get(f"/enterprises/{firm.pk}/?tab=duties"))
    assert "示例东门积水 问题诉求 · 主办 示例水务局" in listed
    row = text(town.water_client.get("/duties/"))
    assert "协办 示例市政局 示例光芯科技有限公司 交办方 示例党建办" in row
    assert (
        town.office_client.get("/duties/new/?subject=enterprises.enterprise:0").status_code == 404
    )
    officer = Client()
    officer.force_login(factories.user(Role.SERVICE_OFFICER, unit=town.water))
    seen = text(officer.get("/duties/"))  # the duty is theirs, the firm is not
    assert "示例东门积水" in seen
    assert "示例光芯科技有限公司" not in seen


def asked(client: Client, path: str) -> int:
    client.get(path)  # the first visit fills caches of the process
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def test_more_rows_ask_no_more(town: Town) -> None:
    helper = Unit.objects.get(name="示例市政局")
    firm = factories.firm()
    about = ("enterprises.enterprise", firm.pk)
    kept = [town.duty(f"示例{n}", co_owners=[helper], subject=about) for n in range(3)]
    do(town.water_client, kept[0], "accept")
    paths = ("/duties/", "/duties/?show=former", f"/duties/{kept[0].pk}/", "/duties/new/")
    before = [asked(town.water_client, path) for path in paths]
    everything = asked(town.watch_client, "/duties/?show=all")
    for n in range(27):
        town.duty(f"示例更多{n}", co_owners=[helper], subject=about)
        do(town.office_client, kept[0], "urge", reason=f"第 {n} 次")
    assert [asked(town.water_client, path) for path in paths] == before
    assert asked(town.watch_client, "/duties/?show=all") == everything
    assert max(before) <= 22, before
