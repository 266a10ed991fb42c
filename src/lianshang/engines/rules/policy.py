"""A policy as written: one version of one measure, with its sources and dated parameters."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from .language.units import Unit
from .reading import Label

LEVELS = ("national", "province", "city", "zone")
KINDS = ("title", "tax_relief", "grant", "classification")
CHANNELS = ("automatic", "fast", "application", "self_assessed")
SOURCE_KINDS = ("", "official", "copy", "consultancy", "media", "blog", "dataset")
CHANGES = ("firm", "document", "fixed", "expert")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from and until, both included; None is open."""

    start: date | None
    end: date | None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def overlaps(self, other: "Period") -> bool:
        starts_in_time = self.start is None or other.end is None or self.start <= other.end
        return starts_in_time and (
            other.start is None or self.end is None or other.start <= self.end
        )


@dataclass(frozen=True, slots=True)
class Source:
    """A document that a policy rests on. `level` says how far the text was verified, `kind` what
    kind of page was read, `date` the date as printed ("n.d." where there was none).
    """

    document: str
    title: Label
    level: str
    url: str
    kind: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class SourceReference:
    """A place in a document."""

    source: Source
    article: str

    def __str__(self) -> str:
        return f"{self.source.document} {self.article}".rstrip()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number set by a document; its values are dated, the newest not after the day holds."""

    name: str
    label: Label
    unit: Unit
    source: str
    values: tuple[tuple[date, Fraction], ...]  # in the written unit, oldest first

    def at(self, day: date) -> Fraction | None:
        """The value in base units on a day."""
        current = [value for start, value in self.values if start <= day]
        return current[-1] * self.unit.factor if current else None


@dataclass(frozen=True, slots=True)
class Assumption:
    """The value a fact counts as while it is not known; always shown to the reader."""

    variable: str
    value: Any
    source: str
    reason: Label


@dataclass(frozen=True, slots=True)
class Table:
    """Parameters keyed by the code of one quantity."""

    name: str
    key: str
    source: str
    columns: Mapping[str, Unit]
    rows: Mapping[str, Mapping[str, Fraction]]


@dataclass(frozen=True, slots=True)
class Let:
    name: str
    label: Label
    expression: str


@dataclass(frozen=True, slots=True)
class Bracket:
    """Points from low to high where the test holds; the last bracket has no test."""

    when: str | None
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a score table: judged by an expert, or read off brackets."""

    name: str
    label: Label
    source: str
    expert: tuple[int, int] | None
    fact: str
    brackets: tuple[Bracket, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of items and of other scores, never above the cap."""

    name: str
    label: Label
    cap: int | None
    items: tuple[str, ...]
    sums: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition, with the article it comes from and who could change it."""

    id: str
    label: Label
    source: str
    change: str
    when: str


@dataclass(frozen=True, slots=True)
class Group:
    """All, any, or at least `n` of the branches below."""

    kind: Literal["all", "any", "at_least"]
    branches: tuple["Clause | Group", ...]
    n: int = 0

    def clauses(self) -> Iterator[tuple[str, Clause]]:
        """Every clause with its path below this group."""
        for index, branch in enumerate(self.branches):
            at = f"{self.kind}{'.of' if self.kind == 'at_least' else ''}[{index}]"
            if isinstance(branch, Clause):
                yield at, branch
            else:
                yield from ((f"{at}.{path}", clause) for path, clause in branch.clauses())


@dataclass(frozen=True, slots=True)
class ClassRule:
    """One class of a classification; the last has no test."""

    code: str
    label: Label
    when: str | None


@dataclass(frozen=True, slots=True)
class Installment:
    """One payment of several: a share of the amount or a parameter, on a day or in the n-th year
    after the decision.
    """

    label: Label
    share: Fraction | None
    amount: str  # the name of a parameter; empty where `share` is given
    year_offset: int | None
    on: date | None
    condition: Label = field(default_factory=dict)  # what is looked at again before it is paid


@dataclass(frozen=True, slots=True)
class Benefit:
    label: Label
    amount: str | None  # an expression in 元
    per: str
    schedule: tuple[Installment, ...] = ()  # empty: paid at once


@dataclass(frozen=True, slots=True)
class Dispute:
    """A doubt that sources leave open, shown always or when its test holds."""

    id: str
    text: Label
    when: str | None


@dataclass(frozen=True, slots=True)
class Stacking:
    """Benefits of one group are not added: the highest counts."""

    group: str
    rule: str


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which a firm can apply, both included, and the document that says so."""

    period: Period
    source: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of a policy. Read it with `policy_from_mapping`."""

    id: str
    family: str
    name: Label
    note: Label
    issuer: Label
    level: str
    kind: str
    channel: str
    valid: Period
    confirm: bool
    sources: Mapping[str, Source]
    parameters: Mapping[str, Parameter]
    assume: tuple[Assumption, ...]
    tables: Mapping[str, Table]
    lets: Mapping[str, Let]
    scores: Mapping[str, Score]
    items: Mapping[str, Item]
    require: Group
    classes: tuple[ClassRule, ...]
    benefit: Benefit | None
    stacking: Stacking | None
    disputes: tuple[Dispute, ...]
    office: Label
    deadline: Label
    materials: tuple[Label, ...]
    windows: tuple[Window, ...] = ()
    proofs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # paper → quantities

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return tuple(clause for _, clause in self.require.clauses())

    def references(self, text: str) -> tuple["SourceReference", ...]:
        """The documents and articles that a `source` names, such as `d1 第三条；d2 附件1`."""
        found: list[SourceReference] = []
        for part in filter(None, re.split("[；;]", text)):
            key, article = _split_key(part.strip())
            known = self.sources.get(key) or (found[-1].source if found else None)
            if known is not None:
                found.append(SourceReference(known, article if key in self.sources else part))
        return tuple(found)

    def in_force(self, day: date) -> bool:
        return self.valid.covers(day)


def _split_key(text: str) -> tuple[str, str]:
    """`d1 第三条` as d1 and 第三条."""
    key = re.match(r"\w*", text, re.ASCII)
    length = key.end() if key else 0
    return text[:length], text[length:].strip()


def version_in_force(versions: Iterator[Policy] | list[Policy], day: date) -> Policy | None:
    """The version of a family that holds on a day."""
    return next((version for version in versions if version.in_force(day)), None)
