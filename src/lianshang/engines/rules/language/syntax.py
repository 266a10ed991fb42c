"""The expression tree: exactly what a policy may say, and nothing else."""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

Operator = Literal["=", "<>", "<", "<=", ">", ">="]
Sign = Literal["+", "-", "*"]
Which = Literal["smaller", "larger"]


@dataclass(frozen=True, slots=True)
class Name:
    """A quantity, parameter or let; with an owner a score (`score.total`) or a table's column."""

    name: str
    owner: str = ""
    at: int = field(default=0, compare=False)

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name


@dataclass(frozen=True, slots=True)
class Number:
    value: Fraction
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Code:
    value: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Day:
    value: date
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    operator: Sign
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Division:
    """`a / NULLIF(b, 0)` when guarded, else a division by a number that is never zero."""

    left: "Expression"
    right: "Expression"
    guarded: bool
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """`smaller(a, b)` or `larger(a, b)`; unknown when either side is."""

    which: Which
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Case:
    branches: tuple[tuple["Expression", "Expression"], ...]  # (test, value)
    otherwise: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    operator: Operator
    left: "Expression"
    right: "Expression"
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class In:
    value: "Expression"
    options: tuple[Number | Code | Day, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class IsNull:
    name: Name
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    items: tuple["Expression", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple["Expression", ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    item: "Expression"
    at: int = field(default=0, compare=False)


Expression = (
    Name
    | Number
    | Code
    | Day
    | Arithmetic
    | Division
    | Choice
    | Case
    | Comparison
    | In
    | IsNull
    | And
    | Or
    | Not
)
