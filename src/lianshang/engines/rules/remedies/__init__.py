"""The cheapest set of changes that would make a policy pass: what to supply, what to do, and what
nobody can do about it.

A set is looked for over the tree of clauses (`search`), evaluated with all its changes together,
completed while that does not pass, and made as small as it can be (`trimming`). What never passes
is not shown. Facts that only a person can judge are named, never given a value.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from lianshang.engines.rules.catalogue import Value
from lianshang.engines.rules.evaluation import CompiledPolicy
from lianshang.engines.rules.program import State

from .asking import Facts, Tests, tests_of
from .moves import NOTHING, Kind, Move, Option, applied, cost, merged
from .search import Search
from .timing import Timing, timing
from .trimming import trimmed
from .wording import Teller

__all__ = ["Change", "Judgement", "Kind", "Remedies", "Timing", "remedies"]
ROUNDS = 8  # a change made for one clause may fail another; then that one is looked at again


@dataclass(frozen=True, slots=True)
class Change:
    """One fact to be supplied or changed. `needed` is encoded; beyond the firm's power it is there
    only so that the set can be evaluated: `text` does not name it.
    """

    kind: Kind
    variable: str
    label: str
    present: Value
    needed: int | bool
    change: Fraction | None  # in the quantity's unit; None where there is no number to compare
    text: str
    exact: str
    clauses: tuple[str, ...]
    family: str  # the policies that grant a title, or whose result this is
    when: Timing | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person must still judge once all is supplied and changed."""

    clause: str
    label: str


@dataclass(frozen=True, slots=True)
class Remedies:
    """How one policy would come to pass. `reached` is what evaluation says with all changes made;
    None where nothing helps or nothing is needed.
    """

    state: State
    reached: State | None
    changes: tuple[Change, ...]
    judgements: tuple[Judgement, ...]

    def of_kind(self, kind: Kind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is kind)

    @property
    def is_possible(self) -> bool:
        """Whether the firm, or a paper, can bring it about."""
        return bool(self.changes) and not self.of_kind(Kind.BEYOND)

    @property
    def closes(self) -> date | None:
        """The first day by which something must be there."""
        days = [one.when.closes for one in self.changes if one.when and one.when.closes]
        return min(days, default=None)


def remedies(
    compiled: CompiledPolicy, facts: Mapping[str, Value], language: str = "zh"
) -> Remedies:
    """The cheapest changes for encoded facts, in `zh` or `en`; none for a policy that passes."""
    tests = tests_of(compiled)
    state, _clauses = tests.states(facts)
    if state in (State.MET, State.NEEDS_PERSON) or not compiled.policy.clauses:
        return Remedies(state, None, (), ())
    option = _cheapest(tests, facts)
    if option is None:
        return Remedies(state, None, (), ())
    teller = Teller(compiled, tests, facts, option, language)
    ordered = sorted(option.items(), key=lambda one: one[1].kind)
    return Remedies(
        state=state,
        reached=tests.states(teller.after)[0],
        changes=tuple(_change(compiled, name, move, teller) for name, move in ordered),
        judgements=tuple(Judgement(*one) for one in teller.judgements()),
    )


def _cheapest(tests: Tests, facts: Facts) -> Option | None:
    """A smaller denominator is thought of only where nothing else helps."""
    for shrinking in (False, True):
        search = Search(tests, facts, shrinking=shrinking)
        found = [trimmed(tests, facts, way) for way in _completed(search)]
        if found:
            return min(found, key=cost)
    return None


def _completed(search: Search) -> list[Option]:
    """Options that pass: those that do not yet, with whatever else they make necessary."""
    tests, require = search.tests, search.tests.policy.require
    found: list[Option] = []
    waiting, seen = [NOTHING], set[frozenset[tuple[str, int | bool]]]()
    for _ in range(ROUNDS):
        if not waiting or found:
            break
        option = waiting.pop(0)
        for way in search.ways(require, applied(search.facts, option)):
            both = merged(option, way)
            key = frozenset((name, move.value) for name, move in both.items())
            if key in seen:
                continue
            seen.add(key)
            passes = tests.accepts(applied(search.facts, both))
            (found if passes else waiting).append(both)
        waiting.sort(key=cost)
    return found


def _change(compiled: CompiledPolicy, name: str, move: Move, teller: Teller) -> Change:
    quantity, present = compiled.catalogue.variables[name].quantity, teller.facts.get(name)
    plain = present is None or quantity.truth or quantity.type == "code"
    steps = 0 if present is None else int(move.value) - int(present)
    text, exact = teller.text(name, move)
    return Change(
        kind=move.kind,
        variable=name,
        label=teller.reader.label(name),
        present=present,
        needed=move.value,
        change=None if plain else Fraction(steps, 10**quantity.scale),
        text=text,
        exact=exact,
        clauses=move.clauses,
        family=quantity.policy or quantity.result_of,
        when=timing(compiled, name, move.kind, teller.language),
    )
