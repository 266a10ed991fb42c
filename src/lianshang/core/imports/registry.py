"""Registers: what an app declares so that tables can be imported into it and exported from it.

An app's `registers` module makes one Register per table and registers it. The machinery here reads
files,
maps columns, keeps rows, runs jobs; the register knows what the rows mean.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lianshang.core.imports.choices import RowState, Severity
from lianshang.core.imports.parsers import Parser
from lianshang.core.imports.problems import Finding, Problem, shortened

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from lianshang.core.accounts.models import User
    from lianshang.core.imports.models import ImportBatch


@dataclass(frozen=True)
class Column:
    """One column of a register's table."""

    name: str
    label: str | Promise
    parse: Parser
    aliases: tuple[str, ...] = ()
    required: bool = False
    help: str | Promise = ""
    example: str = ""
    personal: bool = False


@dataclass(frozen=True)
class Target:
    """To which column of the register a column of the file goes, with its unit if it has
    several.
    """

    column: str
    unit: str = ""

    def as_json(self) -> dict[str, str]:
        return {"column": self.column, "unit": self.unit}


@dataclass(frozen=True)
class Choice:
    """A column that may be chosen when mapping; `units` are those it may be written in."""

    name: str
    label: str
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a person may say about a whole file: `kind` is "day", "year", "choice" or "flag"."""

    name: str
    label: str | Promise
    kind: str


@dataclass(slots=True)
class Row:
    """A row on its way into a register: what was read, what was understood, what is planned."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any]
    problems: list[Problem] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    subject: int | None = None
    planned: str = ""
    before: dict[str, list[Any]] | None = None
    pk: int | None = None
    state: str = RowState.READY
    letters: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # column → letter, header

    @property
    def is_refused(self) -> bool:
        return any(problem.is_error for problem in self.problems)

    def find(self, finding: Finding, column: str = "", read: str = "") -> None:
        """Note a problem of this row, at one of its columns if one is named."""
        letter, header = self.letters.get(column, ("", ""))
        if not any(one.code == finding.code and one.column == column for one in self.problems):
            self.problems.append(
                Problem(
                    finding.code,
                    finding.severity,
                    shortened(read or self.cells.get(column, "")),
                    column,
                    letter,
                    header,
                    parameters=dict(finding.parameters),
                )
            )

    def warn(self, code: str, column: str = "", read: str = "", **parameters: Any) -> None:
        self.find(Finding(code, Severity.WARNING, parameters), column, read)

    def refuse(self, code: str, column: str = "", read: str = "", **parameters: Any) -> None:
        self.find(Finding(code, Severity.ERROR, parameters), column, read)


class Session(ABC):
    """A register at work on one batch: matches, plans, writes and takes back rows, a chunk at a
    time.

    All methods are set-based: they get many rows and ask the database a fixed number of questions.
    """

    def __init__(self, batch: ImportBatch, actor: User | None) -> None:
        self.batch = batch
        self.actor = actor

    @abstractmethod
    def match(self, rows: Sequence[Row]) -> None:
        """Find each row's subject and keys; note what is wrong between its cells and the
        register.
        """

    @abstractmethod
    def plan(self, rows: Sequence[Row]) -> None:
        """Say what writing would do to each row (planned) and the values it would change
        (before).
        """

    @abstractmethod
    def write(self, rows: Sequence[Row]) -> None:
        """Write rows that were matched and planned in this transaction; set their subject and
        state.
        """

    def finish(self) -> None:
        """What is to be done when all rows are written."""
        return

    def begin_undo(self) -> None:
        """What is to be taken back at once, before the rows."""
        return

    @abstractmethod
    def undo(self, rows: Sequence[Row]) -> None:
        """Restore what the rows changed, unless somebody changed it since; set their state."""


@dataclass(frozen=True)
class Table:
    """An export: columns of the template's own names, rows of texts, and what was left out
    and why.
    """

    headers: Sequence[str]
    rows: Iterator[Sequence[Any]]
    notes: list[str]  # complete only when the rows have been read


class Register(ABC):
    """A table that can be imported and exported."""

    name: str
    label: str | Promise
    purpose: str | Promise
    subject_column: str  # the column that names a row in lists
    columns: tuple[Column, ...]
    # Of each group at least one column must be there.
    needed: tuple[tuple[str, ...], ...] = ()
    needs_source = False
    has_dynamic_columns = False
    questions: tuple[Question, ...] = ()
    # Fields of `before` that are not named as the columns are.
    change_labels: Mapping[str, str | Promise] = {}
    import_permission = "enterprises.import"
    export_permission = "enterprises.export"

    def column(self, target: Target) -> Column:
        """The column a target means; raises KeyError."""
        return next(one for one in self.columns if one.name == target.column)

    def recognise(self, parts: Sequence[str], table_unit: str) -> Target | None:
        """The dynamic column that a header means, its lines apart; static columns are tried
        first.
        """
        return None

    def choices(self, headers: Sequence[str]) -> list[Choice]:
        """Every column that may be mapped to, for these headers."""
        return [Choice(column.name, str(column.label)) for column in self.columns]

    def opened(self) -> Register:
        """This register with what it must know from the database, for one piece of work."""
        return self

    def column_problems(
        self, target: Target, chosen: Sequence[str], options: Mapping[str, Any]
    ) -> list[Finding]:
        """What is wrong with one choice, next to the other chosen columns (a missing unit or
        year).
        """
        return []

    def table_problems(
        self, targets: Sequence[Target], source: str, options: Mapping[str, Any]
    ) -> list[Finding]:
        """What is wrong with a choice of columns and settings as a whole."""
        return []

    def sources(self) -> list[tuple[str, str]]:
        """Code and name of the sources that values can come from."""
        return []

    def answers(self, question: str) -> list[tuple[str, str]]:
        """Value and label of the answers to a question of kind "choice"."""
        return []

    def template_columns(self) -> list[Column]:
        """The columns of the downloadable template."""
        return list(self.columns)

    @abstractmethod
    def session(self, batch: ImportBatch, actor: User | None) -> Session:
        """The register at work on a batch."""

    @abstractmethod
    def export(self, user: User | None, purpose: str) -> Table:
        """What the user (None: the operator of the machine) may see, used for the purpose."""

    @property
    def personal(self) -> frozenset[str]:
        return frozenset(column.name for column in self.columns if column.personal)


_registers: dict[str, Register] = {}


def register(one: Register) -> None:
    _registers[one.name] = one


def declared(name: str) -> Register:
    """The register of this name as its app declares it, without a look into the database."""
    return _registers[name]


def get(name: str) -> Register:
    """The register of this name, opened; raises KeyError."""
    return _registers[name].opened()


def registers() -> list[Register]:
    return list(_registers.values())
