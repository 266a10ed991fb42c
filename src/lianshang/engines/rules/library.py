"""Check policies together: versions of one family, and titles that wait for each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from . import nodes
from .building import Builder
from .catalogue import Catalogue
from .check import check_policy, days_to_check
from .nodes import Truth
from .policy import Clause, Policy
from .problems import ExpressionError, Problem
from .scope import Scope

Needs = dict[str, set[str]]  # family → families it waits for


def check_library(policies: Iterable[Policy], catalogue: Catalogue) -> list[Problem]:
    """Every policy by itself, then all of them together."""
    library = list(policies)
    problems = [problem for policy in library for problem in check_policy(policy, catalogue)]
    problems += _duplicates(library)
    problems += _overlaps(library)
    problems += _circles(library, catalogue)
    problems += _titles(library, catalogue)
    return problems


def check_addition(policy: Policy, others: Iterable[Policy], catalogue: Catalogue) -> list[Problem]:
    """One policy by itself, then among others that were checked before: without doing them again.

    Only a family that grants a title or gives a result can close a circle.
    """
    library = list(others)
    problems = check_policy(policy, catalogue)
    if any(problem.severity == "error" for problem in problems):
        return problems
    versions = [one for one in library if policy.family == one.family or policy.id == one.id]
    problems += _duplicates([*versions, policy])
    problems += _overlaps([one for one in versions if one.family == policy.family] + [policy])
    results = {quantity.result_of for quantity in catalogue.quantities.values()}
    if policy.family in results | set(catalogue.titles):
        problems += _circles([*library, policy], catalogue)
    return problems


def _duplicates(library: list[Policy]) -> Iterator[Problem]:
    seen: set[str] = set()
    for policy in library:
        if policy.id in seen:
            yield Problem("duplicate", "Two policies have this id.", "", "id", policy.id)
        seen.add(policy.id)


def _overlaps(library: list[Policy]) -> Iterator[Problem]:
    families = defaultdict(list)
    for policy in library:
        families[policy.family].append(policy)
    for versions in families.values():
        for one, other in combinations(versions, 2):
            if one.valid.overlaps(other.valid):
                what = f"On some days both this and {other.id} hold."
                hint = "End the older version on the day before the newer begins."
                yield Problem("overlap", what, hint, "valid", one.id)


def _circles(library: list[Policy], catalogue: Catalogue) -> Iterator[Problem]:
    """Families that wait for each other: for a title all must hold first, or for a result."""
    titles: Needs = defaultdict(set)
    results: Needs = defaultdict(set)
    for policy in library:
        titles[policy.family] |= set(_required_titles(policy, catalogue))
        results[policy.family] |= set(_asked_results(policy, catalogue))
    for policy in library:
        for needs, what, hint in (
            (titles, "Each of these needs the title of the next", "Nobody could ever enter."),
            (results, "Each of these asks for the result of the next", "Evaluate one from facts."),
        ):
            trail = _circle(policy.family, needs)
            if trail and min(trail) == policy.family:
                told = f"{what}: {' → '.join(trail)}."
                yield Problem("cycle", told, hint, "require", policy.id)


def _asked_results(policy: Policy, catalogue: Catalogue) -> Iterator[str]:
    """Families whose result this policy takes as a fact."""
    program = Builder(Scope(policy, catalogue, days_to_check(policy)[0])).program()
    for name in program.variables:
        if family := catalogue.variables[name].quantity.result_of:
            yield family


def _circle(start: str, needs: Needs) -> list[str]:
    trails = [[start]]
    seen: set[str] = set()
    while trails:
        trail = trails.pop()
        for family in sorted(needs.get(trail[-1], ())):
            if family == start:
                return [*trail, start]
            if family not in seen:
                seen.add(family)
                trails.append([*trail, family])
    return []


def _required_titles(policy: Policy, catalogue: Catalogue) -> Iterator[str]:
    """Families whose title every applicant must hold."""
    if policy.require.kind != "all":
        return
    scope = Scope(policy, catalogue, days_to_check(policy)[0])
    for branch in policy.require.branches:
        if isinstance(branch, Clause):
            try:
                value = scope.truth(branch.when)
            except ExpressionError:
                continue
            for part in value.items if isinstance(value, nodes.Conjunction) else (value,):
                yield from _granting(part, catalogue)


def _granting(part: Truth, catalogue: Catalogue) -> Iterator[str]:
    if isinstance(part, nodes.Flag):
        quantity = catalogue.variables[part.name].quantity
        if quantity.type == "title":
            yield quantity.policy


def _titles(library: list[Policy], catalogue: Catalogue) -> Iterator[Problem]:
    families = {policy.family for policy in library}
    for family, title in catalogue.titles.items():
        if family not in families:
            what = f"No policy of the family '{family}' grants {title}."
            yield Problem("title", what, "Write it, or correct `policy`.", title, "", "warning")
    for quantity in catalogue.quantities.values():
        if quantity.result_of and quantity.result_of not in families:
            what = f"No policy of the family '{quantity.result_of}' gives {quantity.name}."
            hint = "Write it, or correct `result_of`."
            yield Problem("result", what, hint, quantity.name, "", "warning")
