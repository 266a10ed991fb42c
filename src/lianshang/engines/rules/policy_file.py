"""Read a policy file into a `Policy`."""

from collections.abc import Mapping
from typing import Any, Literal, cast

from .language.units import Unit, parse_unit
from .materials import materials_of, proofs_of
from .payments import installment
from .policy import (
    CHANGES,
    CHANNELS,
    KINDS,
    LEVELS,
    SOURCE_KINDS,
    Assumption,
    Benefit,
    Bracket,
    ClassRule,
    Clause,
    Dispute,
    Group,
    Item,
    Let,
    Parameter,
    Period,
    Policy,
    Score,
    Source,
    Stacking,
    Table,
    Window,
)
from .problems import ExpressionError, PolicyError, Problem
from .reading import Section

_FIELDS = (
    "id", "family", "name", "note", "issuer", "level", "kind", "channel", "valid", "confirm",
    "sources", "parameters", "assume", "tables", "let", "scores", "items", "require", "classes",
    "benefit", "stacking", "disputes", "office", "deadline", "materials", "windows",
)  # fmt: skip
_GROUPS = ("all", "any", "at_least")


def policy_from_mapping(mapping: Mapping[str, Any]) -> Policy:
    """Read one loaded policy file; raises PolicyError with every structural fault."""
    problems: list[Problem] = []
    policy_id = str(mapping.get("id", ""))
    top = Section(mapping, "", problems, policy=policy_id)
    top.only(*_FIELDS)
    policy = _policy(top)
    if problems:
        raise PolicyError(problems)
    return policy


def _policy(top: Section) -> Policy:
    return Policy(
        id=top.text("id"),
        family=top.text("family", required=False) or top.text("id"),
        name=top.label("name"),
        note=top.label("note", required=False),
        issuer=top.label("issuer"),
        level=top.choice("level", LEVELS),
        kind=top.choice("kind", KINDS),
        channel=top.choice("channel", CHANNELS),
        valid=_period(top.section("valid")),
        confirm=top.flag("confirm"),
        sources={name: _source(s) for name, s in top.sections("sources")},
        parameters={name: _parameter(name, s) for name, s in top.sections("parameters")},
        assume=tuple(_assumption(name, s) for name, s in top.sections("assume")),
        tables={name: _table(name, s) for name, s in top.sections("tables")},
        lets={name: _let(name, s) for name, s in top.sections("let")},
        scores={name: _score(name, s) for name, s in top.sections("scores")},
        items={name: _item(name, s) for name, s in top.sections("items")},
        require=_tree(top) if top.has("require") else Group("all", ()),
        classes=tuple(_class(s) for _, s in top.sections("classes")),
        benefit=_benefit(top.section("benefit")) if top.has("benefit") else None,
        stacking=_stacking(top.section("stacking")) if top.has("stacking") else None,
        disputes=tuple(_dispute(s) for _, s in top.sections("disputes")),
        office=top.label("office", required=False),
        deadline=top.label("deadline", required=False),
        materials=materials_of(top),
        proofs=proofs_of(top),
        windows=tuple(_window(s) for _, s in top.sections("windows")),
    )


def _window(section: Section) -> Window:
    section.only("from", "until", "source")
    return Window(_days(section), section.text("source", required=False))


def _period(section: Section) -> Period:
    section.only("from", "until")
    return _days(section)


def _days(section: Section) -> Period:
    period = Period(section.day("from", required=False), section.day("until", required=False))
    if period.start and period.end and period.end < period.start:
        section.problem("dates", "The period ends before it starts.")
    return period


def _source(section: Section) -> Source:
    section.only("document", "title", "level", "url", "kind", "date")
    return Source(
        document=section.text("document"),
        title=section.label("title", required=False),
        level=section.text("level", required=False),
        url=section.text("url", required=False),
        kind=section.choice("kind", SOURCE_KINDS, "") if section.has("kind") else "",
        date=str(section.data.get("date") or ""),
    )


def _unit(section: Section, text: object, at: str) -> Unit:
    try:
        return parse_unit(str(text), multiples=True)
    except ExpressionError as error:
        section.problem(error.problem.code, error.problem.what, error.problem.hint, at=at)
        return parse_unit("1", multiples=False)


def _parameter(name: str, section: Section) -> Parameter:
    section.only("label", "unit", "source", "values")
    values = []
    for _, dated in section.sections("values"):
        dated.only("from", "value")
        start, value = dated.day("from"), dated.number("value")
        if start and value is not None:
            values.append((start, value))
    if not values:
        section.problem("missing-field", "'values' is missing.", "Give [{from: …, value: …}].")
    return Parameter(
        name=name,
        label=section.label("label"),
        unit=_unit(section, section.data.get("unit"), "unit"),
        source=section.text("source", required=False),
        values=tuple(sorted(values)),
    )


