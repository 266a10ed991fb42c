"""Duties from meetings, instructions, inspections and visits, from the sheet to the end."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from tests.core.workflow.origin_town import OriginTown, sent
from tests.core.workflow.pages import at, text

from lianshang.core import clock
from lianshang.core.workflow.actions.origins import (
    DutyRow,
    RowRefused,
    add_to_origin,
    open_from_origin,
    reopen_origin,
    settle_origin,
)
from lianshang.core.workflow.models import Duty, DutyKind, Origin
from lianshang.core.workflow.queries.standings import standing_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> OriginTown:
    return OriginTown()


def three_decisions(town: OriginTown) -> dict[str, str]:
    return town.sheet(
        **town.row(1, title="清掏东门雨水井", owner="示例水务局", co_owners="示例市政局"),
        **town.row(2, title="划定卸货区", owner="示例市政局", close_by="2026-12-04"),
        **town.row(3, title="整理诉求清单", owner="示例党建办", urgency="urgent"),
    )


def instruction(town: OriginTown, **more: str) -> dict[str, str]:
    return {
        "request_key": "once",
        "title": "尽快解决东门积水",
        "number": "示高批〔2026〕21号",
        "held_on": "2026-11-23",
        "issued_by": "管委会主要负责同志",
        "text": "请水务、市政一并研究，两周内见效。",
        "lead": "示例水务局",
        "due_on": "2026-12-07",
        "rows": "2",
        **town.row(1, "instruction", title="清掏雨水井", owner="示例水务局"),
        **town.row(2, "instruction", title="抬高东门路面", owner="示例市政局"),
        **more,
    }


def test_a_meeting_with_three_decisions_reaches_its_owners(town: OriginTown) -> None:
    with clock.moved_to(at(23, 16)):
        origin = sent(town.office_client, "meeting", three_decisions(town))
        assert "清掏东门雨水井 会议议定事项" in text(town.water_client.get("/duties/"))
        roads = text(town.roads_client.get("/duties/"))
        assert "划定卸货区 会议议定事项" in roads
        assert "协办 示例市政局" in roads  # helps with the first one
        page = text(town.office_client.get(f"/duties/origins/{origin.pk}/"))
        assert "已办结 0 / 3" in page
        assert "第 3 次 2026-11-23 示例党建办" in page
        wells, bays, _list = origin.duties.order_by("pk")
        assert (wells.asker, wells.urgency) == (town.office, "normal")
        assert standing_of(wells).of("close")[0].due.last_day == date(2026, 12, 7)
        assert standing_of(bays).of("close")[0].due.last_day == date(2026, 12, 4)
    with clock.moved_to(at(7, 9, month=12)):
        for act, reason in (("accept", ""), ("claim", "已划线。")):
            town.act(town.roads, bays, act, reason)
        town.act(town.office, bays, "confirm")
        page = text(town.office_client.get(f"/duties/origins/{origin.pk}/"))
        # the list was due on 30 November; the wells owe a stage report and are late as well
        assert "已办结 1 / 3， 超期 2" in page
        listed = text(town.office_client.get("/duties/origins/"))
        assert (
            "示例园区联席会第三次会议 第 3 次 会议 2026-11-23 示例党建办 1 / 3 2 未销号" in listed
        )


def test_a_half_filled_row_is_refused_at_its_field(town: OriginTown) -> None:
    fields = town.sheet(**town.row(2, title="划定卸货区"))
    with clock.moved_to(at(23, 16)):
        answer = town.office_client.post("/duties/origins/new/meeting/", fields)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="id_row2-owner_error"' in page
    assert "请填写主办。" in page or "请选择主办单位。" in page
    assert "id_row1-owner_error" not in page
    assert not Origin.objects.exists()


def test_what_a_verb_refuses_is_shown_in_its_row_and_nothing_is_kept(town: OriginTown) -> None:
    fields = town.sheet(
        **town.row(1, title="清掏雨水井", owner="示例水务局"),
        **town.row(3, title="划定卸货区", owner="示例市政局", co_owners="示例市政局"),
    )
    with clock.moved_to(at(23, 16)):
        answer = town.office_client.post("/duties/origins/new/meeting/", fields)
    assert answer.status_code == 422
    assert 'id="id_row3-co_owners_error"' in answer.content.decode()
    assert "主办单位不能同时是协办单位。" in text(answer)
    assert (Origin.objects.count(), Duty.objects.count()) == (0, 0)


def test_more_rows_without_losing_what_was_typed(town: OriginTown) -> None:
    fields = town.sheet(**town.row(1, title="清掏雨水井"), more="1")
    answer = town.office_client.post("/duties/origins/new/meeting/", fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="清掏雨水井"' in page
    assert 'value="示例分管负责同志"' in page
    assert "第 6 项" in page
    assert "第 7 项" not in page
    assert "error" not in page.partition("<form")[2].partition("</form>")[0]


def test_the_same_sheet_sent_twice_opens_its_duties_once(town: OriginTown) -> None:
    with clock.moved_to(at(23, 16)):
        first = sent(town.office_client, "meeting", three_decisions(town))
        second = sent(town.office_client, "meeting", three_decisions(town))
    assert first == second
    assert (Origin.objects.count(), Duty.objects.count()) == (1, 3)


def test_an_instruction_is_settled_only_when_all_of_it_is_done(town: OriginTown) -> None:
    with clock.moved_to(at(23, 9)):
        origin = sent(town.watch_client, "instruction", instruction(town))
        wells, road = origin.duties.order_by("pk")
        assert (wells.asker, wells.kind.flow) == (town.watch, "instruction")
        assert standing_of(road).of("close")[0].due.last_day == date(2026, 12, 7)
        for unit, duty in ((town.water, wells), (town.roads, road)):
            town.act(unit, duty, "accept")
        town.act(town.water, wells, "claim", "清掏 14 口。")
        town.act(town.watch, wells, "confirm")
        assert "已销号" in text(town.watch_client.get(f"/duties/{wells.pk}/"))
    url = f"/duties/origins/{origin.pk}/settle/"
    with clock.moved_to(at(3, 9, month=12)):
        refused = town.watch_client.post(url, {"reply": "已办结。"})
        assert refused.status_code == 422
        assert "还有 1 件没有办结，不能销号：抬高东门路面（示例市政局，办理中）。" in text(refused)
        town.act(town.roads, road, "claim", "抬高 12 厘米。")
        town.act(town.watch, road, "confirm")
        # the lead unit of an instruction does not end it itself
        assert town.water_client.get(url).status_code == 403
        with pytest.raises(PermissionDenied):
            settle_origin(actor=town.person(town.water), origin=origin, reply="办完了。")
        assert town.watch_client.post(url, {"reply": " "}).status_code == 422
        town.watch_client.post(url, {"reply": "两件事均已办结，东门雨后不再积水。"})
        origin.refresh_from_db()
        assert origin.settled_by == town.person(town.watch)
        page = text(town.water_client.get(f"/duties/origins/{origin.pk}/"))
        assert "两件事均已办结，东门雨后不再积水。" in page
        assert "示例督查室人员" in page
        assert "销号" in page


def test_settling_is_taken_back_with_a_reason(town: OriginTown) -> None:
    with clock.moved_to(at(23, 9)):
        origin = sent(town.office_client, "meeting", town.sheet())
        office = town.person(town.office)
        settle_origin(actor=office, origin=origin, reply="没有议定事项。")
        row = DutyRow("补办一件", DutyKind.objects.get(code="decision"), town.water)
        with pytest.raises(ValidationError, match="请先重新打开"):
            add_to_origin(actor=office, origin=origin, rows=[row], request_key="more")
        with pytest.raises(ValidationError, match="请写明撤回的理由"):
            reopen_origin(actor=office, origin=origin, reason=" ")
        reopen_origin(actor=office, origin=origin, reason="漏记一件。")
        for _twice in range(2):
            add_to_origin(actor=office, origin=origin, rows=[row], request_key="more")
        origin.refresh_from_db()
        assert (origin.settled_at, origin.reply) == (None, "没有议定事项。")
        assert [duty.title for duty in origin.duties.all()] == ["补办一件"]


def test_a_rectification_needs_proof_and_somebody_of_neither_side(town: OriginTown) -> None:
    fields = {
        "request_key": "once",
        "title": "园区消防检查",
        "number": "",
        "held_on": "2026-11-23",
        "issued_by": "示例消防救援大队",
        "basis": "公开检查清单：消防车通道",
        "about": "示例北园党支部",
        "lead": "示例市政局",
        "text": "2 号门通道堆放杂物。",
        "due_on": "2026-12-04",
        "rows": "1",
        **town.row(1, "rectification", title="清空 2 号门通道", owner="示例市政局"),
    }
    with clock.moved_to(at(23, 9)):
        origin = sent(town.office_client, "inspection", fields)
        duty = origin.duties.get()
        assert (duty.asker, duty.kind.flow) == (town.office, "rectification")
        town.act(town.roads, duty, "accept")
        with pytest.raises(ValidationError, match="凭据"):
            town.act(town.roads, duty, "claim", "已清空。")
        town.act(town.roads, duty, "claim", "已清空。", proof="11 月 24 日现场照片两张")
        with pytest.raises(PermissionDenied):
            town.act(town.office, duty, "confirm")
        town.act(town.watch, duty, "confirm")
        duty.refresh_from_db()
        assert duty.state_label == "已销号"


def test_an_instruction_without_anything_to_do_is_refused(town: OriginTown) -> None:
    empty = instruction(town, **town.row(1, "instruction"), **town.row(2, "instruction"))
    answer = town.watch_client.post("/duties/origins/new/instruction/", empty)
    assert answer.status_code == 422
    assert "请至少写一件要办的事项。" in text(answer)


def test_branches_register_visits_but_no_instructions(town: OriginTown) -> None:
    listed = town.team_client.get("/duties/origins/").content.decode()
    assert "登记调研走访" in listed
    assert "登记领导批示" not in listed
    assert town.team_client.get("/duties/origins/new/instruction/").status_code == 403
    assert town.team_client.get("/duties/origins/new/party/").status_code == 404
    fields = {"kind": "meeting", "lead": town.office, "title": "会", "held_on": date(2026, 11, 23)}
    with pytest.raises(PermissionDenied, match="名义"):
        open_from_origin(
            actor=town.person(town.team), origin_fields=fields, rows=[], request_key="x"
        )


def test_a_kind_of_another_flow_is_refused_in_its_row(town: OriginTown) -> None:
    fields = {"kind": "meeting", "lead": town.office, "title": "会", "held_on": date(2026, 11, 23)}
    fits = DutyRow("一", DutyKind.objects.get(code="decision"), town.water)
    other = DutyRow("二", DutyKind.objects.get(code="rectification"), town.water)
    with pytest.raises(RowRefused, match="不能用这个类别") as refused:
        open_from_origin(
            actor=town.person(town.office),
            origin_fields=fields,
            rows=[fits, other],
            request_key="x",
        )
    assert refused.value.number == 1
    borrowed = replace(fits, asker=town.roads)
    with pytest.raises(RowRefused, match="只有调研走访"):
        open_from_origin(
            actor=town.person(town.office),
            origin_fields=fields,
            rows=[borrowed],
            request_key="y",
        )
    assert not Origin.objects.exists()


def test_who_only_asked_one_thing_sees_only_that(town: OriginTown) -> None:
    fields = {
        "request_key": "once",
        "title": "秋季走访",
        "held_on": "2026-11-23",
        "lead": str(town.team.pk),
        "about": "示例北园党支部",
        "place": "",
        "present": "党工妇团各一人",
        "text": "",
        "rows": "2",
        **town.row(1, "request", title="东门积水", owner="示例水务局", asker=""),
        **town.row(2, "request", title="西门缺灯", owner="示例市政局", asker="示例南园党支部"),
    }
    with clock.moved_to(at(23, 9)):
        origin = sent(town.team_client, "research", fields)
        page = text(town.north_client.get(f"/duties/origins/{origin.pk}/"))
        assert "东门积水" in page
        assert "西门缺灯" not in page
        assert "另有 1 件由其他单位提出和办理，不在您的查看范围。" in page
        assert "西门缺灯" in text(town.south_client.get(f"/duties/origins/{origin.pk}/"))
        assert "东门积水" in text(town.team_client.get(f"/duties/origins/{origin.pk}/"))
        assert town.office_client.get(f"/duties/origins/{origin.pk}/").status_code == 404
