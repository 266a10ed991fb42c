"""How large numbers may grow, given the bounds that the catalogue declares."""

from collections.abc import Iterator, Sequence

from . import nodes
from .nodes import Node
from .problems import Problem
from .program import Program

LARGEST_64 = 2**63 - 1
LARGEST_128 = 10**38 - 1  # what Int128, HUGEINT and DECIMAL(38, 0) all hold


def overflows(program: Program) -> Iterator[Problem]:
    """The first place where numbers could outgrow the widest type, if any."""
    policy = program.policy
    places: list[tuple[str, Sequence[Node | None]]] = [
        (f"require.{path}.when", [program.clauses[clause.id].value])
        for path, clause in policy.require.clauses()
    ]
    places += [(f"scores.{name}", ends) for name, ends in program.scores.items()]
    places += [("classes", [program.class_index]), ("benefit.amount", [program.amount])]
    places += [("disputes", list(program.disputes.values())), ("let", list(program.outputs))]
    hint = "Lower max or scale of a quantity in the catalogue, or multiply fewer of them."
    for path, roots in places:
        inner = nodes.walk(*(root for root in roots if root is not None))
        if any(isinstance(n, nodes.Integer) and n.magnitude > LARGEST_128 for n in inner):
            what = "With the declared bounds, numbers here may pass 38 digits."
            yield Problem("overflow", what, hint, path, policy.id)
            return
