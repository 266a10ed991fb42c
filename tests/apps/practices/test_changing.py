"""A newer version, and the end of a pack: what is the zone's stays the zone's."""

from datetime import date
from pathlib import Path

import pytest
from tests import factories
from tests.apps.practices import packing

from lianshang.apps.practices.actions.removing import remove_pack
from lianshang.apps.practices.models import InstalledPack, PackRow
from lianshang.apps.practices.queries.problems import PackRefused
from lianshang.core.accounts.actions import change_unit
from lianshang.core.accounts.choices import Role
from lianshang.core.accounts.models import Membership, Unit
from lianshang.core.calendars.models import SpecialDay
from lianshang.core.workflow.actions.duties import open_duty
from lianshang.core.workflow.models import Duty, DutyKind

pytestmark = pytest.mark.django_db
NEWER = ('"1.0.0"', '"1.1.0"')


@pytest.fixture(autouse=True)
def _zone() -> None:
    factories.zone()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = packing.write(tmp_path / "demo")
    packing.install(folder)
    return folder


def kind() -> DutyKind:
    return DutyKind.objects.get(code="demo.question")


def test_a_newer_version_updates_what_the_zone_left_alone(folder: Path, tmp_path: Path) -> None:
    newer = packing.write(
        tmp_path / "newer", NEWER, ("amount: 5", "amount: 3"), ("示例支部", "示例第一支部")
    )
    assert packing.fates(packing.install(newer)) == {
        "team": "unchanged",
        "branch": "updated",
        "2026-11-30": "unchanged",
        "demo.question": "updated",
        "zone.demo.grant": "unchanged",
    }
    assert kind().clocks.get().amount == 3
    assert Unit.objects.get(name="示例第一支部").parent.name == "示例调研组"
    assert not Unit.objects.filter(name="示例支部").exists()
    assert InstalledPack.objects.get().version == "1.1.0"


def test_what_the_zone_changed_is_kept_and_listed(folder: Path, tmp_path: Path) -> None:
    kind().clocks.update(amount=10)
    SpecialDay.objects.get().delete()
    newer = packing.write(tmp_path / "newer", NEWER, ("amount: 5", "amount: 3"), ("区庆", "区庆日"))
    outcome = packing.install(newer)
    assert packing.reasons(outcome) == {
        "2026-11-30": "本区已删除，不再新建",
        "demo.question": "本区已修改",
    }
    assert kind().clocks.get().amount == 10
    assert not SpecialDay.objects.exists()


def test_a_row_that_the_newer_version_drops_goes_unless_it_is_used(
    folder: Path, tmp_path: Path
) -> None:
    text = packing.PACK.split("special_days:")[0].replace(*NEWER)
    outcome = packing.install(packing.write(tmp_path / "newer", text=text))
    assert packing.fates(outcome)["2026-11-30"] == "removed"
    assert packing.fates(outcome)["demo.question"] == "removed"
    assert not DutyKind.objects.filter(code="demo.question").exists()


def test_an_older_version_is_refused(folder: Path, tmp_path: Path) -> None:
    older = packing.write(tmp_path / "older", ('"1.0.0"', '"0.9"'))
    with pytest.raises(PackRefused, match=r"已安装的是更高版本 1\.0\.0"):
        packing.install(older)


def test_removing_an_unused_pack_leaves_the_zone_as_it_was(tmp_path: Path) -> None:
    def rows() -> tuple[int, ...]:
        models = (Unit, DutyKind, SpecialDay, InstalledPack, PackRow)
        return tuple(model._default_manager.count() for model in models)

    before = rows()
    packing.install(packing.write(tmp_path / "demo"), with_scenery=True)
    outcome = remove_pack(actor=None, code="demo-visits")
    assert set(packing.fates(outcome).values()) == {"removed"}
    assert rows() == before


def test_removing_keeps_what_the_zone_uses_or_changed_and_says_why(folder: Path) -> None:
    team, branch = Unit.objects.get(name="示例调研组"), Unit.objects.get(name="示例支部")
    duty = open_duty(actor=None, kind=kind(), title="示例事项", owner=team, asker=branch)
    day = SpecialDay.objects.get()
    SpecialDay.objects.filter(pk=day.pk).update(name="示例校庆")

    outcome = remove_pack(actor=None, code="demo-visits")

    kept = dict.fromkeys(("demo.question", "2026-11-30", "branch", "team"), "kept")
    assert packing.fates(outcome) == {**kept, "zone.demo.grant": "removed"}
    told = packing.reasons(outcome)
    assert told["demo.question"] == "本区正在使用（1 条“事项”），转归本区"
    assert told["2026-11-30"] == "本区已修改，转归本区"
    assert "1 条“事项”" in told["branch"]
    assert Duty.objects.get() == duty
    assert (kind().pk, kind().clocks.count()) == (duty.kind_id, 1)
    assert not InstalledPack.objects.exists()


def test_a_body_with_users_stays_and_an_unused_one_goes(folder: Path) -> None:
    team = Unit.objects.get(name="示例调研组")
    member = factories.user(Role.OFFICE_STAFF, unit=team)
    outcome = remove_pack(actor=None, code="demo-visits")
    assert packing.fates(outcome)["branch"] == "removed"
    assert packing.reasons(outcome) == {"team": "本区正在使用（1 条“任职”），转归本区"}
    assert Membership.objects.get(user=member).unit == team


def test_what_was_there_before_stays(tmp_path: Path) -> None:
    own = Unit.objects.create(
        kind="organization", name="示例调研组", parent=Unit.objects.get(kind="zone")
    )
    packing.install(packing.write(tmp_path / "demo"))
    outcome = remove_pack(actor=None, code="demo-visits")
    assert packing.reasons(outcome) == {"team": "安装前本区已有"}
    assert Unit.objects.filter(pk=own.pk).exists()


def test_a_row_that_another_pack_shares_passes_to_that_pack(folder: Path, tmp_path: Path) -> None:
    packing.install(packing.write(tmp_path / "second", ("id: demo-visits", "id: second")))
    outcome = remove_pack(actor=None, code="demo-visits")
    assert set(packing.fates(outcome).values()) == {"kept"}
    assert packing.reasons(outcome)["team"] == "实践包“second”还在使用，转归该包"
    assert set(packing.fates(remove_pack(actor=None, code="second")).values()) == {"removed"}
    assert not DutyKind.objects.filter(code="demo.question").exists()


def test_a_pack_that_another_needs_stays(folder: Path, tmp_path: Path) -> None:
    text = packing.PACK.split("units:")[0].replace("id: demo-visits", "id: second")
    text = text.replace('lianshang: "0.1.0"', "packs: [demo-visits]")
    packing.install(packing.write(tmp_path / "second", text=text))
    with pytest.raises(PackRefused, match="实践包“second”依赖它"):
        remove_pack(actor=None, code="demo-visits")


def test_removing_what_is_not_installed_says_where_to_look() -> None:
    with pytest.raises(PackRefused, match="lianshang pack list"):
        remove_pack(actor=None, code="nothing-here")


def test_the_zone_may_rename_a_body_and_install_again(folder: Path) -> None:
    team = Unit.objects.get(name="示例调研组")
    change_unit(actor=None, unit=team, name="示例甲组", parent=team.parent, is_active=True)
    before = packing.everything()
    packing.install(folder)
    assert packing.everything() == before
    assert SpecialDay.objects.get().on == date(2026, 11, 30)
