"""What is installed, how it stands today, and what of the zone's own uses it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianshang.apps.practices.choices import RowState, SourceKind
from lianshang.apps.practices.models import InstalledPack, PackRow
from lianshang.apps.practices.queries import shelf
from lianshang.apps.practices.queries.checking import Pack
from lianshang.apps.practices.queries.problems import PackRefused
from lianshang.apps.practices.queries.sections import SECTIONS, Section
from lianshang.apps.practices.queries.sections.base import digest


@dataclass(frozen=True)
class RowReport:
    """One installed row today."""

    row: PackRow
    section: Section
    state: RowState


@dataclass(frozen=True)
class Verification:
    """An installed pack against its source and against the zone."""

    installed: InstalledPack
    rows: list[RowReport]
    source: str  # "same", "other_version", "altered", "missing"

    @property
    def source_in_words(self) -> str | Promise:
        return SOURCE_WORDS[self.source]

    @property
    def is_sound(self) -> bool:
        """Nothing is missing and the source is what was installed; the zone's changes are its
        right.
        """
        gone = any(row.state == RowState.GONE for row in self.rows)
        return not gone and self.source not in {"altered", "missing"}

    def count(self, state: RowState) -> int:
        return sum(1 for row in self.rows if row.state == state)


SOURCE_WORDS: dict[str, str | Promise] = {
    "same": _("来源与安装时一致"),
    "other_version": _("来源已有另一版本，可更新"),
    "altered": _("来源内容变了，版本号却没有变"),
    "missing": _("找不到来源"),
}


def verify(installed: InstalledPack) -> Verification:
    """Every installed row, and the source."""
    rows = [_report(row) for row in installed.rows.all()]
    return Verification(installed, rows, _source_state(installed))


def _report(row: PackRow) -> RowReport:
    section = SECTIONS[row.section]
    found = section.get(row.object_pk)
    if found is None:
        return RowReport(row, section, RowState.GONE)
    is_same = digest(section.content(found)) == row.digest
    return RowReport(row, section, RowState.SAME if is_same else RowState.CHANGED)


def _source_state(installed: InstalledPack) -> str:
    pack = source_of(installed)
    if pack is None:
        return "missing"
    if pack.digest == installed.digest:
        return "same"
    is_same_version = pack.definition.version == installed.version
    return "altered" if is_same_version else "other_version"


def source_of(installed: InstalledPack) -> Pack | None:
    """The pack where it came from, as it is today; None where it cannot be read."""
    by_id = installed.source_kind in {SourceKind.BUILTIN, SourceKind.DISTRIBUTION}
    try:
        return shelf.find(installed.code if by_id else installed.source)
    except PackRefused:
        return None


def uses(found: Model, section: Section) -> str:
    """What of the zone points at an object, in words; nothing if it is free."""
    told = [
        gettext("%(count)s 条“%(what)s”") % {"count": count, "what": model._meta.verbose_name}
        for model, count in _pointing(found, section)
    ]
    return "、".join(told)


def _pointing(found: Model, section: Section) -> Iterator[tuple[type[Model], int]]:
    for relation in found._meta.related_objects:
        model = relation.related_model
        if model in section.parts or hasattr(model, "pgh_tracked_model"):
            continue  # its own parts; its history, which outlives it
        if getattr(model, "is_computed", False):
            continue  # thrown away and computed again
        count = model._base_manager.filter(**{relation.field.name: found}).count()
        if count:
            yield model, count
