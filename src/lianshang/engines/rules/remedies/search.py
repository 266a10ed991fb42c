"""Looking for changes of facts that would turn a policy: cheapest first, a few at every place.

Whatever is found here is only a guess until it was evaluated; `remedies` does that.
"""

from collections.abc import Iterator
from itertools import islice, product

from lianshang.engines.rules import nodes
from lianshang.engines.rules.catalogue import Value
from lianshang.engines.rules.gaps import nearest
from lianshang.engines.rules.nodes import Truth
from lianshang.engines.rules.policy import Clause, Group

from .asking import Facts, Tests
from .guesses import guesses
from .moves import NOTHING, Kind, Move, Option, applied, cheapest, cost, merged

KEPT = 4  # options carried on at every place of the tree
STATES = 24  # partly filled score tables carried on
GUESSES = 4  # values tried where two facts have to change together


class Search:
    """The ways to turn one policy from the facts of one firm; only with `shrinking` may a ratio
    be met by a smaller denominator.
    """

    def __init__(self, tests: Tests, facts: Facts, *, shrinking: bool = False) -> None:
        self.tests, self.facts, self.shrinking = tests, facts, shrinking
        self.catalogue = tests.catalogue

    # The tree of clauses

    def ways(self, branch: Group | Clause, facts: Facts) -> list[Option]:
        """Options that make a branch hold from these facts."""
        if isinstance(branch, Clause):
            clause = self.tests.program.clauses[branch.id]
            return _Clause(self, branch).ways(clause.value, facts, wanted=True)
        if branch.kind == "any":
            found = [way for below in branch.branches for way in self.ways(below, facts)]
            return cheapest(found, KEPT)
        below = list(branch.branches)
        if branch.kind == "at_least":
            priced = [
                (cost(ways[0]), i) for i, b in enumerate(below) if (ways := self.ways(b, facts))
            ]
            if len(priced) < branch.n:
                return []
            below = [below[i] for _, i in sorted(priced)[: branch.n]]
        return self._together(below, facts)

    def _together(self, branches: list[Group | Clause], facts: Facts) -> list[Option]:
        """One after the other, so that a fact raised for one clause counts for the next."""
        found: list[Option] = [NOTHING]
        for branch in branches:
            found = cheapest(
                (
                    merged(so_far, way)
                    for so_far in found
                    for way in self.ways(branch, applied(facts, so_far))
                ),
                KEPT,
            )
        return found


