"""The eighteen practices as reported, and how far each of them is."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.models import InstalledPack
from lianshang.apps.practices.queries import shelf
from lianshang.apps.practices.queries.files import STORY
from lianshang.apps.practices.queries.shelf import Offer
from lianshang.apps.practices.queries.yaml_lines import read_document

CATALOGUE = "practices.yaml"


class Progress(models.TextChoices):
    """How far a practice is in this zone."""

    INSTALLED = "installed", _("已安装")
    AVAILABLE = "available", _("可安装")
    BROKEN = "broken", _("实践包有误")
    NOT_YET = "not_yet", _("尚无实践包")


@dataclass(frozen=True)
class Figure:
    """A figure as reported; never measured here."""

    label: str
    value: str


@dataclass(frozen=True)
class Practice:
    """A practice of some zone, as two reports tell it."""

    id: str
    zone: str
    practice: str
    does: str
    figures: tuple[Figure, ...]
    source: str
    since: str = ""


@dataclass(frozen=True)
class Line:
    """A practice or pack, with what there is of it."""

    id: str
    practice: Practice | None
    offer: Offer | None
    installed: InstalledPack | None

    @property
    def name(self) -> str:
        if self.definition:
            return str(self.definition["name"])
        return self.practice.practice if self.practice else self.id

    @property
    def zone(self) -> str:
        return self.practice.zone if self.practice else ""

    @property
    def progress(self) -> Progress:
        if self.installed:
            return Progress.INSTALLED
        if self.offer is None:
            return Progress.NOT_YET
        return Progress.AVAILABLE if self.offer.pack else Progress.BROKEN

    @property
    def definition(self) -> Mapping[str, Any] | None:
        """The pack as installed, else as offered; its texts in the reader's language."""
        if self.installed:
            return _in_language(self.installed.definition)  # type: ignore[no-any-return]  # JSON
        pack = self.offer.pack if self.offer else None
        return _in_language(pack.definition.model_dump(mode="json")) if pack else None

    @property
    def version(self) -> str:
        if self.installed:
            return self.installed.version
        return self.offer.pack.definition.version if self.offer and self.offer.pack else ""

    @property
    def has_story(self) -> bool:
        """Whether a story walks the practice from end to end; told where there is a pack."""
        pack = self.offer.pack if self.offer else None
        return bool(pack and STORY in pack.files.contents)

    @property
    def newer(self) -> str:
        """The version that could replace the installed one."""
        pack = self.offer.pack if self.offer else None
        if not (pack and self.installed) or pack.digest == self.installed.digest:
            return ""
        return pack.definition.version


def _in_language(value: Any) -> Any:
    """Every {zh: …, en: …} of a definition as one text."""
    if isinstance(value, Mapping):
        if value.keys() == {"zh", "en"}:
            is_english = (get_language() or "").startswith("en")
            return value["en"] if is_english and value["en"] else value["zh"]
        return {key: _in_language(item) for key, item in value.items()}
    return [_in_language(item) for item in value] if isinstance(value, list) else value


def practices() -> tuple[Practice, ...]:
    """The practices of packs/practices.yaml, in its order."""
    path = shelf.builtin_folder() / CATALOGUE
    return _read(path, path.stat().st_mtime_ns) if path.is_file() else ()


@functools.lru_cache(maxsize=2)
def _read(path: Path, _written: int) -> tuple[Practice, ...]:
    value = read_document(path.read_bytes(), path.name).value
    return tuple(
        Practice(
            **{name: str(text) for name, text in one.items() if name != "figures"},
            figures=tuple(Figure(**figure) for figure in one["figures"]),
            source=value["source"],
        )
        for one in value["practices"]
    )


def lines() -> list[Line]:
    """Every practice, then packs that belong to none of them."""
    known = {one.id: one for one in practices()}
    offered = {one.id: one for one in shelf.offers()}
    installed = {one.code: one for one in InstalledPack.objects.all()}
    others = sorted((offered.keys() | installed.keys()) - known.keys())
    return [
        Line(name, known.get(name), offered.get(name), installed.get(name))
        for name in (*known, *others)
    ]


def line_of(name: str) -> Line | None:
    return next((one for one in lines() if one.id == name), None)
