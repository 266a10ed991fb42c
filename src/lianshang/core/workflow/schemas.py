"""What the API of duties takes and gives."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from lianshang.core.workflow.choices import Act, State, Urgency


class UnitOut(Schema):
    """A unit."""

    id: int
    name: str


class ClockOut(Schema):
    """One run of one clock, with the equation by which anybody can check it."""

    name: str
    due: datetime | None = Field(description="None while it stands still.")
    equation: str
    is_provisional: bool = Field(description="The days off of that year are not announced yet.")
    started_at: datetime
    stopped_at: datetime | None
    is_paused: bool
    is_overdue: bool


class DutyOut(Schema):
    """A duty as lists show it."""

    id: int
    kind: str
    title: str
    state: State
    state_label: str
    urgency: Urgency
    owner: UnitOut
    asker: UnitOut
    opened_at: datetime
    due: datetime | None
    is_overdue: bool
    url: str


class DutyPage(Schema):
    """A page of duties by key; ask for the next with `after` = `next`."""

    items: list[DutyOut]
    next: int | None


class EntryOut(Schema):
    """A row of the log."""

    number: int
    act: str
    label: str
    at: datetime
    actor: str | None
    unit: str
    reason: str
    words: list[str]
    proof: str
    to_state: str


class DutyDetailOut(DutyOut):
    """A duty with its clocks, its log and what the caller can do next."""

    text: str
    co_owners: list[UnitOut]
    clocks: list[ClockOut]
    log: list[EntryOut]
    possible: list[str]


class Refused(Schema):
    """Why a request is refused: in words, or what of the body cannot be read."""

    detail: str | list[dict[str, Any]]


class Asked(Schema):
    """What may be said; anything else is refused."""

    model_config = ConfigDict(extra="forbid")


# PostgreSQL keeps every character but NUL.
Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
UnitRef = int | Text


class DutyIn(Asked):
    """A new duty. Units by id or by full name; `asker` is one of the caller's own."""

    kind: Text = Field(max_length=60, description="Code of an active kind.")
    title: Text = Field(min_length=1, max_length=200)
    text: Text = Field("", max_length=20000)
    owner: UnitRef
    co_owners: list[UnitRef] = Field(default_factory=list, max_length=50)
    asker: UnitRef | None = Field(None, description="May be left out by who has one unit.")
    urgency: Urgency = Urgency.NORMAL
    close_by: date | None = None
    subject: Text | None = Field(None, max_length=100, description="`enterprises.enterprise:7`")


class ActIn(Asked):
    """An act, and what it must be told: see `possible` of the duty."""

    act: Literal[tuple(one.value for one in Act if one not in {Act.OPEN, Act.ESCALATE})]  # type: ignore[valid-type]  # made of the enumeration
    reason: Text = Field("", max_length=4000)
    unit: UnitRef | None = None
    day: date | None = None
    amount: int | None = Field(None, ge=1, le=3650)
    urgency: Urgency | None = None
    proof: Text = Field("", max_length=4000)
