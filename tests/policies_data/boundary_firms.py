"""Invented firms whose values lie on the bounds that policies set, and one step to either side.

A policy goes wrong at its bounds, so that is where the firms stand: a value compared with a
parameter is put on it, a ratio is put on its share by moving one of the values it is made of. Then
5 to 20 % of the values are forgotten. The first firms are extreme: nothing known, all smallest,
all largest.
"""

from collections.abc import Iterator, Mapping, Sequence
from random import Random

from lianshang.engines.rules import Catalogue, Value, nodes
from lianshang.engines.rules.closures import Function, compile_nodes
from lianshang.engines.rules.nodes import Compare, Truth
from lianshang.engines.rules.program import Program

Facts = dict[str, Value]
LANDINGS = 60  # comparisons that one firm is put on the bound of


class BoundaryFirms:
    """Draws firms that stand on the bounds of some programs."""

    def __init__(
        self, programs: Sequence[Program], catalogue: Catalogue, variables: Sequence[str]
    ) -> None:
        self.catalogue, self.variables = catalogue, variables
        outputs = [node for program in programs for node in program.outputs]
        found = list(nodes.walk(*outputs))
        bounds = [_Bound(node, catalogue) for node in found if isinstance(node, Compare)]
        self._bounds = [bound for bound in bounds if bound.names]
        self._listed: dict[str, list[int]] = {}
        for node in found:
            if isinstance(node, nodes.Among) and isinstance(node.of, nodes.Variable):
                self._listed.setdefault(node.of.name, []).extend(node.values)
        clauses = [clause.value for program in programs for clause in program.clauses.values()]
        self._wanted = {
            name: sign for clause in clauses for name, sign in _wanted(clause, sign=True)
        }

    def draw(self, count: int, seed: str) -> list[Facts]:
        """The firms of a seed."""
        return [*self._extremes(), *(self._firm(Random(f"{seed}/{i}")) for i in range(3, count))]

    def _extremes(self) -> Iterator[Facts]:
        quantities = {name: self.catalogue.variables[name].quantity for name in self.variables}
        yield {}
        yield {name: False if q.truth else q.least for name, q in quantities.items()}
        yield {name: True if q.truth else q.most for name, q in quantities.items()}

    def _firm(self, random: Random) -> Facts:
        scale, good = 10 ** random.uniform(4, 12), random.choice((0.5, 0.9, 0.98, 1.0))
        facts = {name: self._value(name, random, scale, good) for name in self.variables}
        for bound in random.choices(self._bounds, k=LANDINGS):
            self._land(facts, bound, random)
        forgotten = random.uniform(0.05, 0.20) if random.random() < 0.8 else 0.0
        return {name: value for name, value in facts.items() if random.random() >= forgotten}

    def _value(self, name: str, random: Random, scale: float, good: float) -> Value:
        """Money near the firm's scale, counts up to thousands, flags as clauses want them."""
        quantity = self.catalogue.variables[name].quantity
        if quantity.truth:
            return self._wanted.get(name, True) if random.random() < good else random.random() < 0.5
        if quantity.type in ("code", "date"):
            listed = self._listed.get(name)
            if listed and random.random() < 0.5:
                return random.choice(listed)
            return random.randint(quantity.least, quantity.most)
        if random.random() < 0.05:
            return random.choice((quantity.least, quantity.most))
        money = str(quantity.dimension) == "元"
        drawn = scale * 10 ** random.uniform(-2, 0.3) if money else 10 ** random.uniform(-0.5, 4)
        return min(max(int(drawn), quantity.least), quantity.most)

    def _land(self, facts: Facts, bound: "_Bound", random: Random) -> None:
        """Move one value so that both sides of a comparison become equal, or differ by little."""
        name = random.choice(bound.names)
        landing = bound.landing(facts, name)
        if landing is not None:
            quantity = self.catalogue.variables[name].quantity
            near = landing + random.choice((-1, 0, 0, 1))
            facts[name] = min(max(near, quantity.least), quantity.most)


class _Bound:
    """One comparison, and where each of its values would have to be for both sides to be equal."""

    def __init__(self, node: Compare, catalogue: Catalogue) -> None:
        below = [one.name for one in nodes.walk(node) if isinstance(one, nodes.Variable)]
        self.names = [name for name in below if catalogue.variables[name].quantity.type != "code"]
        self._sides: Function = compile_nodes([node.left, node.right])

    def landing(self, facts: Mapping[str, Value], name: str) -> int | None:
        """Exact where the sides are linear in this value; None where it does not matter."""
        here = int(facts[name] or 0)
        there = here + max(1, abs(here) // 8)
        first, second = (self._difference({**facts, name: value}) for value in (here, there))
        if first is None or second is None or first == second:
            return None
        return here + first * (there - here) // (first - second)

    def _difference(self, facts: Mapping[str, Value]) -> int | None:
        left, right = self._sides(facts)
        return None if left is None or right is None else left - right


def _wanted(truth: Truth, *, sign: bool) -> Iterator[tuple[str, bool]]:
    """The flags in a test, with the value that helps to meet it."""
    if isinstance(truth, nodes.Flag):
        yield truth.name, sign
    elif isinstance(truth, nodes.Negation):
        yield from _wanted(truth.of, sign=not sign)
    elif isinstance(truth, nodes.Conjunction | nodes.Disjunction):
        for item in truth.items:
            yield from _wanted(item, sign=sign)