class _Clause:
    """The ways to turn the test of one clause."""

    def __init__(self, search: Search, clause: Clause) -> None:
        self.search, self.clause = search, clause
        self.tests, self.catalogue = search.tests, search.catalogue
        self.in_score = False  # points can be worked for, whoever gives them

    def ways(  # noqa: PLR0911 - one line per form
        self, test: Truth, facts: Facts, *, wanted: bool
    ) -> list[Option]:
        if self.tests.settled(test, facts, wanted=wanted):
            return [NOTHING]
        match test:
            case nodes.Negation(of) | nodes.Surely(of) | nodes.Possibly(of):
                inner = not wanted if isinstance(test, nodes.Negation) else wanted
                return self.ways(of, facts, wanted=inner)
            case nodes.Conjunction(items) | nodes.Disjunction(items):
                if isinstance(test, nodes.Conjunction) == wanted:
                    return self._all(items, facts, wanted=wanted)
                found = [way for item in items for way in self.ways(item, facts, wanted=wanted)]
                return cheapest(found, KEPT)
            case nodes.Decided():
                return self._scored(test, facts, wanted=wanted)
            case nodes.Missing() if wanted:
                return []  # nobody is asked to take a fact away
            case _:
                return cheapest(self._single(test, facts, wanted=wanted), KEPT)

    def _all(self, items: tuple[Truth, ...], facts: Facts, *, wanted: bool) -> list[Option]:
        found: list[Option] = [NOTHING]
        for item in items:
            found = cheapest(
                (
                    merged(so_far, way)
                    for so_far in found
                    for way in self.ways(item, applied(facts, so_far), wanted=wanted)
                ),
                KEPT,
            )
        return found

    # One test

    def _single(self, test: Truth, facts: Facts, *, wanted: bool) -> Iterator[Option]:
        names = self.tests.variables(test)
        judged = self.tests.scope.judged
        unknown = [
            name
            for name in names
            if facts.get(name) is None and name not in judged and name not in self.tests.assumed
        ]
        if unknown and (self.tests.awaits(test, facts) or isinstance(test, nodes.Missing)):
            yield from self._supplied(test, unknown, facts, wanted=wanted)
        else:
            yield from self._changed(test, facts, wanted=wanted)

    def _changed(self, test: Truth, facts: Facts, *, wanted: bool) -> Iterator[Option]:
        names = [name for name in self.tests.variables(test) if self._can_move(name, facts)]
        alone = [way for name in names for way in self._turned(test, name, facts, wanted=wanted)]
        pairs = self._in_pairs(test, names, facts, wanted=wanted)
        yield from alone or islice(pairs, KEPT)

    def _in_pairs(
        self, test: Truth, names: list[str], facts: Facts, *, wanted: bool
    ) -> Iterator[Option]:
        """Where no fact alone is enough: one put elsewhere, then another looked for."""
        for first in names:
            for value in guesses(self.catalogue.variables[first].quantity)[:GUESSES]:
                option = self._option(test, first, value)
                after = applied(facts, option)
                if self.tests.settled(test, after, wanted=wanted):
                    yield option
                    continue
                for second in names:
                    if second != first:
                        for way in self._turned(test, second, after, wanted=wanted):
                            yield merged(option, way)

    def _can_move(self, name: str, facts: Facts) -> bool:
        return facts.get(name) is not None or name in self.tests.assumed

    def _turned(self, test: Truth, name: str, facts: Facts, *, wanted: bool) -> Iterator[Option]:
        """One known fact at the nearest value that turns the test."""
        quantity = self.catalogue.variables[name].quantity
        present = facts.get(name)
        if present is None:
            present = self.tests.assumed.get(name)
        if present is None:
            return  # only a person can know it

        def turned(value: int | bool) -> bool:
            return self.tests.settled(test, {**facts, name: value}, wanted=wanted)

        if quantity.truth:
            if turned(not present):
                yield self._option(test, name, not present)
        elif quantity.type == "code":
            found = (code for code in range(quantity.least, quantity.most + 1) if turned(code))
            for code in islice(found, 1):
                yield self._option(test, name, code)
        else:
            base = name in self.tests.bases(test) and not self.search.shrinking
            for end in (quantity.most,) if base else (quantity.most, quantity.least):
                value = nearest(turned, int(present), end)
                if value is not None:
                    yield self._option(test, name, value)

    def _supplied(
        self, test: Truth, names: list[str], facts: Facts, *, wanted: bool
    ) -> Iterator[Option]:
        """Values for what is not known that would do; with them, what else would have to change."""
        choices = [guesses(self.catalogue.variables[name].quantity) for name in names]
        plain = {name: guess[0] for name, guess in zip(names, choices, strict=True)}
        tried = [dict(zip(names, some, strict=True)) for some in islice(product(*choices), 200)]
        if len(names) > 3:
            tried = [
                plain,
                *({**plain, n: g} for n, c in zip(names, choices, strict=True) for g in c),
            ]
        for values in tried:
            if self.tests.settled(test, {**facts, **values}, wanted=wanted):
                yield {name: self._move(test, name, value) for name, value in values.items()}
                return
        given: Option = {name: self._move(test, name, value) for name, value in plain.items()}
        after = applied(facts, given)
        for option in self._changed(test, after, wanted=wanted):
            yield merged(given, option)

    def _option(self, test: Truth, name: str, value: int | bool) -> Option:
        return {name: self._move(test, name, value)}

    def _move(self, test: Truth, name: str, value: int | bool) -> Move:
        """The change with its kind and size, both against what is known of the firm."""
        quantity = self.catalogue.variables[name].quantity
        present = self.search.facts.get(name)
        kind = Kind.SUPPLY
        if present is not None and self.clause.change != "document":
            judged = self.clause.change == "expert" and not self.in_score
            beyond = self.clause.change == "fixed" or judged or quantity.expert
            kind = Kind.BEYOND if beyond else Kind.WITHIN
        if present is None or quantity.truth or quantity.type == "code":
            return Move(value, kind, (self.clause.id,))
        size = abs(value - present) / max(1, abs(present))
        lowers = value < present and name in self.tests.bases(test)
        return Move(value, kind, (self.clause.id,), lowers, size)

    # Scores

    def _scored(self, test: nodes.Decided, facts: Facts, *, wanted: bool) -> list[Option]:
        """Items of a score table raised to better brackets, the cheapest set that is enough."""
        known = self.tests.score_nodes
        score = next((known[one] for one in nodes.walk(test) if one in known), None)
        if score is None or not wanted:
            return []
        self.in_score = True
        items = [
            (self._better(item, facts), self._is_open(item, facts)) for item in self._items(score)
        ]
        found = [
            option
            for everything in (False, True)
            for option in self._filled(test, items, facts, everything=everything)
        ]
        self.in_score = False
        return cheapest(found, KEPT)

    def _filled(
        self,
        test: nodes.Decided,
        items: list[tuple[list[Option], bool]],
        facts: Facts,
        *,
        everything: bool,
    ) -> Iterator[Option]:
        """Sets of raised items that are enough; with `everything` every open item is settled."""
        partial: list[Option] = [NOTHING]
        if everything and not any(is_open for _, is_open in items):
            return
        for better, is_open in items:
            if better:
                partial = self._extended(partial, better, facts, must=everything and is_open)
        enough = [
            option
            for option in partial
            if self.tests.settled(test, applied(facts, option), wanted=True)
        ]
        # not yet enough where one fact asks for the next: the search goes on from there
        yield from enough or (partial[:2] if everything else ())

    def _items(self, score: str) -> list[str]:
        found = self.tests.policy.scores[score]
        return [*found.items, *(item for below in found.sums for item in self._items(below))]

    def _better(self, name: str, facts: Facts) -> list[Option]:
        """The ways to each bracket of an item."""
        item = self.tests.policy.items[name]
        if item.expert:
            given = facts.get(item.fact)
            better = given is not None and int(given) < item.expert[1]
            move = Move(item.expert[1], Kind.BEYOND, (self.clause.id,))
            return [{item.fact: move}] if better else []
        tests = [self.tests.scope.truth(one.when) for one in item.brackets if one.when]
        found = [way for test in tests for way in self.ways(test, facts, wanted=True)[:2]]
        return [way for way in found if way]

    def _is_open(self, name: str, facts: Facts) -> bool:
        """Whether the points of an item depend on a fact that is not known."""
        item, judged = self.tests.policy.items[name], self.tests.scope.judged
        tests = [self.tests.scope.truth(one.when) for one in item.brackets if one.when]
        names = [one for test in tests for one in self.tests.variables(test) if one not in judged]
        return any(facts.get(one) is None and one not in self.tests.assumed for one in names)

    def _extended(
        self, partial: list[Option], better: list[Option], facts: Facts, *, must: bool
    ) -> list[Option]:
        """The cheapest options for every total of points."""
        found: dict[tuple[Value, ...], Option] = {}
        both = [merged(so_far, way) for so_far in partial for way in better]
        for option in sorted(both if must else [*partial, *both], key=cost):
            found.setdefault(self.tests.ends(applied(facts, option)), option)
        ordered = sorted(found.items(), key=lambda one: cost(one[1]))
        highest = sorted(found.items(), key=lambda one: one[0], reverse=True)[: STATES // 3]
        kept = dict([*ordered[: STATES - len(highest)], *highest])
        return list(kept.values())
