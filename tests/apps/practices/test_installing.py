"""A zone installs a practice: all of it or nothing, twice is once, no row is overwritten."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from tests import factories
from tests.apps.practices import packing

from lianshang.apps.practices.choices import RowState
from lianshang.apps.practices.models import InstalledPack, PackRow
from lianshang.apps.practices.queries.installed import verify
from lianshang.apps.practices.queries.problems import PackRefused
from lianshang.core.accounts.actions import change_unit
from lianshang.core.accounts.choices import UnitKind
from lianshang.core.accounts.models import Unit
from lianshang.core.calendars.models import SpecialDay
from lianshang.core.workflow.models import DutyKind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _zone() -> None:
    factories.zone()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return packing.write(tmp_path / "demo")


def test_the_pack_brings_bodies_days_and_kinds_of_duties(folder: Path) -> None:
    outcome = packing.install(folder)
    assert packing.fates(outcome) == {
        "team": "made",
        "branch": "made",
        "2026-11-30": "made",
        "demo.question": "made",
        "zone.demo.grant": "made",
    }
    branch = Unit.objects.get(name="示例支部")
    assert (branch.parent.name, branch.parent.parent.name) == ("示例调研组", "示例高新区管委会")
    kind = DutyKind.objects.get(code="demo.question")
    assert [(rule.clock, rule.amount) for rule in kind.clocks.all()] == [("close", 5)]
    assert [rung.text for rung in kind.ladder.all()] == ["已到期"]
    assert SpecialDay.objects.get().scope == "zone"
    assert not Unit.objects.filter(name="示例演示支部").exists()


def test_installing_twice_changes_no_row_and_no_history(folder: Path) -> None:
    packing.install(folder)
    before = packing.everything()
    again = packing.install(folder)
    assert packing.everything() == before
    assert set(packing.fates(again).values()) == {"unchanged"}
    assert not again.changed_something


def test_scenery_comes_only_when_asked_and_stays_with_the_next_version(
    folder: Path, tmp_path: Path
) -> None:
    packing.install(folder)
    outcome = packing.install(folder, with_scenery=True)
    assert packing.fates(outcome)["demo"] == "made"
    assert PackRow.objects.get(key="demo").is_scenery
    newer = packing.write(tmp_path / "newer", ('"1.0.0"', '"1.1.0"'))
    assert packing.fates(packing.install(newer))["demo"] == "unchanged"


def test_an_equal_row_of_the_zone_is_used_but_not_owned(folder: Path) -> None:
    zone_unit = Unit.objects.get(kind=UnitKind.ZONE)
    own = Unit.objects.create(kind="organization", name="示例调研组", parent=zone_unit)
    assert packing.fates(packing.install(folder))["team"] == "adopted"
    row = PackRow.objects.get(key="team")
    assert (row.object_pk, row.was_made_here) == (own.pk, False)


def test_a_different_row_of_the_zone_stops_everything_naming_both(folder: Path) -> None:
    factories.user("office_staff")
    Unit.objects.create(kind="organization", name="示例支部")  # stands under nobody
    before = packing.everything()
    with pytest.raises(PackRefused) as refused:
        packing.install(folder)
    (text,) = refused.value.messages
    assert "本区自有的单位“示例支部”已存在，内容不同" in text
    assert text.startswith("demo/pack.yaml")
    assert packing.everything() == before


def test_a_clash_with_another_pack_names_that_pack(folder: Path, tmp_path: Path) -> None:
    packing.install(folder)
    other = packing.write(
        tmp_path / "other", ("id: demo-visits", "id: other"), ("5, unit", "6, unit")
    )
    with pytest.raises(PackRefused, match="实践包“demo-visits”的事项类别“示例问题”已存在"):
        packing.install(other)
    assert list(InstalledPack.objects.values_list("code", flat=True)) == ["demo-visits"]


def test_an_error_in_the_last_row_leaves_nothing(tmp_path: Path) -> None:
    """The ladder names a unit that the zone does not have: known only while writing."""
    nobody = "audience: unit, named: 示例无此单位"
    folder = packing.write(tmp_path / "demo", ("audience: owner", nobody))
    before = packing.everything()
    with pytest.raises(PackRefused) as refused:
        packing.install(folder)
    assert "duty_kinds.demo.question" in refused.value.messages[0]
    assert "示例无此单位" in refused.value.messages[0]
    assert packing.everything() == before


def test_a_required_pack_comes_first(folder: Path, tmp_path: Path) -> None:
    needs = ('requires: {lianshang: "0.1.0"}', "requires: {packs: [demo-visits]}")
    text = packing.PACK.split("units:")[0]
    second = packing.write(tmp_path / "second", ("id: demo-visits", "id: second"), needs, text=text)
    with pytest.raises(PackRefused, match="需要先安装：demo-visits"):
        packing.install(second)
    packing.install(folder)
    packing.install(second)
    assert InstalledPack.objects.count() == 2


def test_code_is_refused_unless_the_operator_allows_it_and_never_from_a_folder(
    tmp_path: Path,
) -> None:
    folder = packing.write(tmp_path / "demo", ("units:\n", "code: os:getcwd\nunits:\n"))
    with pytest.raises(PackRefused, match="--allow-code"):
        packing.install(folder)
    with pytest.raises(PackRefused, match="文件夹和压缩包里的代码不会被载入"):
        packing.install(folder, allow_code=True)
    assert not InstalledPack.objects.exists()


def test_the_guard_of_duties_also_stops_a_pack(tmp_path: Path) -> None:
    folder = packing.write(tmp_path / "demo", ("zh: 示例问题", "zh: 党员积分排名"))
    with pytest.raises(ValidationError, match="对个人积分"):
        packing.install(folder)


def test_verification_tells_same_changed_and_gone(folder: Path) -> None:
    packing.install(folder)
    installed = InstalledPack.objects.get()
    assert verify(installed).is_sound
    team = Unit.objects.get(name="示例调研组")
    change_unit(actor=None, unit=team, name="示例联合调研组", parent=None, is_active=True)
    SpecialDay.objects.get().delete()
    found = verify(installed)
    assert {one.row.key: one.state for one in found.rows} == {
        "team": RowState.CHANGED,
        "branch": RowState.SAME,
        "2026-11-30": RowState.GONE,
        "demo.question": RowState.SAME,
        "zone.demo.grant": RowState.SAME,
    }
    assert (found.source, found.is_sound) == ("same", False)


def test_verification_sees_that_the_source_was_altered_or_is_gone(
    folder: Path, tmp_path: Path
) -> None:
    packing.install(folder)
    installed = InstalledPack.objects.get()
    packing.write(folder, ("amount: 5", "amount: 6"))
    assert verify(installed).source == "altered"
    packing.write(folder, ('"1.0.0"', '"1.0.1"'))
    assert verify(installed).source == "other_version"
    (folder / "pack.yaml").unlink()
    assert (verify(installed).source, verify(installed).is_sound) == ("missing", False)


def test_the_story_is_no_part_of_what_is_installed(folder: Path) -> None:
    packing.install(folder)
    (folder / "story.yaml").write_text("steps: []\n")
    assert verify(InstalledPack.objects.get()).source == "same"
