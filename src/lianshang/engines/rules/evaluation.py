"""One policy, one enterprise: the answer with all its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import cast

from . import nodes
from .building import build
from .catalogue import Catalogue, Value
from .closures import Facts, Function, compile_nodes
from .meaning import Numeric
from .missing import Values, missing_facts
from .nodes import Node, Truth
from .policy import Policy
from .program import Program, State
from .scope import Scope

LetValue = Fraction | bool | date | str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a policy says about one enterprise.

    `steps` is None where no change would help. `amount` is in fen and says what the benefit is or
    would be worth, whatever the state. `missing` names the facts that unknown clauses wait for.
    """

    state: State
    steps: int | None
    amount: int | None
    clauses: Mapping[str, State]
    scores: Mapping[str, tuple[int, int]]
    class_code: str | None
    lets: Mapping[str, LetValue]
    missing: tuple[str, ...]
    disputes: tuple[str, ...]  # those that apply, or may
    assumed: tuple[str, ...]  # variables that counted as their assumed value


class CompiledPolicy:
    """A policy on a day, ready to be asked. Functions are generated when first needed."""

    def __init__(
        self,
        policy: Policy,
        catalogue: Catalogue,
        day: date,
        changed: Mapping[str, Fraction] | None = None,
    ) -> None:
        """Raises PolicyError where an expression is at fault; `changed` are what-if parameters."""
        self.policy, self.catalogue, self.day = policy, catalogue, day
        self.scope = Scope(policy, catalogue, day, changed)
        self.program: Program = build(self.scope)
        self._functions: dict[Node, Function] = {}

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The facts this policy asks for."""
        return self.program.variables

    @cached_property
    def quick(self) -> Function:
        """facts → (state code, steps, amount in fen): the fast path for a whole library."""
        program = self.program
        amount = [] if program.amount is None else [program.amount]
        run = compile_nodes([program.state, program.steps, *amount])
        return run if amount else lambda facts: (*run(facts), None)

    @cached_property
    def _detail(self) -> tuple[tuple[Node, ...], Function]:
        wanted = list(self.program.outputs)
        truths = (node for node in nodes.walk(*wanted) if isinstance(node, Truth))
        outputs = tuple(dict.fromkeys([*wanted, *truths]))
        return outputs, compile_nodes(outputs)

    def evaluate(self, facts: Facts) -> Outcome:
        """The full answer for encoded facts by variable; absent means not known."""
        outputs, run = self._detail
        values = dict(zip(outputs, run(facts), strict=True))
        program = self.program

        def integer(node: Node | None) -> int | None:
            return None if node is None else values[node]

        clauses = {key: State(cast("int", values[c.state])) for key, c in program.clauses.items()}
        index = integer(program.class_index)
        assumed = [a.variable for a in self.policy.assume if facts.get(a.variable) is None]
        return Outcome(
            state=State(cast("int", values[program.state])),
            steps=integer(program.steps),
            amount=integer(program.amount),
            clauses=clauses,
            scores={
                key: (cast("int", values[low]), cast("int", values[high]))
                for key, (low, high) in program.scores.items()
            },
            class_code=None if index is None else self.policy.classes[index].code,
            lets={name: self._let(name, values) for name in program.lets},
            missing=self._missing(values, facts),
            disputes=tuple(k for k, node in program.disputes.items() if values[node] is not False),
            assumed=tuple(name for name in assumed if name in self.variables),
        )

    def value(self, node: Node, facts: Facts) -> Value:
        """The value of one node, for whoever explains an answer."""
        if node not in self._functions:
            self._functions[node] = compile_nodes([node])
        return self._functions[node](facts)[0]

    def _let(self, name: str, values: Values) -> LetValue:
        found = self.program.lets[name]
        if isinstance(found, Numeric):
            over = values[found.quotient.numerator]
            under = values[found.quotient.denominator]
            if over is None or under is None:
                return None
            return found.quotient.coefficient * Fraction(over, under)
        if isinstance(found, Truth):
            return cast("bool | None", values[found])
        return None

    def missing_in(self, clause: str, facts: Facts) -> tuple[str, ...]:
        """The facts that one clause waits for; none unless its state is not known."""
        outputs, run = self._detail
        values = dict(zip(outputs, run(facts), strict=True))
        found = self.program.clauses[clause]
        if values[found.state] != State.NOT_KNOWN:
            return ()
        names = missing_facts(found.value, values, facts, self.catalogue.judged)
        return tuple(dict.fromkeys(names))

    def _missing(self, values: Values, facts: Facts) -> tuple[str, ...]:
        program, judged = self.program, self.catalogue.judged
        open_: list[Node] = [
            c.value for c in program.clauses.values() if values[c.state] == State.NOT_KNOWN
        ]
        if program.class_index is not None and values[program.class_index] is None:
            open_.append(program.class_index)
        found = (name for node in open_ for name in missing_facts(node, values, facts, judged))
        return tuple(dict.fromkeys(found))
