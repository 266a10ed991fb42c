"""The words of a story: what each verb takes. Nothing but `${…}` is ever evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WHERE = ("http", "browser")
KEPT = re.compile(r"\$\{([^${}]+)\}")


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody named under `people`, or an account that the story itself made."""

    user: str
    password: str = ""  # empty: the one of the story's people


@dataclass(frozen=True, slots=True)
class ApiCall:
    """A request to the API with the signed-in person's session, or the headers' token."""

    method: str
    path: str
    json: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CliCall:
    """The `lianshang` command, run in this process."""

    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepFrom:
    """Where a value to be remembered stands: exactly one of these is given."""

    value_of: str = ""  # the label of a field, of a <dt>, or of a row with two cells
    json: str = ""  # a path: items.0.id
    link: str = ""  # the address of the link with this text
    after: str = ""  # the word that follows this text on the page
    address: bool = False  # of the page itself


@dataclass(frozen=True, slots=True)
class Received:
    """A mail or notice that a person got."""

    to: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Downloaded:
    """The file that the last step brought."""

    name: str = ""
    texts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be so; everything that is given is checked."""

    texts: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    row: dict[str, str] = field(default_factory=dict)
    no_row: dict[str, str] = field(default_factory=dict)
    rows: int | None = None
    fields: dict[str, str] = field(default_factory=dict)
    scenery: bool = False  # the row is known to be scenery
    status: int | None = None
    json: dict[str, Any] = field(default_factory=dict)
    download: Downloaded | None = None
    mail: Received | None = None
    notice: Received | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the story: a verb, what it takes, as whom, where on the page."""

    number: int
    line: int
    verb: str
    value: Any
    told: str  # the step in one line, for messages
    person: str = ""  # `as`; empty: whoever acted last
    region: str = ""  # `in`
    where: str = ""  # "http", "browser"; empty: in both
    note: str = ""

    @property
    def judges(self) -> bool:
        return self.verb == "expect"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in: an invented name, a role in a unit."""

    username: str
    name: str
    role: str
    unit: str
    line: int
    email: str = ""


@dataclass(frozen=True, slots=True)
class StoryUnit:
    """A body that the people belong to; departments lie below the committee."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Story:
    """The whole file."""

    id: str
    title: str
    file: Path
    start: str
    zone: str
    people: dict[str, Person]
    units: tuple[StoryUnit, ...]
    scenery: tuple[tuple[str, ...], ...]  # commands that run before the first step
    steps: tuple[Step, ...]

    @property
    def folder(self) -> Path:
        return self.file.parent


def filled_in(value: Any, kept: dict[str, str]) -> Any:
    """The value with every ${name} replaced; raises KeyError with the first unknown name."""
    if isinstance(value, str):
        return KEPT.sub(lambda match: kept[match.group(1).strip()], value)
    if isinstance(value, dict):
        return {filled_in(key, kept): filled_in(one, kept) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(filled_in(one, kept) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        names = value.__dataclass_fields__
        return type(value)(**{name: filled_in(getattr(value, name), kept) for name in names})
    return value
