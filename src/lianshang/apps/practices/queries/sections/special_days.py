"""Days of the zone that differ from the national calendar, with the document that says so."""

from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field

from lianshang.apps.practices.queries.sections.base import Content, Known, Section
from lianshang.core.calendars.choices import Scope
from lianshang.core.calendars.models import SpecialDay


class SpecialDayRow(BaseModel):
    """A day of the zone; national days are no pack's business."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    on: date
    kind: Literal["off", "work", "morning", "afternoon"]
    name: str = Field(min_length=1, max_length=40)
    source: str = Field(min_length=1, max_length=200)
    published_on: date


class SpecialDays(Section):
    """Special days of the zone; they are known by their day."""

    name = "special_days"
    title = _("特殊日")
    schema = SpecialDayRow
    model = SpecialDay

    def key(self, row: SpecialDayRow) -> str:
        return row.on.isoformat()

    def label(self, row: SpecialDayRow) -> str:
        return f"{row.on} {row.name}"

    def find(self, row: SpecialDayRow) -> SpecialDay | None:
        return SpecialDay.objects.filter(on=row.on, scope=Scope.ZONE).first()

    def wanted(self, row: SpecialDayRow, known: Known) -> Content:
        return row.model_dump(mode="json")

    def content(self, found: SpecialDay) -> Content:
        return {
            "on": found.on.isoformat(),
            "kind": found.kind,
            "name": found.name,
            "source": found.source,
            "published_on": found.published_on.isoformat(),
        }
