"""Tests of one policy asked again and again about changed facts: each is compiled once."""

from collections.abc import Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

from lianshang.engines.rules import logic, nodes
from lianshang.engines.rules.catalogue import Value
from lianshang.engines.rules.closures import Function, compile_nodes
from lianshang.engines.rules.evaluation import CompiledPolicy
from lianshang.engines.rules.nodes import Node, Truth
from lianshang.engines.rules.program import State

Facts = Mapping[str, Value]
_ready: WeakKeyDictionary[CompiledPolicy, "Tests"] = WeakKeyDictionary()


def tests_of(compiled: CompiledPolicy) -> "Tests":
    found = _ready.get(compiled)
    if found is None:
        found = _ready[compiled] = Tests(compiled)
    return found


class Tests:
    """What the search asks about a policy."""

    def __init__(self, compiled: CompiledPolicy) -> None:
        # no reference back to the compiled policy: it is the key of a weak dictionary
        self.catalogue, self.scope = compiled.catalogue, compiled.scope
        self.policy, self.program = compiled.policy, compiled.program
        self._settled: dict[Node, Function] = {}
        self._variables: dict[Node, tuple[str, ...]] = {}
        self._bases: dict[Node, frozenset[str]] = {}
        self._judged: dict[Node, tuple[bool, tuple[str, ...]]] = {}

    def settled(self, test: Truth, facts: Facts, *, wanted: bool) -> bool:
        """Whether a test is as wanted, or only a person's judgement keeps it open."""
        value, waits_for_fact = self._function(test)(facts)
        if value is None:
            return not waits_for_fact and self.may_be_judged(test, facts)
        return value is wanted

    def awaits(self, test: Truth, facts: Facts) -> bool:
        """Whether a test is unknown for want of a fact."""
        value, waits_for_fact = self._function(test)(facts)
        return value is None and bool(waits_for_fact)

    def _function(self, test: Truth) -> Function:
        function = self._settled.get(test)
        if function is None:
            waits = logic.awaits_fact(test, self.scope.judged)
            function = self._settled[test] = compile_nodes([test, waits])
        return function

    def may_be_judged(self, test: Node, facts: Facts) -> bool:
        """Whether an expert's word can be what is missing: no zero denominator passes for one."""
        if test not in self._judged:
            scored = any(isinstance(node, nodes.Decided) for node in nodes.walk(test))
            judged = tuple(one for one in self.variables(test) if one in self.scope.judged)
            self._judged[test] = scored, judged
        scored, judged = self._judged[test]
        return scored or any(facts.get(name) is None for name in judged)

    def variables(self, test: Node) -> tuple[str, ...]:
        if test not in self._variables:
            self._variables[test] = nodes.variables(test)
        return self._variables[test]

    def bases(self, test: Node) -> frozenset[str]:
        """The facts that are denominators in a test."""
        if test not in self._bases:
            below = [node for node in nodes.walk(test) if isinstance(node, nodes.NonZero)]
            self._bases[test] = frozenset(nodes.variables(*below))
        return self._bases[test]

    @cached_property
    def assumed(self) -> dict[str, Value]:
        """What stands in for facts that are not known."""
        assumed = self.scope.assumed.items()
        return {name: self.catalogue.encode(name, one.value) for name, one in assumed}

    @cached_property
    def _states(self) -> Function:
        clauses = self.program.clauses.values()
        return compile_nodes([self.program.state, *(clause.state for clause in clauses)])

    def states(self, facts: Facts) -> tuple[State, dict[str, State]]:
        """The state of the policy and of each clause."""
        state, *clauses = self._states(facts)
        named = zip(self.program.clauses, clauses, strict=True)
        return State(state or 0), {key: State(one or 0) for key, one in named}

    @cached_property
    def _state(self) -> Function:
        return compile_nodes([self.program.state])

    def accepts(self, facts: Facts) -> bool:
        """Whether the policy is met, or nothing but a person's judgement is left."""
        state = self._state(facts)[0]
        if state == State.MET:
            return True
        if state != State.NEEDS_PERSON:
            return False
        clauses = self.states(facts)[1]
        return all(
            self.may_be_judged(self.program.clauses[key].value, facts)
            for key, one in clauses.items()
            if one is State.NEEDS_PERSON
        )

    @cached_property
    def score_nodes(self) -> dict[Node, str]:
        """The ends of each score's interval → its name."""
        ends = self.program.scores.items()
        return {end: name for name, both in ends for end in both}

    @cached_property
    def ends(self) -> Function:
        """Of every score: low, high."""
        return compile_nodes([end for both in self.program.scores.values() for end in both])
