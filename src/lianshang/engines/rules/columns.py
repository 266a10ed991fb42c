"""The columns that batch and SQL answers have in common."""

from collections.abc import Mapping, Sequence

from . import nodes
from .limits import LARGEST_64
from .nodes import Node
from .program import Program

RESERVED = ("steps", "amount", "class")


def answer_columns(
    programs: Sequence[Program], *, steps: bool, amounts: bool, clauses: bool
) -> Mapping[str, Node]:
    """By policy id: `id` state code, `id#steps` (null: no way), `id#amount` in fen, `id#class`
    index of the class, and with `clauses` the state codes `id#CLAUSE`."""
    columns: dict[str, Node] = {}
    for program in programs:
        key = program.policy.id
        columns[key] = program.state
        if steps:
            columns[f"{key}#steps"] = program.steps
        if amounts and program.amount is not None:
            columns[f"{key}#amount"] = program.amount
        if program.class_index is not None:
            columns[f"{key}#class"] = program.class_index
        if clauses:
            columns.update((f"{key}#{name}", c.state) for name, c in program.clauses.items())
    return columns


def column_bits(name: str, node: Node) -> int:
    """Width of an answer's column: 8 for states and classes, 16 for steps, 64 for amounts (128
    where the declared bounds allow more)."""
    kind = name.rpartition("#")[2]
    if kind == "amount" and isinstance(node, nodes.Integer) and node.high > LARGEST_64:
        return 128
    return {"amount": 64, "steps": 16}.get(kind, 8)


def input_nodes(columns: Mapping[str, Node]) -> Mapping[str, nodes.Variable | nodes.Flag]:
    """The facts these columns ask for, by variable."""
    walked = nodes.walk(*columns.values())
    return {n.name: n for n in walked if isinstance(n, nodes.Variable | nodes.Flag)}
