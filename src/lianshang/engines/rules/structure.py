"""Faults of a policy that show without its expressions: names, sources, trees, tables."""

from collections import Counter
from collections.abc import Iterator
from math import comb

from .building import MOST_COMBINATIONS
from .catalogue import Catalogue
from .columns import RESERVED
from .materials import material_problems
from .payments import schedule_problems
from .policy import Clause, Group, Policy
from .problems import Problem, did_you_mean


def structural_problems(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    yield from _names(policy, catalogue)
    yield from _sources(policy)
    yield from _clauses(policy)
    yield from _tree(policy.require, "require")
    yield from _classes(policy)
    yield from _tables(policy, catalogue)
    yield from _facts(policy, catalogue)
    yield from schedule_problems(policy)
    yield from material_problems(policy, catalogue)
    yield from _windows(policy)


def _names(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    """A name means one thing only."""
    kinds = {
        "parameters": policy.parameters,
        "let": policy.lets,
        "tables": policy.tables,
        "scores": policy.scores,
        "items": policy.items,
    }
    taken = dict.fromkeys(catalogue.variables, "a quantity of the catalogue")
    taken["score"] = "a word of the language"
    for kind, names in kinds.items():
        for name in names:
            path = f"{kind}.{name}"
            if not (name.isascii() and name.isidentifier()):
                hint = "Use letters, digits and _, starting with a letter."
                yield Problem("name", f"'{name}' is not a name.", hint, path)
            if kind in ("scores", "items"):
                continue
            if name in taken:
                yield Problem("name", f"'{name}' is also {taken[name]}.", "Rename it.", path)
            taken[name] = f"under {kind}"


def _sources(policy: Policy) -> Iterator[Problem]:
    """Every clause, parameter, item and table names a document under `sources`."""
    if not policy.sources:
        yield Problem("source", "There is no source.", "Name the documents.", "sources")
    named = [(f"require.{path}", clause.source) for path, clause in policy.require.clauses()]
    named += [(f"parameters.{p.name}", p.source) for p in policy.parameters.values()]
    named += [(f"items.{item.name}", item.source) for item in policy.items.values()]
    named += [(f"tables.{table.name}", table.source) for table in policy.tables.values()]
    named += [(f"windows[{n}]", window.source) for n, window in enumerate(policy.windows)]
    named += [(f"assume.{a.variable}", a.source) for a in policy.assume]
    for path, source in named:
        if not policy.references(source):
            what = f"'{source}' names no document of `sources`." if source else "No source."
            hint = f"Start with one of {', '.join(policy.sources)}, then the article."
            yield Problem("source", what, hint, path)


def _clauses(policy: Policy) -> Iterator[Problem]:
    counts = Counter(clause.id for clause in policy.clauses)
    for path, clause in policy.require.clauses():
        if clause.id in RESERVED:
            hint = "It names a column of every answer."
            what = f"A clause cannot be called '{clause.id}'."
            yield Problem("name", what, hint, f"require.{path}")
        if counts[clause.id] > 1:
            hint = "Results are kept by clause id."
            what = f"Two clauses are called '{clause.id}'."
            yield Problem("duplicate", what, hint, f"require.{path}")


def _tree(group: Group, path: str) -> Iterator[Problem]:
    count = len(group.branches)
    if not count and path != "require":
        yield Problem("structure", "This group has no clause.", "", f"{path}.{group.kind}")
    if group.kind == "at_least" and not 1 <= group.n <= count:
        what = f"At least {group.n} of {count} makes no sense."
        yield Problem("structure", what, f"n is between 1 and {count}.", f"{path}.at_least.n")
    elif group.kind == "at_least" and comb(count, group.n) > MOST_COMBINATIONS:
        what = f"There are {comb(count, group.n)} ways to choose {group.n} of {count}."
        yield Problem("structure", what, "Group the clauses.", f"{path}.at_least")
    below = f"{path}.{group.kind}{'.of' if group.kind == 'at_least' else ''}"
    for index, branch in enumerate(group.branches):
        if not isinstance(branch, Clause):
            yield from _tree(branch, f"{below}[{index}]")


def _classes(policy: Policy) -> Iterator[Problem]:
    if (policy.kind == "classification") != bool(policy.classes):
        what = "A classification, and nothing else, has classes."
        yield Problem("structure", what, "", "classes")
    if not policy.require.branches and not policy.classes:
        yield Problem("structure", "There is no clause.", "Give `require`.", "require")
    tested = [rule.when is not None for rule in policy.classes]
    if tested and tested != [True] * (len(tested) - 1) + [False]:
        what = "The last class, and only it, has no test."
        yield Problem("structure", what, "It holds when no other does.", "classes")


def _tables(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    for table in policy.tables.values():
        variable = catalogue.variables.get(table.key)
        if variable is None or variable.quantity.type != "code":
            hint = did_you_mean(table.key, catalogue.variables)
            what = f"'{table.key}' is no quantity of codes."
            yield Problem("unknown-name", what, hint, f"tables.{table.name}.key")
            continue
        for code in table.rows:
            if code not in variable.quantity.codes:
                hint = did_you_mean(code, variable.quantity.codes)
                what = f"'{code}' is not a code of {table.key}."
                yield Problem("unknown-code", what, hint, f"tables.{table.name}.rows")


def _facts(policy: Policy, catalogue: Catalogue) -> Iterator[Problem]:
    for assumption in policy.assume:
        path = f"assume.{assumption.variable}"
        try:
            if catalogue.encode(assumption.variable, assumption.value) is None:
                yield Problem("assume", "No value is given.", "", path)
        except ValueError as error:
            yield Problem("assume", f"{error}.", "", path)
    for item in policy.items.values():
        if item.fact and item.fact in catalogue.variables and item.fact not in catalogue.judged:
            what = f"'{item.fact}' is not marked `expert: true` in the catalogue."
            yield Problem("fact", what, "Points are given by a person.", f"items.{item.name}.fact")


def _windows(policy: Policy) -> Iterator[Problem]:
    """A window has two days and lies within the validity of the policy."""
    for index, window in enumerate(policy.windows):
        path, period = f"windows[{index}]", window.period
        if period.start is None or period.end is None:
            yield Problem("dates", "A window has a first and a last day.", "", path)
        elif not (policy.valid.covers(period.start) and policy.valid.covers(period.end)):
            hint = "Put the days after it in the next version."
            what = "This window reaches beyond the validity of the policy."
            yield Problem("dates", what, hint, path)
