"""What all nodes share: being made once, knowing their bounds and whether they can be unknown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar, cast
from weakref import WeakValueDictionary

_made: WeakValueDictionary[tuple[object, ...], Any] = WeakValueDictionary()


class _Interned(type):
    """Give back the node made earlier from the same arguments."""

    def __call__(cls, *args: Any) -> Any:
        key = (cls, *args)
        node = _made.get(key)
        if node is None:
            node = _made[key] = super().__call__(*args)
        return node


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Node(metaclass=_Interned):
    """`total` nodes are never unknown, whatever is missing."""

    children: tuple["Node", ...] = field(init=False, repr=False)
    total: bool = field(init=False, repr=False)
    known: ClassVar[bool | None] = None  # always total, never, or (None) if all children are

    def __post_init__(self) -> None:
        fields = cast("tuple[str, ...]", type(self).__match_args__)
        children = tuple(_nodes_in(getattr(self, name) for name in fields))
        total = all(child.total for child in children) if self.known is None else self.known
        object.__setattr__(self, "children", children)
        object.__setattr__(self, "total", total)


def _nodes_in(values: Iterable[Any]) -> Iterator[Node]:
    for value in values:
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from _nodes_in(value)


@dataclass(frozen=True, eq=False, slots=True)
class Integer(Node):
    """A whole number between `low` and `high`."""

    low: int = field(init=False, repr=False)
    high: int = field(init=False, repr=False)
    magnitude: int = field(init=False, repr=False)  # largest |value|, intermediate ones included

    def __post_init__(self) -> None:
        Node.__post_init__(self)
        low, high, magnitude = self._measured()
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)
        object.__setattr__(self, "magnitude", max(abs(low), abs(high), magnitude))

    def _measured(self) -> tuple[int, int, int]:
        raise NotImplementedError


@dataclass(frozen=True, eq=False, slots=True)
class Truth(Node):
    """A truth value of three: True, False or unknown."""


def walk(*roots: Node) -> Iterator[Node]:
    """Every node below these, each once, parents before their first child."""
    seen: set[Node] = set()
    stack = list(reversed(roots))
    while stack:
        node = stack.pop()
        if node not in seen:
            seen.add(node)
            yield node
            stack.extend(reversed(node.children))
