"""What a pack.yaml may say."""

from datetime import date as Day
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from lianshang.apps.practices.queries.sections.duty_kinds import DutyKindRow
from lianshang.apps.practices.queries.sections.policies import PolicyRow
from lianshang.apps.practices.queries.sections.special_days import SpecialDayRow
from lianshang.apps.practices.queries.sections.units import UnitRow

ID = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
VERSION = r"^\d+(\.\d+){0,2}$"


class Part(BaseModel):
    """A part of a pack: nothing but what is named here."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Label(Part):
    """A text in both languages."""

    zh: str = Field(min_length=1)
    en: str = ""


def _both(value: Any) -> Any:
    return {"zh": value} if isinstance(value, str) else value


Text = Annotated[Label, BeforeValidator(_both)]


class Source(Part):
    """Where the practice is reported."""

    document: str = Field(min_length=1)
    date: Day | str


class Reported(Part):
    """A figure as reported; never measured by the program."""

    label: Text
    value: str = Field(min_length=1)
    source: str = ""


class Requires(Part):
    """What must be there first."""

    lianshang: str = Field(default="", pattern=rf"({VERSION})|^$")
    packs: list[Annotated[str, Field(pattern=ID)]] = []


class FormField(Part):
    """Something a form asks for: bound to a fact, or new."""

    key: str = Field(min_length=1, max_length=60)
    label: Text
    fact: str = ""  # shows what is held of this quantity
    collect: str = ""
    reuse: bool = False
    statutory: str = ""
    photo: Literal["optional", "required", ""] = ""


class Form(Part):
    """What a practice asks of people."""

    key: str = Field(min_length=1, max_length=60)
    title: Text
    statutory: str = ""
    fields: list[FormField] = []


class Mode(Part):
    """Voluntary, or by a document of law that is named."""

    mode: Literal["voluntary", "forced"]
    statutory: str = ""


class Participation(Part):
    """How people take part. What would be forced is refused by the formalism guard."""

    check_in: Mode | None = None
    photo: Literal["optional", "required"] | None = None
    video: Literal["optional", "required"] | None = None
    location: Literal["optional", "required"] | None = None


class Rows(Part):
    """The rows of the sections."""

    units: list[UnitRow] = []
    special_days: list[SpecialDayRow] = []
    duty_kinds: list[DutyKindRow] = []
    policies: list[PolicyRow] = []

    def of(self, section: str) -> list[Any]:
        rows: list[Any] = getattr(self, section)
        return rows


class Definition(Rows):
    """A pack as written."""

    id: str = Field(pattern=ID, max_length=60)
    version: str = Field(pattern=VERSION, max_length=20)
    name: Text
    zone: str = ""  # reported; empty where the practice is nobody's in particular
    practice: Text
    summary: Text
    source: Source
    reported: list[Reported] = []
    requires: Requires = Requires()
    guide: str = ""
    code: str = Field(default="", pattern=r"^([A-Za-z_][\w.]*:[A-Za-z_]\w*)?$")
    participation: Participation = Participation()
    forms: list[Form] = []
    scenery: Rows = Rows()


# Known to the format, not yet to the program: refused in plain words, not as a typing error.
NOT_YET = frozenset({"paper_templates"})


def numbers(version: str) -> tuple[int, ...]:
    """1.10 → (1, 10, 0), so that versions can be compared."""
    found = tuple(int(part) for part in version.split("."))
    return (*found, 0, 0)[:3]
