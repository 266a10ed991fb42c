"""Office papers made from duties and origins, read back as Word."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from pytest_django import Settings
from tests import factories
from tests.core.papers.made import rows_of, text_of
from tests.core.workflow.origin_town import OriginTown, sent
from tests.core.workflow.pages import at, text

from lianshang.core import clock
from lianshang.core.accounts.choices import Role
from lianshang.core.papers.kinds import KINDS
from lianshang.core.papers.models import Paper
from lianshang.core.papers.template_checks import check_template
from lianshang.core.workflow.actions.papers import issue_answer_sheet, issue_letter, issue_slip
from lianshang.core.workflow.models import Duty, Origin
from lianshang.core.workflow.models.origins import AnswerSheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Settings, tmp_path: Path) -> OriginTown:
    """Its papers are kept where they are forgotten."""
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return OriginTown()


def meeting(town: OriginTown) -> Origin:
    fields = town.sheet(
        **town.row(1, title="清掏东门雨水井", owner="示例水务局", co_owners="示例市政局"),
        **town.row(2, title="划定卸货区", owner="示例市政局", close_by="2026-12-04"),
        **town.row(3, title="整理诉求清单", owner="示例党建办"),
    )
    return sent(town.office_client, "meeting", fields)


def visit(town: OriginTown) -> Origin:
    fields = {
        "request_key": "visit",
        "title": "秋季走访",
        "held_on": "2026-11-23",
        "lead": str(town.team.pk),
        "about": "示例北园党支部",
        "place": "",
        "present": "党工妇团各一人",
        "text": "",
        "rows": "3",
        **town.row(1, "request", title="东门积水", text="雨后没过脚踝。", owner="示例水务局"),
        **town.row(2, "request", title="西门缺灯", owner="示例市政局", asker="示例南园党支部"),
        **town.row(3, "request", title="充电桩不够", owner="示例市政局"),
    }
    for number in (1, 3):
        fields[f"row{number}-asker"] = ""
    return sent(town.team_client, "research", fields)


def the_paper(kind: str) -> Paper:
    return Paper.objects.get(kind=kind)


def test_minutes_have_the_meeting_s_three_decisions(town: OriginTown) -> None:
    with clock.moved_to(at(23, 16)):
        origin = meeting(town)
        assert "出会议纪要" in text(town.office_client.get(f"/duties/origins/{origin.pk}/"))
        issued = town.office_client.post(
            f"/duties/origins/{origin.pk}/minutes/",
            {"unit": str(town.office.pk), "absent": "", "report_to": "示例党工委", "send_to": ""},
        )
        paper = the_paper("minutes")
        assert issued["Location"] == f"/papers/{paper.pk}/"
        assert rows_of(paper.read())[1:] == [
            ["1", "清掏东门雨水井", "示例水务局", "示例市政局", "2026年12月7日"],
            ["2", "划定卸货区", "示例市政局", "—", "2026年12月4日"],
            ["3", "整理诉求清单", "示例党建办", "—", "2026年12月7日"],
        ]
        words = text_of(paper.read())
        assert "主持：示例分管负责同志" in words
        assert "出席：示例党建办、示例水务局" in words
        assert "会议研究了东门积水等事项。" in words
        page = text(town.office_client.get(f"/duties/origins/{origin.pk}/"))
        assert f"{paper.title} {paper.number} 待盖章回传" in page


def test_a_slip_shows_how_the_due_day_was_counted(town: OriginTown) -> None:
    with clock.moved_to(at(23, 16, 40)):
        duty = town.duty("示例东门积水", "task", text="雨后积水没过脚踝。")
    with clock.moved_to(at(23, 16, 41)):
        town.office_client.post(
            f"/duties/{duty.pk}/slip/", {"unit": str(town.office.pk), "proposal": "请水务局主办。"}
        )
        words = text_of(the_paper("handling_slip").read())
        assert "自 11月23日（周一）16:40 起 5 个工作日" in words
        assert "→ 2026-11-30 16:40" in words
        assert "请水务局主办。" in words
        assert "示例水务局" in words
        assert "承办单" in text(town.office_client.get(f"/duties/{duty.pk}/"))


def test_a_letter_goes_out_only_when_something_is_late(town: OriginTown) -> None:
    with clock.moved_to(at(23, 9)):
        late = town.duty("示例东门积水", "task")
        later = town.duty("示例北门积水", "task")
        town.duty("示例西门积水", "task", close_by=date(2026, 12, 31))
        other = town.duty("示例路灯", "task", owner=town.roads)
        page = text(town.office_client.get(f"/duties/{late.pk}/"))
        assert "出承办单" in page
        assert "发督办函" not in page
        told = {"unit": town.office, "demands": ["三日内办结。"], "reply_by": date(2026, 12, 8)}
        actor = town.person(town.office)
        with pytest.raises(ValidationError, match="没有超期"):
            issue_letter(actor=actor, duties=[late], **told)
    with clock.moved_to(at(3, 10, month=12)):  # due on 30 November at 09:00
        assert "发督办函" in text(town.office_client.get(f"/duties/{late.pk}/"))
        with pytest.raises(ValidationError, match="一个主办单位"):
            issue_letter(actor=actor, duties=[late, other], **told)
        form = {"demands": "三日内办结。\n说明原因。", "reply_by": "2026-12-08", "copies": ""}
        url, unit = f"/duties/{late.pk}/letter/", str(town.office.pk)
        assert town.office_client.post(url, {**form, "unit": unit}).status_code == 302
        words = text_of(the_paper("supervision_letter").read())
        assert "示例水务局：" in words
        assert "2026年11月23日交由你单位办理的“示例东门积水”" in words
        assert "已逾期3 个工作日" in words
        assert "1. 三日内办结。\n2. 说明原因。" in words
        assert "2026年12月8日前书面反馈" in words
        town.office_client.post(url, {**form, "unit": unit, "others": "on"})
        together = text_of(Paper.objects.order_by("-pk")[0].read())
        assert "示例东门积水等 2 件事项" in together
        assert f"2. {later.title}：2026年11月23日交办" in together
        # one has time until the end of the year, one is another owner's
        assert not any(title in together for title in ("示例西门积水", "示例路灯"))


def test_each_branch_gets_its_own_answers_only(town: OriginTown) -> None:
    with clock.moved_to(at(23, 9)):
        origin = visit(town)
        flood, lamp, _poles = origin.duties.order_by("pk")
        assert [duty.asker.name for duty in origin.duties.order_by("pk")] == [
            "示例北园党支部",
            "示例南园党支部",
            "示例北园党支部",
        ]
        town.act(town.water, flood, "accept")
    with clock.moved_to(at(25, 9)):
        town.act(town.water, flood, "claim", "清掏 14 口雨水井。")
        town.act(town.roads, lamp, "accept")
    with clock.moved_to(at(26, 9)):
        office = town.person(town.watch)
        for asker in (town.north, town.south):
            answer = town.watch_client.post(
                f"/duties/origins/{origin.pk}/answers/{asker.pk}/", {"unit": str(town.watch.pk)}
            )
            assert answer.status_code == 302
        north, south = Paper.objects.order_by("pk")
        assert rows_of(north.read())[1:] == [
            [
                "1",
                "东门积水\n雨后没过脚踝。",
                "清掏 14 口雨水井。",
                "示例水务局",
                "2026年11月23日 2026年11月25日",
            ],
            ["2", "充电桩不够", "办理中，时限为2026年11月30日。", "示例市政局", "2026年11月23日"],
        ]
        assert f"{south.title} {south.number} 答复单" in text(town.watch_client.get("/papers/"))
        words = text_of(south.read())
        assert "示例南园党支部：" in words
        assert "你单位提出 1 个问题" in words
        assert "西门缺灯" in words
        assert "积水" not in words
        assert "签字：" in words
        with pytest.raises(ValidationError, match="没有提出问题"):
            issue_answer_sheet(actor=office, origin=origin, asker=town.roads, unit=town.watch)
        sheets = AnswerSheet.objects
        assert [one.asker for one in sheets.visible_to(town.person(town.north))] == [town.north]
        assert sheets.visible_to(town.person(town.team)).count() == 2
        # a clerk of the southern branch's own office sees the southern sheet, not the northern
        clerk = factories.user(Role.OFFICE_STAFF, unit=town.south, name="示例文书")
        clerk.memberships.update(since=date(2026, 1, 1))
        assert list(Paper.objects.visible_to(clerk)) == [south]


def test_the_reply_to_an_instruction_is_printed_once_it_is_settled(town: OriginTown) -> None:
    fields = {
        "request_key": "once",
        "title": "尽快解决东门积水",
        "number": "示高批〔2026〕21号",
        "held_on": "2026-11-23",
        "issued_by": "管委会主要负责同志",
        "text": "请研究。",
        "lead": "示例水务局",
        "due_on": "2026-12-07",
        "rows": "1",
        **town.row(1, "instruction", title="清掏雨水井", owner="示例水务局"),
    }
    with clock.moved_to(at(23, 9)):
        origin = sent(town.watch_client, "instruction", fields)
        url, form = f"/duties/origins/{origin.pk}/reply/", {"unit": str(town.watch.pk)}
        early = town.watch_client.post(url, form)
        assert early.status_code == 422
        assert "还没有销号" in text(early)
        duty = origin.duties.get()
        town.act(town.water, duty, "accept")
        town.act(town.water, duty, "claim", "清掏 14 口。")
        town.act(town.watch, duty, "confirm")
        reply = {"reply": "东门雨后不再积水。", "reason": ""}
        town.watch_client.post(f"/duties/origins/{origin.pk}/settle/", reply)
        town.watch_client.post(url, form)
        paper = the_paper("answer_sheet")
        assert paper.title == "关于“尽快解决东门积水”办理结果的报告"
        words = text_of(paper.read())
        assert "管委会主要负责同志：" in words
        assert "示高批〔2026〕21号" in words
        assert "清掏 14 口。" in words
        assert "东门雨后不再积水。" in words


def test_the_fifth_template_passes_the_checks_of_the_others() -> None:
    kind = KINDS["answer_sheet"]
    check_template(kind, kind.built_in("示例高新区管委会"))


def test_no_slip_for_what_has_ended(town: OriginTown) -> None:
    duty = town.duty("示例东门积水", "task")
    town.act(town.office, duty, "cancel", "重复。")
    with pytest.raises(ValidationError, match="已经结束"):
        issue_slip(
            actor=town.person(town.office), duty=Duty.objects.get(), unit=town.office, proposal=""
        )
