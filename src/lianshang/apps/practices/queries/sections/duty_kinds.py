"""Kinds of duties with their clocks and their ladder of escalation."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import field_validator

from lianshang.apps.practices.queries.sections.base import Content, Known, Section
from lianshang.core.workflow.definitions import KindDefinition
from lianshang.core.workflow.models import ClockRule, DutyKind, Rung
from lianshang.core.workflow.queries.kinds import definition_of


class DutyKindRow(KindDefinition):
    """A kind of duty; its name may be given in both languages."""

    @field_validator("name", mode="before")
    @classmethod
    def the_chinese_name(cls, value: Any) -> Any:
        if isinstance(value, Mapping) and set(value) <= {"zh", "en"}:
            return value.get("zh")
        return value

    def definition(self) -> KindDefinition:
        return KindDefinition.model_validate(self.model_dump())


class DutyKinds(Section):
    """Kinds of duties; they are known by code."""

    name = "duty_kinds"
    title = _("事项类别")
    schema = DutyKindRow
    model = DutyKind
    parts = (ClockRule, Rung)
    page = ("workflow:kind", "duties.kinds")

    def key(self, row: DutyKindRow) -> str:
        return row.code

    def label(self, row: DutyKindRow) -> str:
        return row.name

    def find(self, row: DutyKindRow) -> DutyKind | None:
        return DutyKind.objects.filter(code=row.code).first()

    def wanted(self, row: DutyKindRow, known: Known) -> Content:
        return _content(row.definition()) | {"is_active": True}

    def content(self, found: DutyKind) -> Content:
        return _content(definition_of(found)) | {"is_active": found.is_active}


def _content(definition: KindDefinition) -> Content:
    """Clocks and rungs in one order, whatever the order of writing."""
    told = definition.model_dump(mode="json")
    told["clocks"].sort(key=lambda one: (one["urgency"], one["clock"]))
    told["ladder"].sort(key=lambda one: one["code"])
    return told
