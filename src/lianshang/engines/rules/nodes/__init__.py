"""The one checked form that closures, Polars and SQL are written from.

Nodes are whole numbers and truth values, each known or unknown (None, null). A node is *strict*,
unknown as soon as anything in it is, unless it says otherwise. Equal nodes are one object, so what
several clauses share is computed once. Each number knows its smallest and largest possible value
and the largest magnitude met on the way to it; the width it is computed in follows from that.
"""

from .base import Integer, Node, Truth, walk
from .numbers import (
    Assumed,
    Below,
    Case,
    Constant,
    Extreme,
    Indicator,
    Linear,
    Lookup,
    NonZero,
    Product,
    Rounded,
    Variable,
)
from .truths import (
    Always,
    Among,
    AssumedFlag,
    Compare,
    Conjunction,
    Decided,
    Disjunction,
    Flag,
    Missing,
    Negation,
    Possibly,
    Surely,
)

__all__ = [
    "Always",
    "Among",
    "Assumed",
    "AssumedFlag",
    "Below",
    "Case",
    "Compare",
    "Conjunction",
    "Constant",
    "Decided",
    "Disjunction",
    "Extreme",
    "Flag",
    "Indicator",
    "Integer",
    "Linear",
    "Lookup",
    "Missing",
    "Negation",
    "Node",
    "NonZero",
    "Possibly",
    "Product",
    "Rounded",
    "Surely",
    "Truth",
    "Variable",
    "variables",
    "walk",
]


def variables(*roots: Node) -> tuple[str, ...]:
    """Names of the catalogue's variables below these nodes, in order of appearance."""
    return tuple(node.name for node in walk(*roots) if isinstance(node, Variable | Flag))
