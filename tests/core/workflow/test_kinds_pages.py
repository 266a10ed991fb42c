"""Setting a kind: its clocks, its ladder, a preset; what is open keeps its clocks."""

from datetime import date

import pytest
from lxml.html import document_fromstring
from tests.core.workflow.origin_town import OriginTown
from tests.core.workflow.pages import at, text

from lianshang.core import clock
from lianshang.core.workflow.models import DutyKind
from lianshang.core.workflow.queries.kinds import definition_of
from lianshang.core.workflow.queries.standings import standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> OriginTown:
    return OriginTown()


def fields_of(page: bytes) -> dict[str, str]:
    """The form as it stands on the page: what a browser would send back."""
    forms = document_fromstring(page.decode()).forms
    return dict(next(form for form in forms if "reason" in form.fields).form_values())


def url_of(code: str) -> str:
    return f"/duties/kinds/{DutyKind.objects.get(code=code).pk}/"


def test_everybody_reads_the_clocks_and_supervisors_set_them(town: OriginTown) -> None:
    page = town.water_client.get("/duties/kinds/")
    assert "首次联系 1 个工作小时 1 小时 1 小时" in text(page)
    assert "办结 5 个工作日 2 个工作日 1 个工作日" in text(page)
    assert "办结 到期后 → 主办单位：已超期" in text(page)
    assert url_of("request") not in page.content.decode()
    assert town.water_client.get(url_of("request")).status_code == 403
    page = town.watch_client.get(url_of("request"))
    assert page.status_code == 200
    assert "已经交办的仍按当时的时限" in text(page)
    assert "认可答复 已答复，待确认 已办结 交办方 —" in text(page)


def test_saving_an_untouched_form_changes_nothing(town: OriginTown) -> None:
    for kind in DutyKind.objects.all():
        before = definition_of(kind)
        url = url_of(kind.code)
        fields = {**fields_of(town.watch_client.get(url).content), "reason": "核对"}
        answer = town.watch_client.post(url, fields)
        assert (answer.status_code, answer["Location"]) == (302, "/duties/kinds/")
        assert definition_of(DutyKind.objects.get(code=kind.code)) == before


def test_new_clocks_are_for_new_duties(town: OriginTown) -> None:
    with clock.moved_to(at(23, 9)):
        old = town.duty("先交办的", "task")
        url = url_of("task")
        fields = fields_of(town.watch_client.get(url).content)
        changed = {"close_normal-amount": "8", "close_normal-start": "next", "reason": "试行"}
        town.watch_client.post(url, {**fields, **changed})
        new = town.duty("后交办的", "task")
        kept = standing_of(old).of("close")[0]
        assert (kept.clock.amount, kept.due.last_day) == (5, date(2026, 11, 30))
        close = standing_of(new).of("close")[0]
        assert (close.clock.amount, close.rule["start"]) == (8, "next")
        assert close.due.last_day == date(2026, 12, 3)


def test_a_preset_fills_the_form_and_is_saved_only_by_saving(town: OriginTown) -> None:
    url = url_of("decision")
    before = definition_of(DutyKind.objects.get(code="decision"))
    page = town.watch_client.get(f"{url}?preset=beijing_12345")
    fields = fields_of(page.content)
    assert "DB11/T 2021-2022" in text(page)
    assert (fields["contact_urgent-amount"], fields["contact_urgent-unit"]) == (
        "2",
        "natural_hours",
    )
    assert (fields["contact_normal-amount"], fields["stage_normal-amount"]) == ("24", "7")
    assert fields["close_normal-unit"] == "natural_days"
    assert definition_of(DutyKind.objects.get(code="decision")) == before
    town.watch_client.post(url, {**fields, "reason": "参照"})
    after = definition_of(DutyKind.objects.get(code="decision"))
    assert [(one.clock, one.urgency, one.amount) for one in after.clocks] == [
        ("close", "normal", 15),
        ("contact", "normal", 24),
        ("stage", "normal", 7),
        ("contact", "urgent", 2),
    ]
    assert after.ladder == before.ladder


def test_steps_of_the_ladder_are_added_and_taken_away(town: OriginTown) -> None:
    url = url_of("deed")
    fields = fields_of(town.watch_client.get(url).content)
    ladder = definition_of(DutyKind.objects.get(code="deed")).ladder
    assert [one.code for one in ladder] == ["late", "late_supervisors", "soon", "unpromised"]
    step = {"rung5-text": "承诺过期两天", "rung5-amount": "2", "rung5-audience": "unit"}
    wrong = town.watch_client.post(url, {**fields, **step, "reason": "加一级"})
    assert wrong.status_code == 422
    assert "请填要提醒的单位。" in text(wrong)
    changed = {**fields, **step, "rung5-named": "示例党建办", "rung3-text": "", "reason": "加一级"}
    assert town.watch_client.post(url, changed).status_code == 302
    ladder = definition_of(DutyKind.objects.get(code="deed")).ladder
    assert [(one.code, one.amount, one.named) for one in ladder] == [
        ("late", 0, None),
        ("late_supervisors", 3, None),
        ("step5", 2, "示例党建办"),
        ("unpromised", 0, None),
    ]


def test_a_kind_of_the_zone_s_own(town: OriginTown) -> None:
    page = town.watch_client.get("/duties/kinds/new/")
    told = {"code": "park.repair", "name": "园区报修", "flow": "request", "reason": "新设"}
    fields = {**fields_of(page.content), **told, "close_normal-amount": "3"}
    assert town.watch_client.post("/duties/kinds/new/", fields).status_code == 302
    made = definition_of(DutyKind.objects.get(code="park.repair"))
    assert (made.name, made.flow, made.ladder) == ("园区报修", "request", ())
    assert [(one.clock, one.amount) for one in made.clocks] == [("close", 3)]
    again = town.watch_client.post("/duties/kinds/new/", fields)
    assert "已有这个代码的类别" in text(again)
    kind = DutyKind.objects.get(code="park.repair")
    town.watch_client.post(f"/duties/kinds/{kind.pk}/retire/", {"reason": "合并"})
    kind.refresh_from_db()
    assert not kind.is_active


def test_a_kind_that_asks_for_show_is_refused_with_the_clause(town: OriginTown) -> None:
    url = url_of("task")
    fields = fields_of(town.watch_client.get(url).content)
    answer = town.watch_client.post(url, {**fields, "name": "每日打卡签到", "reason": "试"})
    assert answer.status_code == 422
    assert "国办函〔2026〕12号" in text(answer)
    assert DutyKind.objects.get(code="task").name == "交办事项"