def _assumption(name: str, section: Section) -> Assumption:
    section.only("value", "source", "reason")
    return Assumption(
        variable=name,
        value=section.data.get("value"),
        source=section.text("source", required=False),
        reason=section.label("reason"),
    )


def _table(name: str, section: Section) -> Table:
    section.only("key", "source", "columns", "rows")
    columns = section.section("columns")
    rows = {}
    for code, row in section.sections("rows"):
        row.only(*columns.data)
        rows[code] = {column: row.number(column) or 0 for column in columns.data if row.has(column)}
    return Table(
        name=name,
        key=section.text("key"),
        source=section.text("source", required=False),
        columns={c: _unit(columns, unit, c) for c, unit in columns.data.items()},
        rows=cast("Any", rows),
    )


def _let(name: str, section: Section) -> Let:
    section.only("label", "expr")
    return Let(name, section.label("label"), section.expression("expr") or "")


def _score(name: str, section: Section) -> Score:
    section.only("label", "cap", "items", "sum")
    if not section.has("items") and not section.has("sum"):
        section.problem("missing-field", "A score adds `items` or, with `sum`, other scores.")
    return Score(
        name=name,
        label=section.label("label"),
        cap=section.whole("cap") if section.has("cap") else None,
        items=section.words("items"),
        sums=section.words("sum"),
    )


def _item(name: str, section: Section) -> Item:
    section.only("label", "source", "expert", "fact", "brackets")
    expert = _points(section, "expert") if section.has("expert") else None
    brackets = tuple(_bracket(s) for _, s in section.sections("brackets"))
    if (expert is None) == (not brackets):
        section.problem("structure", "An item has either `expert` points or `brackets`.")
    if brackets and [b.when is None for b in brackets] != [False] * (len(brackets) - 1) + [True]:
        section.problem(
            "structure", "The last bracket, and only it, is an else.", "End with {else: 0}."
        )
    return Item(
        name=name,
        label=section.label("label"),
        source=section.text("source", required=False),
        expert=expert,
        fact=section.text("fact", required=False),
        brackets=brackets,
    )


def _bracket(section: Section) -> Bracket:
    section.only("when", "points", "else")
    if "else" in section.data:
        return Bracket(None, *_points(section, "else"))
    return Bracket(section.expression("when"), *_points(section, "points"))


def _points(section: Section, key: str) -> tuple[int, int]:
    """One whole number of points, or [lowest, highest]."""
    value = section.data.get(key)
    pair = list(value) if isinstance(value, list | tuple) else [value, value]
    low, high = pair if len(pair) == 2 else (None, None)
    if type(low) is int and type(high) is int and low <= high:
        return low, high
    section.problem("structure", f"Expected points, found {value!r}.", "Write 5 or [5, 6].", at=key)
    return 0, 0


def _tree(top: Section) -> Group:
    branch = _branch(top.section("require"))
    return branch if isinstance(branch, Group) else Group("all", (branch,))


def _branch(section: Section) -> Clause | Group:
    kinds = [kind for kind in _GROUPS if kind in section.data]
    if not kinds:
        return _clause(section)
    kind = cast("Literal['all', 'any', 'at_least']", kinds[0])
    section.only(kind)
    if kind != "at_least":
        return Group(kind, tuple(_branch(s) for _, s in section.sections(kind)))
    below = section.section(kind)
    below.only("n", "of")
    return Group(kind, tuple(_branch(s) for _, s in below.sections("of")), below.whole("n"))


def _clause(section: Section) -> Clause:
    section.only("id", "label", "source", "change", "when")
    return Clause(
        id=section.text("id"),
        label=section.label("label"),
        source=section.text("source", required=False),
        change=section.choice("change", CHANGES, "firm"),
        when=section.expression("when") or "",
    )


def _class(section: Section) -> ClassRule:
    section.only("code", "label", "when")
    return ClassRule(
        code=section.text("code"),
        label=section.label("label"),
        when=section.expression("when", required=False),
    )


def _benefit(section: Section) -> Benefit:
    section.only("label", "amount", "per", "schedule")
    return Benefit(
        label=section.label("label"),
        amount=section.expression("amount", required=False),
        per=section.choice("per", ("year", "once"), "once"),
        schedule=tuple(installment(s) for _, s in section.sections("schedule")),
    )


def _stacking(section: Section) -> Stacking:
    section.only("group", "rule")
    return Stacking(section.text("group"), section.choice("rule", ("highest",), "highest"))


def _dispute(section: Section) -> Dispute:
    section.only("id", "text", "when")
    return Dispute(
        id=section.text("id"),
        text=section.label("text"),
        when=section.expression("when", required=False),
    )
