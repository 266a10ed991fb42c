"""Decide which nodes are computed once and kept, and in which order."""

from collections import Counter
from collections.abc import Sequence

from . import nodes
from .nodes import Node

_FREE = (nodes.Variable, nodes.Flag, nodes.Constant, nodes.Always)


def kept_levels(outputs: Sequence[Node]) -> list[list[Node]]:
    """Nodes that stand in more than one place, by level: each needs only levels before its own."""
    every = list(nodes.walk(*outputs))
    uses = Counter(child for node in every for child in node.children)
    uses.update(outputs)
    kept = {node for node in every if uses[node] > 1 and not isinstance(node, _FREE)}
    depth: dict[Node, int] = {}
    for node in _children_first(outputs):
        below = max((depth[child] for child in node.children), default=0)
        depth[node] = below + (node in kept)
    levels: list[list[Node]] = [[] for _ in range(max(depth.values(), default=0))]
    for node in every:
        if node in kept:
            levels[depth[node] - 1].append(node)
    return levels


def _children_first(outputs: Sequence[Node]) -> list[Node]:
    done: dict[Node, None] = {}
    stack: list[tuple[Node, bool]] = [(node, False) for node in reversed(outputs)]
    while stack:
        node, ready = stack.pop()
        if ready:
            done[node] = None
        elif node not in done:
            stack.append((node, True))
            stack.extend((child, False) for child in node.children)
    return list(done)
