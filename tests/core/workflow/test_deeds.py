"""办实事: proposed, promised, done, published; the public reads what was published, no more."""

from datetime import date

import pytest
from django.test import Client
from tests.core.workflow.origin_town import OriginTown
from tests.core.workflow.pages import at, text

from lianshang.core import clock
from lianshang.core.workflow.models import Duty, DutyKind
from lianshang.core.workflow.queries.deeds import Deed, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> OriginTown:
    return OriginTown()


def lamps(town: OriginTown) -> Duty:
    """Proposed on 2 November, promised for the 20th, done on the 18th, confirmed on the 19th."""
    with clock.moved_to(at(2, 9)):
        deed = town.duty("西门装 12 盏路灯", "deed", owner=town.roads, asker=town.south)
    with clock.moved_to(at(3, 9)):
        town.act(town.roads, deed, "promise", "已列入计划。", day=date(2026, 11, 20))
    with clock.moved_to(at(4, 9)):
        town.act(town.roads, deed, "note", "灯杆由示例物业代管。")
    with clock.moved_to(at(18, 15)):
        town.act(town.roads, deed, "claim", "12 盏路灯已亮灯。")
    with clock.moved_to(at(19, 9)):
        town.act(town.south, deed, "confirm")
    return deed


def test_a_deed_becomes_public_when_it_is_published(town: OriginTown, client: Client) -> None:
    deed = lamps(town)
    with clock.moved_to(at(20, 9)):
        page = client.get("/deeds/")
        assert page.status_code == 200
        assert "还没有公示的实事" in text(page)
        assert "西门装 12 盏路灯" not in text(client.get("/"))
        town.act(town.roads, deed, "publish")
    with clock.moved_to(at(23, 9)):
        page = text(client.get("/deeds/"))
        assert "西门装 12 盏路灯 示例市政局 2026-11-20 2026-11-18 12 盏路灯已亮灯。" in page
        assert "灯杆由示例物业代管" not in page
        assert "示例南园党支部" not in page
        assert f"/duties/{deed.pk}/" not in client.get("/deeds/").content.decode()
        assert "西门装 12 盏路灯 示例市政局 2026-11-18" in text(client.get("/"))


def test_what_is_said_at_the_publication_takes_the_place_of_the_claim(town: OriginTown) -> None:
    deed = lamps(town)
    town.act(town.roads, deed, "publish", "西门夜间照明已改善。")
    assert published() == [
        Deed(
            title="西门装 12 盏路灯",
            owner="示例市政局",
            promised_on=date(2026, 11, 20),
            done_on=date(2026, 11, 18),
            what="西门夜间照明已改善。",
        )
    ]


def test_a_kind_that_is_not_for_the_public_stays_inside(town: OriginTown) -> None:
    deed = lamps(town)
    town.act(town.roads, deed, "publish")
    DutyKind.objects.filter(code="deed").update(is_public=False)
    assert published() == []


def test_staff_see_every_stage(town: OriginTown) -> None:
    deed = lamps(town)
    with clock.moved_to(at(20, 9)):
        waiting = town.duty("北园加一间母婴室", "deed", owner=town.roads, asker=town.north)
        page = text(town.roads_client.get("/duties/deeds/"))
        rows = (
            "北园加一间母婴室 示例北园党支部 示例市政局 2026-11-20 — — — 已提出",
            "西门装 12 盏路灯 示例南园党支部 示例市政局 2026-11-02 2026-11-20 2026-11-18 — 已办结",
        )
        assert all(row in page for row in rows)
        town.act(town.roads, waiting, "promise", "年内。", day=date(2026, 12, 20))
        town.act(town.roads, waiting, "claim", "已腾出房间。")
        town.act(town.north, waiting, "return", "还没有门锁。")
        # a result that was sent back is no result
        page = text(town.roads_client.get("/duties/deeds/"))
        assert "示例市政局 2026-11-20 2026-12-20 — — 已承诺" in page
        assert "西门装" not in text(town.north_client.get("/duties/deeds/"))
        assert town.roads_client.get("/duties/deeds/?export=csv").status_code == 200
    assert deed.kind.flow == "deed"
