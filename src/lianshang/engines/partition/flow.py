"""Which class goes to which unit: industry first, then near, then as today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianshang.engines.partition.classes import UNKNOWN, Classes

if TYPE_CHECKING:
    import numpy as np

LARGEST = 2**61  # costs × nodes and costs × firms stay below it: the solver counts in 64 bits
MOST_STEPS = 1_000  # ways of more steps count as equally far


@dataclass(frozen=True)
class Pairs:
    """Class and unit that may come together."""

    one: np.ndarray  # class
    unit: np.ndarray
    by_area: np.ndarray  # 1: only by territory
    km: np.ndarray  # nan: not known


@dataclass(frozen=True)
class Flows:
    """How many of a class go to a unit."""

    one: np.ndarray
    unit: np.ndarray
    by_area: np.ndarray
    count: np.ndarray


def pairs_of(classes: Classes) -> Pairs:
    """Every pair that may come together, with its way."""
    import numpy as np

    per_group: list[tuple[np.ndarray, np.ndarray]] = []
    for industry, area in classes.groups.tolist():
        first = classes.takes_industry[industry] if industry != UNKNOWN else []
        others = set(classes.takes_area[area] if area != UNKNOWN else []) - set(first)
        units = np.array([*first, *sorted(others)], dtype=np.int64)
        per_group.append((units, (np.arange(len(units)) >= len(first)).astype(np.int64)))
    counts = np.array([len(units) for units, _ in per_group], dtype=np.int64)[classes.group]
    one = np.repeat(np.arange(classes.count), counts)
    nothing = np.zeros(0, dtype=np.int64)
    unit = np.concatenate([per_group[group][0] for group in classes.group] or [nothing])
    by_area = np.concatenate([per_group[group][1] for group in classes.group] or [nothing])
    apart = classes.centre[one] - classes.unit_place[unit]
    return Pairs(one, unit, by_area, np.hypot(apart[:, 0], apart[:, 1]))


def best_flows(
    classes: Classes, pairs: Pairs, placed: int, today: np.ndarray, step_km: float
) -> tuple[Flows, float]:
    """The flow of so many firms that is best in this order: industry, way, as today.

    `today` says of each pair how many of the class have this unit now. Also gives the step in which
    ways were counted: larger than asked where the numbers would pass 64 bits.
    """
    import numpy as np
    from ortools.graph.python import min_cost_flow

    costs, step = _costs(classes, pairs, step_km)
    size, capacity = classes.size[pairs.one], classes.capacity[pairs.unit]
    room = np.minimum(size, capacity)
    stays = np.minimum(today, room)
    unit_node, sink = classes.count, classes.count + len(classes.capacity)
    left = sink + 1
    solver = min_cost_flow.SimpleMinCostFlow()
    moves = np.flatnonzero(room > stays)
    keeps = np.flatnonzero(stays)
    for which, rooms, extra in ((keeps, stays, 0), (moves, room - stays, 1)):
        solver.add_arcs_with_capacity_and_unit_cost(
            pairs.one[which], unit_node + pairs.unit[which], rooms[which], costs[which] + extra
        )
    everybody = np.arange(classes.count)
    none = np.zeros(classes.count, dtype=np.int64)
    solver.add_arcs_with_capacity_and_unit_cost(everybody, none + left, classes.size, none)
    units = np.arange(len(classes.capacity))
    solver.add_arcs_with_capacity_and_unit_cost(
        unit_node + units, units * 0 + sink, classes.capacity, units * 0
    )
    total = int(classes.size.sum())
    supplies = np.concatenate([classes.size, units * 0, [-placed, placed - total]])
    solver.set_nodes_supplies(np.arange(left + 1), supplies.astype(np.int64))
    if solver.solve() != solver.OPTIMAL:
        raise ArithmeticError("the best flow of firms to units was not found")
    arcs = np.arange(len(keeps) + len(moves), dtype=np.int32)
    flow, pair = solver.flows(arcs), np.concatenate([keeps, moves])
    used = np.bincount(pair, flow, len(pairs.one)).astype(np.int64)
    which = np.flatnonzero(used)
    return Flows(pairs.one[which], pairs.unit[which], pairs.by_area[which], used[which]), step


def _costs(classes: Classes, pairs: Pairs, step_km: float) -> tuple[np.ndarray, float]:
    """One number per pair in which no sum of ways outweighs an industry, no sum of stays a way."""
    import numpy as np

    total, step = int(classes.size.sum()), step_km
    nodes = classes.count + len(classes.capacity) + 2
    farthest = float(np.nanmax(pairs.km, initial=0.0))
    while True:
        most = min(int(farthest / step) + 1, MOST_STEPS)
        stay = total + 1
        industry = (most * total + 1) * stay
        if (industry + most * stay) * (max(nodes, total) + 1) < LARGEST or most == 1:
            break
        step *= 2
    steps = np.minimum(np.nan_to_num(pairs.km, nan=0.0) / step, most).astype(np.int64)
    return steps * stay + pairs.by_area * industry, step
