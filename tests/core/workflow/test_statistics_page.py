"""The statistics page: units by name, every number with its duties, no rate of small numbers."""

import io
from pathlib import Path

import openpyxl
import pytest
from pytest_django import Settings
from tests.core.papers.made import rows_of
from tests.core.workflow.origin_town import OriginTown
from tests.core.workflow.pages import at, text

from lianshang.core import clock
from lianshang.core.papers.models import Paper
from lianshang.core.workflow.queries.statistic_tables import days_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings: Settings, tmp_path: Path) -> OriginTown:
    backend = "django.core.files.storage.FileSystemStorage"
    default = {"BACKEND": backend, "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": default}
    return OriginTown()


def november(town: OriginTown) -> None:
    """Water had five tasks and closed four of them in time; roads had one, and is late."""
    with clock.moved_to(at(2, 9)):
        duties = [town.duty(f"第 {number} 处积水", "task") for number in range(1, 6)]
        town.duty("路灯不亮", "task", owner=town.roads)
    for number, duty in enumerate(duties[:4], 3):
        with clock.moved_to(at(number, 9)):
            town.act(town.water, duty, "accept")
            town.act(town.water, duty, "claim", "已清掏。")
            town.act(town.office, duty, "confirm")


def test_units_stand_by_name_with_rates_only_where_they_say_something(town: OriginTown) -> None:
    november(town)
    with clock.moved_to(at(23, 9)):
        page = text(town.watch_client.get("/duties/statistics/"))
        assert "2026-11-01 至 2026-11-30" in page
        # opened, ended, open, overdue now, late, contact, close, time to close, returned
        assert "示例市政局 1 0 1 1 1 — 样本太少 0 / 1 — 0" in page
        assert "示例水务局 5 4 1 1 1 — 80.0% 4 / 5 样本太少 4 件 0" in page
        assert "合计 6 4 2 2 2 — 66.7% 4 / 6 样本太少 4 件 0" in page
        assert page.index("示例市政局 1 0") < page.index("示例水务局 5 4")
        assert "办结时限内报结的次数 ÷ 本期办结时限有结果（已报结或已过期）的次数" in page
        assert "人员" not in page.partition("口径")[0].partition("至 2026-11-30")[2]
        by_kind = text(town.watch_client.get("/duties/statistics/?by=kind"))
        assert "交办事项 6 4 2 2 2 — 66.7% 4 / 6" in by_kind


def test_a_number_opens_the_duties_behind_it(town: OriginTown) -> None:
    november(town)
    with clock.moved_to(at(23, 9)):
        page = town.watch_client.get("/duties/statistics/").content.decode()
        address = f"rows/?period=month&amp;by=owner&amp;what=overdue&amp;key={town.water.pk}"
        assert f'<a href="{address}">1</a>' in page
        rows = town.watch_client.get(
            f"/duties/statistics/rows/?by=owner&what=overdue&key={town.water.pk}"
        )
        assert "第 5 处积水" in text(rows)
        assert "共 1 件事项" in text(rows)
        total = text(town.watch_client.get("/duties/statistics/rows/?what=overdue"))
        assert "共 2 件事项" in total
        # whoever has no part in a duty finds it behind no number
        theirs = text(town.roads_client.get("/duties/statistics/rows/?what=overdue"))
        assert "路灯不亮" in theirs
        assert "第 5 处积水" not in theirs
        assert town.watch_client.get("/duties/statistics/rows/?what=love").status_code == 404


def test_another_period_another_number(town: OriginTown) -> None:
    november(town)
    with clock.moved_to(at(23, 9)):
        days = "period=custom&first=2026-11-04&last=2026-11-05"
        page = text(town.watch_client.get(f"/duties/statistics/?{days}"))
        assert "示例水务局 0 2" in page
        wrong = town.watch_client.get("/duties/statistics/?period=custom&first=2026-11-05")
        assert wrong.status_code == 422
        assert "请填起止日期。" in text(wrong)
        assert days_of("quarter")[0].isoformat() == "2026-10-01"
        assert [day.isoformat() for day in days_of("year")] == ["2026-01-01", "2026-12-31"]


def test_the_table_leaves_as_a_workbook(town: OriginTown) -> None:
    november(town)
    with clock.moved_to(at(23, 9)):
        answer = town.watch_client.get("/duties/statistics/?period=month&export=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:3] == ["名称", "新交办（件）", "办结（件）"]
    assert rows[2] == ["示例水务局", 5, 4, 1, 1, 1, None, 80, None, 0]


def test_a_bulletin_carries_the_numbers_with_source_and_day(town: OriginTown) -> None:
    november(town)
    with clock.moved_to(at(23, 9)):
        url = "/duties/statistics/bulletin/?period=month"
        page = text(town.watch_client.get(url))
        assert "新交办 6 件，办结 4 件，在办 2 件，其中超期 2 件。" in page
        given = {"unit": str(town.watch.pk), "headline": "十一月事项", "lead": "", "text": "如下。"}
        assert town.watch_client.post(url, given).status_code == 302
        rows = rows_of(Paper.objects.get().read())
    source = "事项台账，2026-11-01 至 2026-11-30"
    assert rows[1] == ["1", "新交办", "6件", source, "2026年11月23日"]
    assert rows[7] == ["7", "按期办结率", "66.7%", source, "2026年11月23日"]
    assert rows[8][2] == "样本太少"
