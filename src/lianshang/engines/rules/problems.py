"""What can be wrong with a policy, said to the person who can put it right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: where it is, what is wrong and what to do next."""

    code: str  # stable key of the kind of finding, e.g. "unit-clash"
    what: str
    hint: str = ""
    path: str = ""  # e.g. require.all[2].when
    policy: str = ""  # id of the policy; empty: the catalogue or the whole library
    severity: Severity = "error"
    position: int | None = None  # character in the expression, counted from 0

    def __str__(self) -> str:
        place = ":".join(part for part in (self.policy, self.path) if part)
        column = "" if self.position is None else f" (character {self.position + 1})"
        return f"{self.severity}: {place}{column}: {self.what} {self.hint}".rstrip()


class PolicyError(ValueError):
    """A catalogue or policy that cannot be used, with every problem found in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class ExpressionError(ValueError):
    """One fault in one expression; `placed` turns it into a problem of a policy."""

    def __init__(self, code: str, what: str, hint: str = "", position: int | None = None) -> None:
        super().__init__(what)
        self.problem = Problem(code=code, what=what, hint=hint, position=position)

    def placed(self, *, policy: str, path: str) -> Problem:
        return replace(self.problem, policy=policy, path=path)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the closest known words, or nothing; one of the years of a quantity."""
    by_base: dict[str, str] = {}
    for close in get_close_matches(word, list(known), n=12, cutoff=0.6):
        by_base.setdefault(re.sub(r"_y\d+$", "", close), close)
    return f"Did you mean {' or '.join(list(by_base.values())[:3])}?" if by_base else ""
