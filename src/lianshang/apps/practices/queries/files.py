"""The files of a pack, read into memory from a folder or an archive; nothing of it is imported."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.choices import SourceKind
from lianshang.apps.practices.queries.problems import refused
from lianshang.apps.practices.queries.yaml_lines import LARGEST_FILE
from lianshang.core.files.archives import check_archive
from lianshang.core.files.refusals import FileRefused

MOST_FILES = 200
LARGEST_PACK = 10 * 1024 * 1024
LARGEST_ARCHIVE = 20 * 1024 * 1024
MANIFEST = "pack.yaml"
IN_A_WHEEL = "lianshang_pack"
STORY = "story.yaml"  # walks the practice, installs nothing: no part of the digest


@dataclass(frozen=True)
class PackFiles:
    """Every file of a pack by its path below the pack's folder."""

    kind: SourceKind
    source: str  # where it came from, for people
    contents: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """SHA-256 over names and contents: the same for folder, archive and installed copy."""
        whole = hashlib.sha256()
        for name in sorted(self.contents.keys() - {STORY}):
            whole.update(f"{name}\0{hashlib.sha256(self.contents[name]).hexdigest()}\n".encode())
        return whole.hexdigest()

    @property
    def manifest(self) -> str:
        """How the pack file is called in messages."""
        return f"{PurePosixPath(self.source).name}/{MANIFEST}"


def read_folder(folder: Path, kind: SourceKind = SourceKind.FOLDER) -> PackFiles:
    """The files below a folder; links that could lead out of it are refused."""
    contents: dict[str, bytes] = {}
    if folder.is_symlink() or not (folder / MANIFEST).is_file():
        raise _no_manifest(str(folder))
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not _is_rubbish(one))
        for name in sorted([*folders, *names]):
            path = Path(place, name)
            if path.is_symlink():
                raise refused("symlink", str(path), _("不得使用符号链接"), _("请放入文件本身。"))
            if name in names and not _is_rubbish(name):
                _add(contents, path.relative_to(folder).as_posix(), path.read_bytes, path.stat())
    return PackFiles(kind, str(folder), contents)


def read_archive(path: Path) -> PackFiles:
    """The pack inside a .whl or .zip, read as an archive."""
    if path.stat().st_size > LARGEST_ARCHIVE:
        raise refused("too_large", str(path), _("应不超过 20 MB"), _("请只放入实践包的文件。"))
    with path.open("rb") as handle:
        try:
            check_archive(handle, largest_unpacked=5 * LARGEST_ARCHIVE)
        except FileRefused as error:
            advice = _("请重新打包；一个实践包只需几个文字文件。")
            raise refused(
                "archive", str(path), _("应为完好的压缩包"), advice, error.code
            ) from error
        with zipfile.ZipFile(handle) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            names = [_safe(entry, path) for entry in entries]
            root = _root(names, path)
            contents: dict[str, bytes] = {}
            for entry, name in zip(entries, names, strict=True):
                if name.startswith(root) and not _is_rubbish(name):
                    within = name.removeprefix(root)
                    if within in contents:
                        raise refused("twice", f"{path.name}:{name}", _("同名文件只能有一个"))
                    _add(contents, within, lambda entry=entry: archive.read(entry), entry)  # type: ignore[misc]  # binds the loop's entry
    return PackFiles(SourceKind.WHEEL, str(path), contents)


def _add(
    contents: dict[str, bytes],
    name: str,
    read: Callable[[], bytes],
    size: os.stat_result | zipfile.ZipInfo,
) -> None:
    length = size.file_size if isinstance(size, zipfile.ZipInfo) else size.st_size
    if length > LARGEST_FILE:
        raise refused("too_large", name, _("每个文件应不超过 1 MB"), _("请拆分或压缩。"))
    contents[name] = read()
    if len(contents) > MOST_FILES or sum(map(len, contents.values())) > LARGEST_PACK:
        raise refused("too_large", name, _("一个实践包应不超过 200 个文件、10 MB"))


def _safe(entry: zipfile.ZipInfo, path: Path) -> str:
    """The entry's name, if it stays inside and is a plain file."""
    name = entry.filename
    parts = PurePosixPath(name).parts
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    if ".." in parts or name.startswith("/") or "\\" in name or ":" in name or is_link:
        advice = _("请重新打包，只放入包内的普通文件。")
        raise refused("path", path.name, _("路径不得离开实践包"), advice, name)
    return name


def _root(names: list[str], path: Path) -> str:
    """The folder of the archive that holds the pack, with its slash."""
    manifests = [name for name in names if PurePosixPath(name).name == MANIFEST]
    shipped = [one for one in manifests if PurePosixPath(one).parent.name == IN_A_WHEEL]
    shallow = [one for one in manifests if len(PurePosixPath(one).parts) <= 2]
    found = shipped or shallow
    if len(found) != 1:
        raise _no_manifest(str(path))
    return found[0].removesuffix(MANIFEST)


def _is_rubbish(name: str) -> bool:
    last = PurePosixPath(name).name
    return last in {"__pycache__", ".git", ".DS_Store"} or last.endswith(".pyc")


def _no_manifest(where: str) -> Exception:
    return refused(
        "no_manifest",
        where,
        _("应有且只有一个 pack.yaml（.whl 中为 lianshang_pack/pack.yaml）"),
        _("新写一个：lianshang pack new <编号>。"),
    )
