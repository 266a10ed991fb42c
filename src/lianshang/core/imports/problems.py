"""What is wrong with a cell, a row or a sheet: kept as code and parameters, told in the reader's
language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lianshang.core.files.refusals import WORDINGS, Wording
from lianshang.core.imports.choices import Severity
from lianshang.core.imports.wordings import OWN

LONGEST_READ = 120  # characters of a cell repeated in a message
_wordings: dict[str, Wording] = {**WORDINGS, **OWN}


def declare(wordings: Mapping[str, Wording]) -> None:
    """Teach the wording of further problem codes; a register does so for its own."""
    _wordings.update(wordings)


def wording(code: str) -> Wording:
    return _wordings[code]


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem as a parser finds it, not yet placed in a sheet."""

    code: str
    severity: Severity = Severity.ERROR
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with its place: `letter` and `header` name the column, `row` counts as the
    spreadsheet does.
    """

    code: str
    severity: str
    read: str = ""
    column: str = ""
    letter: str = ""
    header: str = ""
    row: int | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    def as_json(self) -> dict[str, Any]:
        """Only what says something: these are kept by the hundred thousand."""
        values = ((name, getattr(self, name)) for name in self.__slots__)
        return {name: value for name, value in values if value not in ("", None, {})}

    def told(self, sheet: str, row: int | None = None) -> Message:
        """The problem in words."""
        expected, advice = wording(self.code).fill(self.parameters)
        where = [_("工作表“%s”") % sheet] if sheet else []
        number = row if row is not None else self.row
        if number is not None:
            where.append(_("第 %s 行") % number)
        if self.letter:
            where.append(
                _("%(letter)s 列“%(header)s”") % {"letter": self.letter, "header": self.header}
            )
        return Message(self, " ".join(where), self.read, expected, advice)


@dataclass(frozen=True, slots=True)
class Message:
    """Where, what was read, what was expected, what to do."""

    problem: Problem
    where: str
    read: str
    expected: str
    advice: str

    def __str__(self) -> str:
        read = _("读到“%s”；") % self.read if self.read else ""
        parts = {
            "where": self.where,
            "read": read,
            "expected": self.expected,
            "advice": self.advice,
        }
        return _("%(where)s：%(read)s应为%(expected)s。%(advice)s") % parts


def from_json(stored: Iterable[Mapping[str, Any]]) -> list[Problem]:
    return [Problem(**one) for one in stored]


def shortened(text: str) -> str:
    """A cell's text as a message repeats it."""
    return text if len(text) <= LONGEST_READ else text[: LONGEST_READ - 1] + "…"
