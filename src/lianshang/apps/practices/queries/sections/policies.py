"""Policies of another zone or city, as rules that answer for the firms here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from lianshang.apps.policies.choices import Origin
from lianshang.apps.policies.models import Policy
from lianshang.apps.policies.queries.library import digest
from lianshang.apps.practices.queries.sections.base import Content, Known, Section

NAMES = "policies"
CASES = ".test.yaml"


@dataclass(frozen=True)
class PolicyText:
    """What a policy file of a pack holds, and how many test cases stand beside it."""

    mapping: Mapping[str, Any]
    cases: int


class PolicyRow(BaseModel):
    """A policy file of the pack. Its text is read when the pack is checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    file: str = Field(pattern=r"^[\w./-]+\.yaml$", max_length=200)
    _text: PolicyText | None = PrivateAttr(default=None)

    @property
    def text(self) -> PolicyText:
        if self._text is None:
            return PolicyText({"id": self.file}, 0)
        return self._text

    def take(self, text: PolicyText) -> None:
        """Keep the text that stands in the pack."""
        self._text = text

    @property
    def code(self) -> str:
        return str(self.text.mapping["id"])

    @property
    def name(self) -> str:
        name = self.text.mapping.get("name", self.file)
        return str(name["zh"] if isinstance(name, Mapping) else name)


class Policies(Section):
    """Policies; they are known by code."""

    name = "policies"
    title = _("政策")
    schema = PolicyRow
    model = Policy
    page = ("policies:detail", "policies.view")

    def key(self, row: PolicyRow) -> str:
        return row.code

    def label(self, row: PolicyRow) -> str:
        return row.name

    def find(self, row: PolicyRow) -> Policy | None:
        return Policy.objects.filter(code=row.code).first()

    def wanted(self, row: PolicyRow, known: Known) -> Content:
        return {
            "code": row.code,
            "origin": Origin.PACK.value,
            "digest": digest(row.text.mapping),
            "is_retired": False,
        }

    def content(self, found: Policy) -> Content:
        return {
            "code": found.code,
            "origin": found.origin,
            "digest": digest(found.definition),
            "is_retired": found.is_retired,
        }
