"""What a sheet of an office is: a heading, columns, and the rows it has about one actor."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

from lianshang.cli.demo.actors import Actor, actor_random
from lianshang.cli.demo.books import Figures
from lianshang.cli.demo.books.values import Entries, Value

Cell = str | int | float | date | None
CODE, NAME = "credit_code", "name"  # columns of identity
NOTHING = ("", "", "", "-", "/", "—")  # how people leave a cell empty


@dataclass(frozen=True, slots=True)
class Case:
    """What an office knows of one actor when it writes its rows."""

    figures: Figures
    random: Random  # its slips of the pen
    today: date
    seed: int

    @property
    def actor(self) -> Actor:
        return self.figures.actor

    def takes_part(self, topic: str, share: float) -> bool:
        """Whether this actor is among the share that a topic reaches: the same in every office."""
        drawn = actor_random(self.seed, self.actor.index, topic).random()
        return self.actor.is_demo_firm or drawn < share

    @property
    def last_year(self) -> int:
        """The last completed year."""
        return self.today.year - 1


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it means, and how the office writes it.

    `target` is a code of the catalogue or a column of the register; `year` is there where the
    heading names one; `unit` is what the heading says (万元, 千元 …).
    """

    header: str
    target: str
    write: Callable[[Value], Cell] = str
    missing: float = 0.0
    unit: str = ""
    year: int | None = None

    @property
    def key(self) -> str:
        """Under which a row holds its value."""
        return self.target if self.year is None else f"{self.target}@{self.year}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it goes into one import."""

    name: str
    register: str  # which register of the program it goes into
    source: str  # code of policies/sources.yaml; empty where the register has no sources
    columns: tuple[Column, ...]
    rows: Callable[[Case], Iterable[Entries]]
    titles: tuple[str, ...] = ()  # lines above the heading
    groups: tuple[tuple[str, int], ...] = ()  # merged cells over the heading: text, width
    last_rows: Callable[[], Iterable[Entries]] = tuple
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def header_row(self) -> int:
        """As the spreadsheet counts."""
        return len(self.titles) + (1 if self.groups else 0) + 1


@dataclass(frozen=True, slots=True)
class Workbook:
    """One file of one office."""

    file_name: str
    sheets: tuple[Sheet, ...]


def identity(case: Case, *, code_share: float = 1.0, former: bool = False) -> Entries:
    """Code and name as this office writes them; `former` uses the old name where there was one."""
    actor = case.actor
    with_code = case.random.random() < code_share
    name = actor.former_name if former and actor.former_name else actor.name
    return {CODE: actor.credit_code if with_code else "", NAME: name}


def cell(column: Column, row: Entries, random: Random, *, is_careful: bool) -> Cell:
    """What stands in the cell; a missing value is left empty in one of the usual ways."""
    value = row.get(column.key)
    if value is None:
        return None
    if column.missing and not is_careful and random.random() < column.missing:
        return random.choice(NOTHING) or None
    return column.write(value)


def spread(case: Case, codes: Iterable[str], years: int) -> Entries:
    """Annual values in one row: code@year → value, for the last completed years."""
    return {
        f"{code}@{year}": case.figures.annual[year][code]
        for year in list(case.figures.annual)[:years]
        for code in codes
        if code in case.figures.annual[year]
    }
