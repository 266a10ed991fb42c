"""The bodies that a practice needs: departments and organisations."""

from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from lianshang.apps.places.models import Zone
from lianshang.apps.practices.queries.sections.base import Content, Known, Section
from lianshang.core.accounts.models import Unit

OF_THE_ZONE = "zone"  # as a parent: the zone's own committee


class UnitRow(BaseModel):
    """A body."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    key: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)
    name: str = Field(min_length=1, max_length=200)
    kind: Literal["department", "organization"]
    parent: str | None = None  # key of another body of the pack, or "zone"


class Units(Section):
    """Bodies; they are known by kind and name."""

    name = "units"
    title = _("单位")
    schema = UnitRow
    model = Unit
    page = ("accounts:unit", "accounts.units")

    def key(self, row: UnitRow) -> str:
        return row.key

    def label(self, row: UnitRow) -> str:
        return row.name

    def refers_to(self, row: UnitRow) -> tuple[str, ...]:
        return (row.parent,) if row.parent and row.parent != OF_THE_ZONE else ()

    def find(self, row: UnitRow) -> Unit | None:
        return Unit.objects.filter(kind=row.kind, name=row.name).first()

    def parent(self, row: UnitRow, known: Known) -> Any:
        if row.parent == OF_THE_ZONE:
            zone = Zone.objects.filter(is_own=True).select_related("unit").first()
            if zone is None:
                raise ValidationError(gettext("还没有设立本区（zone）；请先建立高新区，再安装。"))
            return zone.unit
        return known.get((self.name, row.parent)) if row.parent else None

    def wanted(self, row: UnitRow, known: Known) -> Content:
        parent = self.parent(row, known)
        return {
            "kind": row.kind,
            "name": row.name,
            "parent": parent.pk if parent else None,
            "is_active": True,
        }

    def content(self, found: Unit) -> Content:
        return {
            "kind": found.kind,
            "name": found.name,
            "parent": found.parent_id,
            "is_active": found.is_active,
        }
