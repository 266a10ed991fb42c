"""Every threshold and every date of every policy: exactly on it, one step below, one step above.

For each comparison in a policy file one fact is moved until both sides are equal, to the fen. The
engine must then answer as the operator reads in the text, there and one step of the fact to either
side, and every clause of the policy must come out as a second, plain reading of the file says.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import product
from math import floor
from typing import Any

import pytest
from tests.policies_data.plain_reading import (
    OPERATORS,
    Facts,
    Known,
    PlainReading,
    below,
    clauses,
    expressions,
    tree_of,
)

from lianshang.core.code_tables import code_tables
from lianshang.core.policy_files import default_folder, read_policies, read_yaml
from lianshang.engines.rules import (
    Catalogue,
    CompiledPolicy,
    State,
    Value,
    policy_from_mapping,
    version_in_force,
)
from lianshang.engines.rules.catalogue import Quantity
from lianshang.engines.rules.check import days_to_check
from lianshang.engines.rules.closures import compile_nodes
from lianshang.engines.rules.language import syntax
from lianshang.engines.rules.meaning import truth
from lianshang.engines.rules.scope import Scope

CATALOGUE = Catalogue.from_mapping(read_yaml(default_folder() / "catalogue.yaml"), code_tables())
MAPPINGS = {file.mapping["id"]: file.mapping for file in read_policies(default_folder())}
EPOCH = date(1970, 1, 1).toordinal()
SCALES = (0, 10**6, 3 * 10**7, 10**8)  # of money, in 元
every_policy = pytest.mark.parametrize("policy_id", sorted(MAPPINGS))

# Comparisons of points: they jump, no fact moves them step by step. What makes them jump is
# compared elsewhere in the same file and tested there; the marks themselves have worked cases.
JUMPS = frozenset({"score", "points_by_sales", "points_by_cost"})


@dataclass(frozen=True)
class Probe:
    """A firm at −1, 0 or 1 steps from where a comparison turns."""

    comparison: syntax.Comparison
    side: int
    facts: Facts


class Bench:
    """One policy on one day, with firms to try it on."""

    def __init__(self, policy_id: str, day: date) -> None:
        self.mapping, self.day = MAPPINGS[policy_id], day
        policy = policy_from_mapping(self.mapping)
        scope = Scope(policy, CATALOGUE, day)
        self.compiled = CompiledPolicy(policy, CATALOGUE, day)
        trees = [part for text in expressions(self.mapping) for part in below(tree_of(text))]
        found = [part for part in trees if isinstance(part, syntax.Comparison)]
        self.comparisons = [one for one in dict.fromkeys(found) if self._movable(one)]
        nodes = [truth(one, scope.resolve) for one in self.comparisons]
        self.engine = compile_nodes(nodes)
        named = {part.name for part in trees if isinstance(part, syntax.Name) and not part.owner}
        keys = {table["key"] for table in self.mapping.get("tables", {}).values()}
        facts = {item["fact"] for item in self.mapping.get("items", {}).values() if "fact" in item}
        self.variables = sorted((named | keys | facts) & set(CATALOGUE.variables))
        self.codes = {
            name: self._codes(name, trees) for name in self.variables if quantity(name).codes
        }

    def fixed(self, comparison: syntax.Comparison) -> bool:
        """Whether the threshold is the same for every firm: once is enough then."""
        right = comparison.right
        given = isinstance(right, syntax.Name) and right.name in self.mapping.get("parameters", {})
        return given or isinstance(right, syntax.Number | syntax.Day)

    def _movable(self, comparison: syntax.Comparison) -> bool:
        return any(self._sources(part) for part in below(comparison))

    def _sources(self, part: syntax.Expression) -> set[str]:
        """The numbers and days that move an expression."""
        if not isinstance(part, syntax.Name) or part.owner or part.name in JUMPS:
            return set()
        if part.name in self.mapping.get("let", {}):
            text = self.mapping["let"][part.name]["expr"]
            return set().union(*map(self._sources, below(tree_of(text))))
        moves = part.name in CATALOGUE.variables and quantity(part.name).type in ("number", "date")
        return {part.name} if moves else set()

    def _codes(self, name: str, trees: list[syntax.Expression]) -> list[str]:
        """The codes that the policy tells apart, and one that it does not name."""
        known = list(quantity(name).codes)
        tables = [t for t in self.mapping.get("tables", {}).values() if t["key"] == name]
        if tables:
            return list(tables[0]["rows"])
        written = {part.value for part in trees if isinstance(part, syntax.Code)}
        written |= {
            one.value
            for part in trees
            if isinstance(part, syntax.In)
            for one in part.options
            if isinstance(one, syntax.Code)
        }
        others = [code for code in known if code not in written]
        return [code for code in known if code in written][:3] + others[:1]

    def firms(self) -> Iterator[dict[str, Known]]:
        """Firms of several sizes, with each combination of codes."""
        for scale, chosen in product(SCALES, product(*self.codes.values())):
            codes: dict[str, Known] = dict(zip(self.codes, chosen, strict=True))
            yield {
                name: codes[name] if name in codes else usual(quantity(name), scale)
                for name in self.variables
            }

    def probes(self, comparison: syntax.Comparison, firm: Facts) -> list[Probe]:
        """Firms around the point where this comparison turns, by moving one fact."""
        names = sorted(set().union(*map(self._sources, below(comparison))))
        rows: list[list[Probe]] = []
        for name in names:
            firms = [{**firm, name: value} for value in self._turning(comparison, firm, name)]
            sides = [self._side(comparison, facts) for facts in firms]
            row = [
                Probe(comparison, side, facts)
                for side, facts in zip(sides, firms, strict=True)
                if side is not None
            ]
            if {-1, 0, 1} <= set(sides):
                return row
            rows.append(row)
        return max(rows, key=lambda row: (len({probe.side for probe in row}), len(row)))

    def _turning(
        self, comparison: syntax.Comparison, firm: Facts, name: str
    ) -> tuple[Fraction, ...]:
        """The values of a fact at and beside equality; none where it is not reached."""
        step = Fraction(1, 10 ** quantity(name).scale)
        here = firm[name]
        assert isinstance(here, Fraction)
        for _ in range(4):  # a kink on the way needs another attempt
            there = here + step * 1000
            first = self._gap(comparison, {**firm, name: here})
            second = self._gap(comparison, {**firm, name: there})
            if first is None or second is None or first == second:
                return ()
            here = floor((here + first * (there - here) / (first - second)) / step) * step
            values = [value for value in (here - step, here, here + step) if fits(name, value)]
            sides = [self._side(comparison, {**firm, name: value}) for value in values]
            if 0 in sides or {-1, 1} <= set(sides):
                return tuple(values)
        return ()

    def _gap(self, comparison: syntax.Comparison, facts: Facts) -> Fraction | None:
        reading = PlainReading(self.mapping, self.day, facts)
        left, right = reading.value(comparison.left), reading.value(comparison.right)
        return None if left is None or right is None else left - right

    def _side(self, comparison: syntax.Comparison, facts: Facts) -> int | None:
        gap = self._gap(comparison, facts)
        return None if gap is None else (gap > 0) - (gap < 0)

    def wrong(self, probe: Probe) -> Iterator[str]:
        """Where the engine and the text differ about this firm."""
        encoded = {name: encode(name, value) for name, value in probe.facts.items()}
        index = self.comparisons.index(probe.comparison)
        expected = OPERATORS[probe.comparison.operator](probe.side, 0)
        if self.engine(encoded)[index] is not expected:
            yield f"{probe.comparison} at {probe.side}: {self.engine(encoded)[index]}"
        reading = PlainReading(self.mapping, self.day, probe.facts)
        states = self.compiled.evaluate(encoded).clauses
        for clause in clauses(self.mapping.get("require", {})):
            holds, state = reading.test(clause["when"]), states[clause["id"]]
            open_ = state in (State.NOT_KNOWN, State.NEEDS_PERSON)
            if holds is not (None if open_ else state is State.MET):
                yield f"{clause['id']} is {state.key}, read as {holds}: {probe.facts}"


@cache
def quantity(name: str) -> Quantity:
    return CATALOGUE.variables[name].quantity


def usual(what: Quantity, scale: int) -> Known:
    """A middling value of a quantity, the same in every year: growth begins at 0."""
    if what.truth:
        return True
    if what.type == "date":
        return Fraction(date(2024, 6, 1).toordinal())
    size = Fraction(4 + len(what.name) % 5)
    if str(what.dimension) == "元":
        size *= Fraction(scale, 100) if what.name.startswith("rd_") else scale
    elif str(what.dimension) == "项" and scale == SCALES[1]:
        size = Fraction(1)
    grain = 10**what.scale
    value = int(size * grain) + (what.least if what.least > size * grain else 0)
    return Fraction(min(value, max(what.most // 2, (what.least + what.most) // 2)), grain)


def encode(name: str, value: Known) -> Value:
    """As the engine holds it, worked out by hand."""
    what = quantity(name)
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return list(what.codes).index(value)
    return int(value) - EPOCH if what.type == "date" else int(value * 10**what.scale)


def fits(name: str, value: Fraction) -> bool:
    encoded = encode(name, value)
    assert encoded is not None
    return quantity(name).least <= encoded <= quantity(name).most


@every_policy
def test_every_threshold_at_it_and_one_step_to_either_side(policy_id: str) -> None:
    policy = policy_from_mapping(MAPPINGS[policy_id])
    unreached: list[str] = []
    for day in days_to_check(policy):
        bench = Bench(policy_id, day)
        seen: dict[syntax.Comparison, set[int]] = {one: set() for one in bench.comparisons}
        wrong: list[str] = []
        for firm in bench.firms():
            for comparison in bench.comparisons:
                if bench.fixed(comparison) and complete(comparison, seen[comparison]):
                    continue
                for probe in bench.probes(comparison, firm):
                    seen[comparison].add(probe.side)
                    wrong += bench.wrong(probe)
        assert wrong == []
        unreached += [str(one) for one, sides in seen.items() if not complete(one, sides)]
    assert unreached == []


def complete(comparison: syntax.Comparison, sides: set[int]) -> bool:
    """All three positions; at the end of what a fact can be, the two that exist."""
    zero = isinstance(comparison.right, syntax.Number) and comparison.right.value == 0
    return sides == {-1, 0, 1} or (zero and sides == {0, 1})


@every_policy
def test_both_ends_of_every_validity(policy_id: str) -> None:
    written: Mapping[str, Any] = MAPPINGS[policy_id]
    policy = policy_from_mapping(written)
    family = [
        policy_from_mapping(one)
        for one in MAPPINGS.values()
        if family_of(one) == family_of(written)
    ]
    one_day = timedelta(days=1)
    first, last = written["valid"]["from"], written["valid"]["until"]
    days = [(first, True), (first - one_day, False)]
    days += [(last, True), (last + one_day, False)] if last else [(date(2199, 12, 31), True)]
    for day, holds in days:
        assert policy.in_force(day) is holds, day
        version = version_in_force(family, day)
        assert (version is not None and version.id == policy_id) is holds, day
    for day in (first, last or date(2199, 12, 31)):
        assert CompiledPolicy(policy, CATALOGUE, day).program.day == day  # every number has a value


@every_policy
def test_both_ends_of_every_window(policy_id: str) -> None:
    written = MAPPINGS[policy_id].get("windows", [])
    windows = policy_from_mapping(MAPPINGS[policy_id]).windows
    assert len(windows) == len(written)
    for window, text in zip(windows, written, strict=True):
        one_day = timedelta(days=1)
        inside, outside = (
            (text["from"], text["until"]),
            (text["from"] - one_day, text["until"] + one_day),
        )
        assert [window.period.covers(day) for day in (*inside, *outside)] == [
            True,
            True,
            False,
            False,
        ]


def family_of(mapping: Mapping[str, Any]) -> str:
    return str(mapping.get("family", mapping["id"]))
