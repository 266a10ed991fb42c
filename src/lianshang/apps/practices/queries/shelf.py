"""Which packs there are: those of the program, those of installed distributions, one at a path."""

import functools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.choices import SourceKind
from lianshang.apps.practices.queries.checking import Pack, checked
from lianshang.apps.practices.queries.files import (
    IN_A_WHEEL,
    MANIFEST,
    PackFiles,
    read_archive,
    read_folder,
)
from lianshang.apps.practices.queries.problems import PackRefused, refused

PACKAGE = Path(__file__).resolve().parents[3]
PACKAGED = PACKAGE / "_data" / "packs"
CHECKOUT = PACKAGE.parents[1] / "packs"


@dataclass(frozen=True)
class Offer:
    """A pack that can be had by its id: usable, or with the reason why not."""

    id: str
    kind: SourceKind
    folder: Path
    pack: Pack | None
    problems: PackRefused | None = None


def builtin_folder() -> Path:
    """LIANSHANG_PACKS, else the checkout's `packs/`, else the copy inside the installed package."""
    if configured := os.environ.get("LIANSHANG_PACKS"):
        return Path(configured)
    return CHECKOUT if (CHECKOUT / "practices.yaml").is_file() else PACKAGED


def offers() -> list[Offer]:
    """Every pack that can be named by its id, each id once: the program's own come first."""
    found: dict[str, Offer] = {}
    for kind, folder in _folders():
        offer = _offer(kind, folder)
        found.setdefault(offer.id, offer)
    return [found[name] for name in sorted(found)]


def offer_of(name: str) -> Offer | None:
    return next((one for one in offers() if one.id == name), None)


def find(reference: str) -> Pack:
    """The pack of this id, in this folder, or in this .whl or .zip; raises PackRefused."""
    path = Path(reference)
    if path.suffix in {".whl", ".zip"} or os.sep in reference or reference in {".", ".."}:
        if path.is_dir():
            return checked(read_folder(path))
        if path.is_file():
            return checked(read_archive(path))
        raise refused("not_there", reference, _("没有这个文件或文件夹"), _("请检查路径。"))
    offer = offer_of(reference)
    if offer is None:
        known = "、".join(one.id for one in offers())
        advice = _("现有：%s。文件夹请写成 ./名称。") % known
        raise refused("unknown", reference, _("没有这个编号的实践包"), advice)
    if offer.pack is None:
        assert offer.problems is not None  # an offer has one or the other
        raise offer.problems
    return offer.pack


def _offer(kind: SourceKind, folder: Path) -> Offer:
    name = folder.name if kind == SourceKind.BUILTIN else folder.parent.name
    try:
        files = read_folder(folder, kind)
    except PackRefused as refusal:
        return Offer(name, kind, folder, None, refusal)
    found = _judged(str(folder), files.digest, files)
    return (
        Offer(name, kind, folder, None, found)
        if isinstance(found, PackRefused)
        else Offer(found.id, kind, folder, found)
    )


_seen: dict[tuple[str, str], Pack | PackRefused] = {}


def _judged(folder: str, digest: str, files: PackFiles) -> Pack | PackRefused:
    """Checked once per content: pages ask for every pack each time."""
    if (folder, digest) not in _seen:
        try:
            _seen[folder, digest] = checked(files)
        except PackRefused as refusal:
            _seen[folder, digest] = refusal
    return _seen[folder, digest]


def _folders() -> Iterator[tuple[SourceKind, Path]]:
    folder = builtin_folder()
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if (path / MANIFEST).is_file():
                yield SourceKind.BUILTIN, path
    for path in shipped():
        yield SourceKind.DISTRIBUTION, path


@functools.cache
def shipped() -> tuple[Path, ...]:
    """Folders of packs in installed distributions, read off their file lists: none is imported."""
    return tuple(
        Path(str(distribution.locate_file(file))).parent
        for distribution in distributions()
        for file in distribution.files or ()
        if file.name == MANIFEST and file.parent.name == IN_A_WHEEL and ".." not in file.parts
    )
