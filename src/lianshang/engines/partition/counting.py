"""How many firms find a unit at all, and who cannot.

The network is small: group (industry, area) → its industry, its area → units. It says nothing of
distance; `flow` does that, bound to what is found here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.engines.partition.classes import UNKNOWN, Classes
from lianshang.engines.partition.firms import Group, Shortage, Taker
from lianshang.engines.partition.nearness import components

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np


@dataclass(frozen=True)
class Net:
    """Arcs of the small network. Nodes: groups, industries, areas, units, source, sink."""

    classes: Classes
    tails: np.ndarray
    heads: np.ndarray
    rooms: np.ndarray

    @property
    def first_unit(self) -> int:
        one = self.classes
        return len(one.groups) + len(one.industries) + len(one.areas)

    @property
    def source(self) -> int:
        return self.first_unit + len(self.classes.capacity)


def net_of(classes: Classes) -> Net:
    import numpy as np

    groups, sizes = classes.groups, classes.group_sizes()
    industry_node = len(groups)
    area_node = industry_node + len(classes.industries)
    unit_node = area_node + len(classes.areas)
    source = unit_node + len(classes.capacity)
    arcs: list[tuple[int, int, int]] = []
    # Wide enough for everybody, so that only firms and capacities can be what is too narrow.
    wide = int(sizes.sum())
    for number, (industry, area) in enumerate(groups.tolist()):
        arcs.append((source, number, int(sizes[number])))
        if industry != UNKNOWN:
            arcs.append((number, industry_node + industry, wide))
        if area != UNKNOWN:
            arcs.append((number, area_node + area, wide))
    capacity = classes.capacity.tolist()
    for node, takers in ((industry_node, classes.takes_industry), (area_node, classes.takes_area)):
        for number, units in enumerate(takers):
            arcs += [(node + number, unit_node + unit, wide) for unit in units]
    arcs += [(unit_node + unit, source + 1, room) for unit, room in enumerate(capacity)]
    arcs.append((source, source + 1, 0))  # so that there is a sink where there is no unit
    columns = np.array(arcs, dtype=np.int64).reshape(-1, 3).T
    return Net(classes, *columns)


def most_placed(net: Net, units: Sequence[Taker]) -> tuple[int, tuple[Shortage, ...]]:
    """The largest number of firms that find a unit, and the proof that it cannot be more."""
    from ortools.graph.python import max_flow

    if not net.classes.count:
        return 0, ()
    solver = max_flow.SimpleMaxFlow()
    solver.add_arcs_with_capacity(net.tails, net.heads, net.rooms)
    if solver.solve(net.source, net.source + 1) != solver.OPTIMAL:
        raise ArithmeticError("the flow of firms to units was not found")
    placed = int(solver.optimal_flow())
    if placed == int(net.classes.size.sum()):
        return placed, ()
    return placed, _shortages(net, set(solver.get_source_side_min_cut()), units)


def _shortages(net: Net, stuck: set[int], units: Sequence[Taker]) -> tuple[Shortage, ...]:
    """The nodes still reachable from the source, taken apart where they share no unit."""
    classes, first = net.classes, net.first_unit
    sizes = classes.group_sizes()
    inside = sorted(node for node in stuck if node < net.source)
    near: dict[int, list[int]] = {node: [] for node in inside}
    for tail, head in zip(net.tails.tolist(), net.heads.tolist(), strict=True):
        if tail in near and head in near:
            near[tail].append(head)
            near[head].append(tail)
    place = {node: number for number, node in enumerate(inside)}
    beside = [[place[other] for other in near[node]] for node in inside]
    found = []
    for piece in components(beside, range(len(inside))):
        nodes = [inside[number] for number in piece]
        groups = [
            Group(
                _named(classes.industries, classes.groups[node, 0]),
                _named(classes.areas, classes.groups[node, 1]),
                int(sizes[node]),
            )
            for node in nodes
            if node < len(classes.groups)
        ]
        takers = [units[node - first] for node in nodes if node >= first]
        if groups:
            found.append(
                Shortage(tuple(groups), tuple((unit.name, unit.capacity) for unit in takers))
            )
    return tuple(sorted(found, key=lambda one: -one.short))


def _named(names: list[str], code: int) -> str | None:
    return None if code == UNKNOWN else names[code]
