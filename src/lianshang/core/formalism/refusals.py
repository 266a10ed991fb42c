"""What the guard says: where, what was read, which clause, what to do instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from lianshang.core.formalism.clauses import CLAUSES, DOCUMENT, RULES, WARNINGS, Clause, Rule

Level = Literal["refuse", "warn"]
Path = tuple[str | int, ...]
LONGEST_READ = 80


@dataclass(frozen=True)
class Refusal:
    """One finding in a configuration."""

    code: str  # a key of RULES
    path: str  # forms[0].fields[2].label
    where: str  # pack.yaml:31
    read: str

    @property
    def rule(self) -> Rule:
        return RULES[self.code]

    @property
    def clause(self) -> Clause:
        return CLAUSES[self.rule.clause]

    @property
    def level(self) -> Level:
        return "warn" if self.code in WARNINGS else "refuse"

    def __str__(self) -> str:
        return _(
            "%(where)s（%(path)s）：%(what)s，读到“%(read)s”。依据%(document)s“五个不得”之"
            "（%(number)s）%(clause)s。%(instead)s"
        ) % {
            "where": self.where,
            "path": self.path,
            "what": self.rule.what,
            "read": self.read,
            "document": DOCUMENT,
            "number": self.clause.number,
            "clause": self.clause.text,
            "instead": self.rule.instead,
        }

    def as_json(self) -> dict[str, str | int]:
        return {
            "level": self.level,
            "code": self.code,
            "clause": self.clause.number,
            "where": self.where,
            "path": self.path,
            "read": self.read,
            "text": str(self),
        }


def only_refused(found: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """Those that stop a configuration; the others only ask to think again."""
    return tuple(one for one in found if one.level == "refuse")


def in_words(path: Path) -> str:
    """("forms", 0, "label") → forms[0].label"""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of the path, or of the nearest thing above it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def shortened(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_READ else f"{text[:LONGEST_READ]}…"
