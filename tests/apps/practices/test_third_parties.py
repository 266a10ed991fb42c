"""A third party's pack comes as an archive or an installed package; nothing of it is run."""

import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import factories
from tests.apps.practices import packing

from lianshang.apps.practices.actions.installing import install_pack
from lianshang.apps.practices.models import InstalledPack
from lianshang.apps.practices.queries import shelf
from lianshang.apps.practices.queries.problems import PackRefused

TRAP = "import pathlib\npathlib.Path({marker!r}).write_text('ran')\nraise SystemExit('imported')\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return packing.write(tmp_path / "demo")


@pytest.fixture
def _fresh_shelf() -> Iterator[None]:
    shelf.shipped.cache_clear()
    yield
    shelf.shipped.cache_clear()


@pytest.mark.django_db
def test_a_wheel_is_installed_without_importing_anything_of_it(
    folder: Path, tmp_path: Path
) -> None:
    factories.zone()
    marker = tmp_path / "ran"
    trap = TRAP.format(marker=str(marker))
    more = {"lianshang_pack/__init__.py": trap, "acme/__init__.py": trap}
    path = packing.wheel(folder, tmp_path / "acme-1.0-py3-none-any.whl", more)
    with zipfile.ZipFile(path) as archive:
        assert "lianshang_pack/__init__.py" in archive.namelist()
    before = set(sys.modules)

    outcome = install_pack(actor=None, pack=shelf.find(str(path)))

    assert packing.fates(outcome)["team"] == "made"
    assert not marker.exists()
    assert not {"lianshang_pack", "acme"} & (set(sys.modules) - before)
    assert str(path) not in sys.path
    assert InstalledPack.objects.get().source_kind == "wheel"


def test_the_same_files_have_the_same_digest_however_they_come(
    folder: Path, tmp_path: Path
) -> None:
    wheel = packing.wheel(folder, tmp_path / "demo.whl")
    plain = tmp_path / "demo.zip"
    with zipfile.ZipFile(plain, "w") as archive:
        for file in (path for path in folder.rglob("*") if path.is_file()):
            archive.write(file, f"demo/{file.relative_to(folder)}")
    found = {shelf.find(str(path)).digest for path in (wheel, plain)}
    assert found == {shelf.find(f"{folder}/").digest}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../evil.md", "路径不得离开实践包"),
        ("/etc/evil.md", "路径不得离开实践包"),
        ("lianshang_pack/..\\evil.md", "路径不得离开实践包"),
        ("c:evil.md", "路径不得离开实践包"),
        ("other/lianshang_pack/pack.yaml", "应有且只有一个 pack.yaml"),
    ],
)
def test_paths_that_leave_the_pack_are_refused(
    folder: Path, tmp_path: Path, name: str, said: str
) -> None:
    path = packing.wheel(folder, tmp_path / "bad.whl")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), "id: x")
    with pytest.raises(PackRefused, match=said):
        shelf.find(str(path))


def test_a_link_in_an_archive_is_refused(folder: Path, tmp_path: Path) -> None:
    path = packing.wheel(folder, tmp_path / "bad.whl")
    link = zipfile.ZipInfo("lianshang_pack/guide.md")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(PackRefused, match="路径不得离开实践包"):
        shelf.find(str(path))


def test_a_bomb_and_a_broken_archive_are_refused(folder: Path, tmp_path: Path) -> None:
    path = packing.wheel(folder, tmp_path / "bomb.whl")
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("lianshang_pack/zeros.md", bytes(60_000_000))
    with pytest.raises(PackRefused, match="packed_too_tightly"):
        shelf.find(str(path))
    path.write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(PackRefused, match="应为完好的压缩包"):
        shelf.find(str(path))


def test_a_large_file_in_an_archive_is_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "guide.md").write_text("a" * 1_100_000)
    with pytest.raises(PackRefused, match="每个文件应不超过 1 MB"):
        shelf.find(str(packing.wheel(folder, tmp_path / "large.whl")))


def shipped(folder: Path, site: Path, module: str = "") -> None:
    """The pack as pip would have laid it down."""
    info = site / "acme_pack-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-pack\nVersion: 1.0\n")
    place = site / "acme_pack" / "lianshang_pack"
    shutil.copytree(folder, place)
    (place.parent / "__init__.py").write_text(module)
    names = ("acme_pack/__init__.py", "acme_pack/lianshang_pack/pack.yaml")
    (info / "RECORD").write_text("".join(f"{name},,\n" for name in names))


@pytest.mark.usefixtures("_fresh_shelf")
def test_an_installed_package_offers_its_pack_without_being_imported(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped(folder, tmp_path / "site", TRAP.format(marker=str(tmp_path / "ran")))
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    shelf.shipped.cache_clear()
    offer = shelf.offer_of("demo-visits")
    assert (offer.kind.value, offer.pack.id) == ("distribution", "demo-visits")
    assert "acme_pack" not in sys.modules
    assert not (tmp_path / "ran").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("_fresh_shelf")
def test_code_of_an_installed_package_runs_only_when_allowed_and_its_failure_undoes_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.zone()
    coded = ("units:\n", "code: acme_pack:ready\nunits:\n")
    folder = packing.write(tmp_path / "demo", coded)
    module = "calls = []\nfail = True\n\n\ndef ready():\n    calls.append(1)\n    assert not fail\n"
    shipped(folder, tmp_path / "site", module)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    shelf.shipped.cache_clear()
    pack = shelf.find("demo-visits")

    with pytest.raises(PackRefused, match="--allow-code"):
        install_pack(actor=None, pack=pack)
    assert "acme_pack" not in sys.modules

    before = packing.everything()
    with pytest.raises(AssertionError):
        install_pack(actor=None, pack=pack, allow_code=True)
    assert packing.everything() == before

    sys.modules["acme_pack"].fail = False
    install_pack(actor=None, pack=pack, allow_code=True)
    assert sys.modules.pop("acme_pack").calls == [1, 1]
    assert InstalledPack.objects.get().source_kind == "distribution"
