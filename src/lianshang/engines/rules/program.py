"""One policy on one day as nodes: what every back end computes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from . import nodes
from .meaning import Meaning, Numeric
from .nodes import Integer, Node, Truth
from .policy import Policy

FEN = 2  # decimals of an amount in 元


class State(IntEnum):
    """The answer for a clause or policy, with the code used in every table."""

    NOT_MET = 0
    MET = 1
    NOT_KNOWN = 2
    NEEDS_PERSON = 3

    @property
    def key(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class ClauseProgram:
    """A clause's truth, where it is unknown for want of a fact, and its state code."""

    value: Truth
    waits: Truth
    state: Integer


@dataclass(frozen=True, slots=True)
class Program:
    """The nodes of one policy on one day: the amount in fen, the class as index of its rule."""

    policy: Policy
    day: date
    clauses: Mapping[str, ClauseProgram]
    state: Integer
    steps: Integer
    amount: Integer | None
    class_index: Integer | None
    scores: Mapping[str, tuple[Integer, Integer]]
    lets: Mapping[str, Meaning]
    disputes: Mapping[str, Truth]

    @property
    def outputs(self) -> Iterator[Node]:
        """Every node that somebody may ask for."""
        yield from (self.state, self.steps)
        yield from (clause.state for clause in self.clauses.values())
        yield from (node for node in (self.amount, self.class_index) if node is not None)
        yield from (end for ends in self.scores.values() for end in ends)
        yield from self.disputes.values()
        for value in self.lets.values():
            if isinstance(value, Numeric):
                yield from (value.quotient.numerator, value.quotient.denominator)
            elif isinstance(value, Truth):
                yield value

    @property
    def variables(self) -> tuple[str, ...]:
        """The facts this policy asks for."""
        return nodes.variables(*self.outputs)
